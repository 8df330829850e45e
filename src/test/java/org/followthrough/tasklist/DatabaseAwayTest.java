package org.followthrough.tasklist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.camunda.bpm.engine.task.Task;
import org.followthrough.InTheHouse;
import org.followthrough.Practice;
import org.followthrough.TestDatabase;
import org.followthrough.Visitor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.transaction.TransactionSystemException;

/** The database goes away: nobody hangs, nobody is sent here, and nobody's words are lost. */
@InTheHouse
class DatabaseAwayTest {

  /** Before the half minute after which a pool gives up of itself, also on a machine with much to do beside. */
  private static final Duration PROMPTLY = Duration.ofSeconds(20);

  @LocalServerPort int port;
  @Autowired Practice practice;

  private final ExecutorService visitors = Executors.newCachedThreadPool();

  @AfterEach
  void theyLeave() {
    visitors.shutdownNow();
  }

  private CompletableFuture<HttpResponse<String>> ask(Supplier<HttpResponse<String>> question) {
    return CompletableFuture.supplyAsync(question, visitors);
  }

  @Test
  void while_the_database_is_away_it_is_said_promptly_and_nothing_typed_is_lost() {
    practice.itIs("2026-11-16T10:00");
    String contact = practice.aRecordedContact("Niall");
    Task decision = practice.task("Decide response", contact);
    Visitor balancer = Visitor.at(port);
    Visitor manager = Visitor.at(port, "manager");
    manager.get("/camunda/app/tasklist/default/");
    manager.get("/api/session");
    assertThat(balancer.get("/actuator/health/readiness").statusCode()).isEqualTo(200);

    TestDatabase.away(() -> {
      var readiness = ask(() -> balancer.get("/actuator/health/readiness"));
      var alive = ask(() -> balancer.get("/actuator/health/liveness"));
      var health = ask(() -> balancer.get("/actuator/health"));
      var draft = ask(() -> manager.json("PUT", "/api/tasks/" + decision.getId() + "/draft", Map.of("reasons", "No coat in the frost.")));
      var handedIn = ask(() -> manager.handIn(decision.getId(), practice.aDecision("assessment")));

      assertThat(readiness).succeedsWithin(PROMPTLY).satisfies(answer -> {
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("\"status\":\"DOWN\"");
      });
      assertThat(alive).succeedsWithin(PROMPTLY)
          .satisfies(answer -> assertThat(answer.statusCode()).as("restarting us helps nobody").isEqualTo(200));
      assertThat(health).succeedsWithin(PROMPTLY).satisfies(answer -> assertThat(answer.statusCode()).isEqualTo(503));
      assertThat(List.of(draft, handedIn)).extracting(CompletableFuture::join).allSatisfy(answer -> {
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("The database is away just now. What you typed is kept on this page: leave it open");
      });
    });

    Awaitility.await().atMost(PROMPTLY).until(() -> balancer.get("/actuator/health/readiness").statusCode() == 200);
    assertThat(manager.handIn(decision.getId(), practice.aDecision("assessment")).statusCode()).as("sent again").isEqualTo(204);
  }

  @Test
  void a_transaction_that_was_lost_halfway_is_told_alike() throws Exception {
    TransactionSystemException rollback = new TransactionSystemException("Could not roll back", new SQLException("Connection is closed"));
    rollback.initApplicationException(new DataAccessResourceFailureException("first turn",
        new SQLException("terminating connection due to administrator command", "57P01")));
    MockHttpServletResponse answer = new MockHttpServletResponse();
    new DatabaseAway(new ObjectMapper()).doFilter(new MockHttpServletRequest(), answer, (request, response) -> {
      throw rollback;
    });
    assertThat(answer.getStatus()).isEqualTo(503);
    assertThat(answer.getContentAsString()).contains("The database is away just now");
  }
}
