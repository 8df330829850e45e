package org.followthrough.engine;

import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.exception.NullValueException;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.postgresql.util.PSQLException;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Tries a command again that lost a race, so that nobody sees an error for having worked at the same instant as another.
 *
 * <p>Only outermost commands: a command inside a transaction cannot be repeated without the rest of it. Jobs are left to
 * the job executor, which repeats its own.
 */
public class LostRaceRetry extends CommandInterceptor {

  private static final int TRIES = 25;
  /** What looks like a fault of ours may be one half of what another was just changing; tried again before it is believed. */
  private static final int TRIES_OF_A_TORN_READ = 4;

  @Override
  public <T> T execute(Command<T> command) {
    if (Context.getCommandContext() != null || Context.getJobExecutorContext() != null
        || TransactionSynchronizationManager.isActualTransactionActive()) {
      return next.execute(command);
    }
    return untilWon(() -> next.execute(command));
  }

  /** Does a whole transaction again until it loses no race any more; never a part of one. */
  public static <T> T untilWon(Supplier<T> transaction) {
    for (int tried = 1; ; tried++) {
      try {
        return transaction.get();
      } catch (RuntimeException e) {
        if (tried == (lostRace(e) ? TRIES : tornRead(e) ? TRIES_OF_A_TORN_READ : tried)) {
          throw e;
        }
        pause(tried);
      }
    }
  }

  /** The same race has several faces: the engine's, Spring's, and a row that its counterpart deleted first. */
  static boolean lostRace(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof OptimisticLockingException || cause instanceof ConcurrencyFailureException) {
        return true;
      }
      if (cause instanceof PSQLException sql && sql.getSQLState() != null
          && (sql.getSQLState().startsWith("40") || "23503".equals(sql.getSQLState()))) {
        return true;
      }
    }
    return false;
  }

  /** Rows that belong together were read one before and one after another's commit. */
  private static boolean tornRead(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof NullPointerException || cause instanceof NullValueException || cause instanceof IllegalStateException) {
        return true;
      }
    }
    return false;
  }

  private static void pause(int tried) {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(5, 15L + 10L * Math.min(tried, 10)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
