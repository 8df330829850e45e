package org.followthrough.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;
import org.followthrough.Kills;
import org.followthrough.Visitor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * A family with two children on a plan moves from one authority to another: two installations, each with its own database, over
 * TLS on this machine. At the messages of their exchange first the receiver is killed before one comes, then its sender while it is on the
 * way: six of these twenty times, or all of them ({@link Kills}).
 */
class FamilyBetweenAuthoritiesTest {

  private static final Duration IN_THE_END = Duration.ofMinutes(30);
  private static final List<String> TO_MIDSOMER = List.of("first-call", "pack", "understood", "handed-over");
  private static final List<String> TO_BORSETSHIRE = List.of("receipt", "answer", "conference-date", "conference-outcome",
      "read-back", "acceptance");

  @TempDir(cleanup = CleanupMode.NEVER) static Path folder;

  private final TwoAuthorities both = new TwoAuthorities(folder);
  private final Staff borsetshire = new Staff(both.borsetshire, Set.of("Record receipt", "Record answer", "Record conference date",
      "Record conference outcome", "Write understanding", "Record acceptance"));
  private final Staff midsomer = new Staff(both.midsomer, Set.of("Confirm understanding", "Record handing over"));
  private final long seed = Kills.seed();
  private final Set<String> fatal = Kills.among(Stream.concat(times(TO_MIDSOMER, both.borsetshire, both.midsomer),
      times(TO_BORSETSHIRE, both.midsomer, both.borsetshire)).toList(), new Random(seed));
  private final Set<String> kills = new LinkedHashSet<>();
  private final AtomicReference<Installation> killed = new AtomicReference<>();

  @AfterEach
  void close() {
    both.close();
  }

  @Test
  void whoever_is_killed_whenever_the_family_arrives_with_everything_and_is_held_by_exactly_one() {
    both.borsetshire.set("followthrough.demo-families=true");
    both.start();
    String reference = both.borsetshire.texts("select f.reference from family_case f join plan p on p.case_id = f.id limit 1").get(0);
    List<String> children = both.borsetshire.texts("select p.person_id::text from plan p join family_case f on f.id = p.case_id "
        + "where f.reference = ? order by 1", reference);
    List<String> said = both.borsetshire.texts(OPEN_ACTIONS, reference);
    List<String> mustChange = both.borsetshire.texts("select p.person_id || ' ' || r.must_change || ' ' || r.by_when "
        + "from plan_row r join plan p on p.id = r.plan_id join family_case f on f.id = p.case_id where f.reference = ? "
        + "order by 1", reference);
    List<String> happened = both.borsetshire.texts(CHRONOLOGY, reference);
    assertThat(children).hasSize(2);
    assertThat(said).hasSize(1);
    Responsibility responsibility = new Responsibility(both.borsetshire, both.midsomer, children);
    both.toMidsomer.fate(kills(both.borsetshire, both.midsomer));
    both.toBorsetshire.fate(kills(both.midsomer, both.borsetshire));
    borsetshire.answer("Check pack", Map.of("keepBack", List.of()));
    midsomer.answer("Answer move", Map.of("onPlan", "yes"));
    midsomer.answer("Invite to conference", Map.of("whom", "professional", "agency", "health", "name", "Niamh Doherty",
        "role", "Health visitor", "reach", "At the clinic", "purpose", "for-action", "directContact", "yes"));
    midsomer.answer("Record conference", Map.of("otherName", "Joan Patel", "otherAgency", "school", "anotherName", "Sam Carter",
        "anotherAgency", "social-care"));
    midsomer.answer("Decide way forward", Map.of("wayForward", "goes-on", "ground", "enough is known", "why", "Waiting would do harm."));
    midsomer.answer("Name core group", Map.of("lateWhy", "The school is closed until then."));
    midsomer.answer("Record view", Map.of("dissents", "no", "dissentWhy", ""));

    Visitor worker = borsetshire.visitor("worker");
    worker.get("/api/session");
    var begun = worker.json("POST", "/api/cases/" + reference + "/changes/family-moves",
        Map.of("destination", "england-or-wales", "connected", "midsomer",
        "onlyForATime", "no", "learnedAt", both.borsetshire.now().minusHours(1).toString().substring(0, 16), "learnedFrom", "Joan Patel",
        "why", "Her sister lives there.", "address", "4 Mill Lane, Midsomer"));
    assertThat(begun.statusCode()).as(begun.body()).isIn(200, 204);
    Instant giveUp = Instant.now().plus(IN_THE_END);
    while (!over()) {
      assertThat(Instant.now()).as("waiting in Borsetshire: %s, in Midsomer: %s, after %s, seed %d", borsetshire.waiting(),
          midsomer.waiting(), kills, seed).isBefore(giveUp);
      responsibility.look();
      standUp();
      if (!borsetshire.work() & !midsomer.work()) {
        Installation.pause(300);
      }
    }
    responsibility.look();
    System.out.println("FamilyBetweenAuthoritiesTest: seed " + seed + ", " + kills.size() + " kills: " + kills + "; "
        + responsibility.looks() + " looks at who is responsible");

    assertThat(kills).containsExactlyInAnyOrderElementsOf(fatal);
    for (String child : children) {
      assertThat(both.midsomer.texts("select coalesce(authority, 'us') from responsibility where person_id = ?::uuid and until is null",
          child)).containsExactly("us");
      // the same instant on both sides
      assertThat(both.midsomer.texts("select since::text from responsibility where person_id = ?::uuid and until is null", child))
          .isEqualTo(both.borsetshire.texts("select since::text from responsibility where person_id = ?::uuid and until is null", child))
          .hasSize(1);
    }
    assertThat(both.midsomer.texts("select what || ' ' || named_person || ' ' || due_on from agreed_action where move_id is not null "
        + "and ended_as is null"))
        .as("what was promised, by the day it was promised for").isEqualTo(said);
    assertThat(both.midsomer.texts("select p.person_id || ' ' || (r ->> 'mustChange') || ' ' || (r ->> 'byWhen') "
        + "from from_elsewhere p, jsonb_array_elements(p.item -> 'rows') r "
        + "where p.section = 'plans' order by 1")).as("the whole plan").isEqualTo(mustChange);
    assertThat(both.midsomer.texts("select id::text from chronology_entry where authority = 'borsetshire'")).as("the chronology")
        .containsAll(happened);
    assertThat(both.borsetshire.texts("select distinct ended_why from plan where ended_why is not null"))
        .containsExactly("other-authority-confirmed");
    assertThat(both.borsetshire.count("select count(*) from plan where ended_on is null")).isZero();
    assertThat(both.midsomer.count("select count(*) from plan where ended_on is null and kind = 'child-protection'"))
        .as("plans of their own").isEqualTo(2);
    // nothing twice
    for (Installation one : List.of(both.borsetshire, both.midsomer)) {
      assertThat(one.texts("select type from inbox group by type having count(*) > 1")).as("words taken twice in %s", one.code).isEmpty();
      assertThat(one.count("select count(*) from inbox where taken_at is null")).isZero();
      assertThat(one.texts("select what from chronology_entry where task_id is not null and corrects is null "
          + "group by what, task_id having count(*) > 1")).isEmpty();
    }
    assertThat(both.midsomer.count("select count(*) from family_case")).isEqualTo(1);
    // both count their days from the same moments
    assertThat(both.midsomer.texts("select happened_at::text from chronology_entry where what = 'Move notified' "
        + "and authority is null limit 1")).hasSize(1);
  }

  /** Who promised is named with their school or practice, whose code nobody elsewhere knows. */
  private static final String OPEN_ACTIONS = "select a.what || ' ' || with_organisation(a.named_person, a.agency) || ' ' || a.due_on "
      + "from agreed_action a join family_case f on f.id = a.case_id where f.reference = ? and a.ended_as is null";
  private static final String CHRONOLOGY = "select e.id::text from chronology_entry e join family_case f on f.id = e.case_id "
      + "where f.reference = ?";

  /** When its receiver is killed before a word comes, and when its sender while it is on the way. */
  private static Stream<String> times(List<String> words, Installation sender, Installation receiver) {
    return words.stream().flatMap(word -> Stream.of(before(receiver, word), after(sender, word)));
  }

  private static String before(Installation receiver, String word) {
    return receiver.code + " before " + word;
  }

  private static String after(Installation sender, String word) {
    return sender.code + " after " + word;
  }

  private Function<Wire.Call, Wire.Fate> kills(Installation sender, Installation receiver) {
    return call -> {
      synchronized (kills) {
        boolean first = toCome(before(receiver, call.type()));
        if (!first && !toCome(after(sender, call.type()))) {
          return Wire.Fate.PASSES;
        }
        if (killed.get() != null) {
          // one at a time, or nobody would get up again
          return Wire.Fate.CUT_BEFORE;
        }
        Installation victim = first ? receiver : sender;
        kills.add(first ? before(receiver, call.type()) : after(sender, call.type()));
        victim.kill();
        killed.set(victim);
        // what is on the way is delivered all the same, and nobody is there to hear the answer
        return first ? Wire.Fate.CUT_BEFORE : Wire.Fate.PASSES;
      }
    };
  }

  /** Whether this is yet to happen. */
  private boolean toCome(String time) {
    return fatal.contains(time) && !kills.contains(time);
  }

  private void standUp() {
    Installation one = killed.get();
    if (one != null) {
      one.start();
      (one == both.borsetshire ? borsetshire : midsomer).restarted();
      killed.set(null);
    }
  }

  private boolean over() {
    return both.borsetshire.count("select count(*) from move where ended_as = 'handed-over'") == 1
        && both.midsomer.count("select count(*) from move where ended_as = 'taken-over'") == 1
        && both.borsetshire.count("select count(*) from outbox where received_at is null") == 0
        && both.midsomer.count("select count(*) from outbox where received_at is null") == 0;
  }
}
