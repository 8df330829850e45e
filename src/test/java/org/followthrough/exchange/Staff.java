package org.followthrough.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.followthrough.Answers;
import org.followthrough.Visitor;

/**
 * Everybody who works at one authority in the processes of a family that moves: they do what waits for them as they usually would,
 * and leave alone what the other authority's word fills in.
 */
final class Staff {

  private static final String PROCESSES = "('family-move', 'notice', 'succession', 'authority-transfer', 'family-arrival', "
      + "'acceptance', 'read-back', 'conference', 'plan', 'agreement')";
  private static final String PACK_IS_HERE = "exists (select from act_ru_variable v join inbox i on i.move_id::text = v.text_ "
      + "and i.type = 'pack' where v.proc_inst_id_ = t.proc_inst_id_ and v.name_ = 'subjectRef')";
  /** The next conference on a plan that has begun here is nobody's business of the move. */
  private static final String NEXT_CONFERENCE = "exists (select from act_ru_variable v join meeting m on m.id::text = v.text_ "
      + "and m.kind = 'review-conference' where v.proc_inst_id_ = t.proc_inst_id_ and v.name_ = 'subjectRef')";
  private static final int PATIENCE = 5;

  private static final Map<String, String> GROUPS = Map.of("north.social-worker", "worker", "north.team-manager", "manager",
      "conference-chair", "chair", "minute-taker", "minutes", "contact-centre", "contact");

  private record Open(String id, String name) {}

  private final Installation here;
  private final Set<String> theirs;
  private final Map<String, Visitor> signedIn = new HashMap<>();
  private final Map<String, Integer> refused = new HashMap<>();
  private final Map<String, Map<String, Object>> otherwise = new HashMap<>();

  /**
   * The staff of an installation.
   *
   * @param theirs the pages that the other authority's word fills in here
   */
  Staff(Installation here, Set<String> theirs) {
    this.here = here;
    this.theirs = theirs;
  }

  /** On this page they answer otherwise than usual. */
  void answer(String label, Map<String, Object> fields) {
    otherwise.put(label, fields);
  }

  /** Does one of the pages that wait; answers whether there was one. */
  boolean work() {
    Optional<Open> next = open().stream().findFirst();
    next.ifPresent(this::handIn);
    return next.isPresent();
  }

  /** The names of what waits, what is theirs included. */
  List<String> waiting() {
    return here.texts("select name_ from act_ru_task where split_part(proc_def_id_, ':', 1) in " + PROCESSES + " order by name_");
  }

  private List<Open> open() {
    return here.rows("select id_, name_ from act_ru_task t where split_part(proc_def_id_, ':', 1) in " + PROCESSES
        + " and (name_ <> 'Take in pack' or " + PACK_IS_HERE + ") and not " + NEXT_CONFERENCE + " order by create_time_, id_")
        .stream().map(row -> new Open(row.get(0), row.get(1))).filter(page -> !theirs.contains(page.name())).toList();
  }

  /** The first of those whose task it is who works here. */
  private String who(Open page) {
    List<String> asked = here.texts("select group_id_ from act_ru_identitylink where task_id_ = ?", page.id());
    return GROUPS.entrySet().stream().filter(one -> asked.contains(one.getKey())).map(Map.Entry::getValue).findFirst()
        .orElseGet(() -> Answers.who(page.name()));
  }

  private void handIn(Open page) {
    try {
      Visitor user = signedIn.computeIfAbsent(who(page), here::visitor);
      Map<String, Object> answers = Answers.to(page.name(), here.now(), user, page.id());
      answers.putAll(otherwise.getOrDefault(page.name(), Map.of()));
      HttpResponse<String> answer = user.handIn(page.id(), answers);
      if (answer.statusCode() != 204 && open().contains(page)) {
        assertThat(refused.merge(page.id(), 1, Integer::sum)).as("%s: %s answers %d %s", here.code, page.name(), answer.statusCode(),
            answer.body()).isLessThan(PATIENCE);
        signedIn.clear();
      }
    } catch (UncheckedIOException killed) {
      // in the middle of it: whoever typed it signs in again and looks
      signedIn.clear();
      Installation.pause(200);
    }
  }

  /** Somebody of these people, signed in. */
  Visitor visitor(String user) {
    return signedIn.computeIfAbsent(user, here::visitor);
  }

  /** Everybody has to sign in again. */
  void restarted() {
    signedIn.clear();
  }
}
