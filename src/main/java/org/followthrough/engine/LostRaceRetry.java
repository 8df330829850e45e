package org.followthrough.engine;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.postgresql.util.PSQLException;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Tries a command again that lost a race, so that nobody sees an error for having worked at the same instant as another.
 *
 * <p>Each try reads one snapshot of the database. The engine reads its own rows at many moments of a command, and the record
 * at others; with one read before and one after another's commit, half a change would look like a fault of ours. Whatever
 * another has changed since the snapshot is a serialization failure, which is a race lost like any other.
 *
 * <p>Only outermost commands: a command inside a transaction cannot be repeated without the rest of it. Jobs are left to
 * the job executor, which repeats its own.
 */
@Component
public class LostRaceRetry extends CommandInterceptor {

  private static final int TRIES = 25;

  private final TransactionTemplate transactions;
  private final JdbcClient jdbc;
  private final ReentrantLock queue = new ReentrantLock(true);

  LostRaceRetry(PlatformTransactionManager transactions, JdbcClient jdbc) {
    this.transactions = new TransactionTemplate(transactions);
    this.jdbc = jdbc;
  }

  @Override
  public <T> T execute(Command<T> command) {
    if (Context.getCommandContext() != null || Context.getJobExecutorContext() != null
        || TransactionSynchronizationManager.isActualTransactionActive()) {
      return next.execute(command);
    }
    return untilWon(() -> next.execute(command));
  }

  /** Does the whole of an act in a transaction of its own, again until it loses no race any more; never a part of one. */
  public <T> T untilWon(Supplier<T> act) {
    try {
      return inOneSnapshot(act);
    } catch (RuntimeException e) {
      if (!lostRace(e)) {
        throw e;
      }
      return again(act);
    }
  }

  private <T> T inOneSnapshot(Supplier<T> act) {
    return transactions.execute(status -> {
      if (status.isNewTransaction()) {
        // of this transaction only: a connection whose isolation is changed and changed back takes three more turns to the database
        jdbc.sql("set transaction isolation level repeatable read").update();
      }
      return act.get();
    });
  }

  /** One after another: all at once, ten people at one family would make each other lose nine times, eight times, and so on. */
  private <T> T again(Supplier<T> act) {
    boolean first = queued();
    try {
      for (int tried = 2; ; tried++) {
        try {
          return inOneSnapshot(act);
        } catch (RuntimeException e) {
          if (tried == TRIES || !lostRace(e)) {
            throw e;
          }
          pause(tried);
        }
      }
    } finally {
      if (first) {
        queue.unlock();
      }
    }
  }

  /** False where those before take too long: the queue spares work, and nothing depends on it. */
  private boolean queued() {
    try {
      return queue.tryLock(2, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
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

  private static void pause(int tried) {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(5, 15L + 10L * Math.min(tried, 10)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
