package org.followthrough.exchange;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.followthrough.InTheHouse;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What it costs to ask, every second, what another authority must be told: with nobody on the move among many families, and with
 * children here whom other authorities hold, each with a history.
 *
 * <pre>mvn test -Dexcluded.tests= -Dtest=OutgoingBenchmark</pre>
 */
@Tag("benchmark")
@InTheHouse
class OutgoingBenchmark {

  private static final int FAMILIES = 20_000;
  private static final int LINES = 100;

  @Autowired JdbcClient jdbc;
  @Autowired Outgoing outgoing;

  @Test
  void asking_what_is_outgoing() {
    report("empty record");
    families(FAMILIES, "ours", null);
    report(FAMILIES + " families of ours, " + LINES + " lines each");
    int held = 0;
    for (int more : new int[] {200, 1_800}) {
      families(more, "held-" + more, "felpersham");
      held += more;
      report("and " + held + " children whom others hold");
    }
  }

  private void families(int many, String called, String authority) {
    jdbc.sql("insert into family_case (reference, opened_at) select :called || '-' || n, now() - interval '1 year' "
        + "from generate_series(1, :many) n")
        .param("called", called).param("many", many).update();
    jdbc.sql("insert into person (id, born_on, recorded_at, recorded_by) select id, '2019-11-02', now(), 'contact' "
        + "from family_case where reference like :called || '-%'")
        .param("called", called).update();
    // a child has the id of its family here, and its move too
    jdbc.sql("insert into responsibility (person_id, case_id, team, since, authority) select id, id, 'north', opened_at, :authority "
        + "from family_case where reference like :called || '-%'")
        .param("called", called).param("authority", authority).update();
    if (authority != null) {
      jdbc.sql("insert into move (id, incoming, case_id, destination, authority, connected, learned_at, learned_from) "
          + "select id, true, id, 'england-or-wales', :authority, true, "
          + "opened_at, 'The school' from family_case where reference like :called || '-%'").param("called", called)
          .param("authority", authority).update();
      jdbc.sql("insert into move_child (move_id, their_id, person_id) select id, id, id from family_case "
          + "where reference like :called || '-%'").param("called", called).update();
    }
    jdbc.sql("insert into chronology_entry (case_id, what, happened_at, recorded_at, recorded_by, nature) select f.id, "
        + "case when n % 50 = 0 then 'Enquiry decided' else 'Child visited' end, "
        + "f.opened_at + n * interval '1 day', f.opened_at + n * interval '1 day', 'worker', 'fact' "
        + "from family_case f, generate_series(1, :lines) n where f.reference like :called || '-%'")
        .param("called", called).param("lines", LINES).update();
    jdbc.sql("analyze").update();
  }

  private void report(String what) {
    long[] took = new long[21];
    for (int i = 0; i < took.length; i++) {
      Instant before = Instant.now();
      outgoing.words();
      took[i] = Duration.between(before, Instant.now()).toNanos();
    }
    Arrays.sort(took);
    System.out.printf("OutgoingBenchmark: %s: median %.1f ms, slowest %.1f ms%n", what, took[10] / 1e6, took[20] / 1e6);
  }
}
