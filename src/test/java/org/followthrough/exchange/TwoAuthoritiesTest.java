package org.followthrough.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.followthrough.Visitor;
import org.followthrough.move.pack.ForeignPack;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Messages between two real installations: whatever happens to either or to the line, each message is there once in the end. */
class TwoAuthoritiesTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration SOON = Duration.ofMinutes(5);

  @TempDir(cleanup = CleanupMode.NEVER) static Path folder;

  private static TwoAuthorities both;
  private final UUID move = UUID.randomUUID();

  @BeforeAll
  static void bothOpen() {
    both = new TwoAuthorities(folder).start();
  }

  @AfterAll
  static void bothClose() {
    both.close();
  }

  @BeforeEach
  void aFamilyInBorsetshire() {
    UUID family = UUID.randomUUID();
    UUID child = UUID.randomUUID();
    both.toMidsomer.fate(call -> Wire.Fate.PASSES);
    both.midsomer.change("delete from inbox");
    both.borsetshire.change("insert into family_case (id, reference, opened_at) values (?, ?, now())", family,
        "CP-2026-9" + family.toString().substring(0, 5));
    both.borsetshire.change("insert into person (id, born_on, recorded_at, recorded_by) values (?, '2019-11-02', now(), 'contact')", child);
    both.borsetshire.change("insert into responsibility (person_id, case_id, team, since) values (?, ?, 'north', now())", child, family);
    both.borsetshire.change("insert into move (id, incoming, case_id, destination, authority, connected, learned_at, learned_from) "
        + "values (?, false, ?, 'england-or-wales', 'midsomer', true, now(), 'the mother')", move, family);
  }

  @Test
  void what_is_posted_while_the_other_side_is_down_arrives_by_itself_when_it_is_up_again() throws Exception {
    UUID first = post();
    both.midsomer.eventually(SOON, "select id::text from inbox", List.of(first.toString()));
    both.borsetshire.eventually(SOON, "select id::text from outbox where received_at is not null and move_id = ?",
        List.of(first.toString()), move);

    both.midsomer.kill();
    UUID second = post();
    both.borsetshire.eventually(SOON, "select (attempts > 2)::text from outbox where id = ?", List.of("true"), second);
    assertThat(both.borsetshire.texts("select last_failure from outbox where id = ?", second)).first().asString().isNotEmpty();
    JsonNode seen = Visitor.read(both.borsetshire.visitor("admin").get("/actuator/health")).path("components").path("exchange")
        .path("details");
    assertThat(seen.path("waitingToGoOut").asInt()).as("operations see it").isEqualTo(1);
    assertThat(seen.has("longestSince")).isTrue();
    assertThat(both.borsetshire.count("select count(*) from act_ru_execution where act_id_ "
        + "in ('Event_PauseEnded', 'Activity_DeliverMessage')"))
        .as("in Cockpit, too").isEqualTo(1);

    both.midsomer.start();
    both.midsomer.eventually(SOON, "select id::text from inbox order by position", List.of(first.toString(), second.toString()));
    both.borsetshire.eventually(SOON, "select count(*)::text from outbox where received_at is null", List.of("0"));
    both.borsetshire.eventually(SOON, "select count(*)::text from act_ru_execution where proc_def_id_ like 'exchange:%'", List.of("0"));
  }

  @Test
  void a_pack_of_thirty_megabytes_arrives_whole() throws Exception {
    UUID large = post(30_000_000);
    both.midsomer.eventually(SOON, "select id::text || ' ' || (length(body) > 30000000) from inbox", List.of(large + " true"));
    both.borsetshire.eventually(SOON, "select (received_at is not null)::text || ' ' || attempts from outbox where id = ?",
        List.of("true 1"), large);
    assertThat(both.midsomer.texts("select encode(sha256(convert_to(body, 'UTF8')), 'hex') from inbox"))
        .isEqualTo(both.borsetshire.texts("select encode(sha256(convert_to(body, 'UTF8')), 'hex') from outbox where id = ?", large));
  }

  /** A message that Midsomer lets in and keeps until its page is there. */
  private UUID post() throws Exception {
    return post(20_000);
  }

  private UUID post(int size) throws Exception {
    UUID id = UUID.randomUUID();
    String pack = ForeignPack.ofSize("borsetshire", move, size);
    String body = JSON.writeValueAsString(Map.of("id", id, "version", 1, "type", "pack", "move", move,
        "from", "borsetshire", "to", "midsomer", "at", Instant.now().toString(), "by", "Sam Carter, social worker",
        "fields", Map.of("pack", pack, "sha256", Fingerprint.of(pack.getBytes(StandardCharsets.UTF_8)))));
    both.borsetshire.change("insert into outbox (id, authority, move_id, type, told, body, posted_at) "
        + "values (?, 'midsomer', ?, 'pack', ?, ?, now())", id, move, id.toString(), body);
    return id;
  }
}
