package org.followthrough.record;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.followthrough.record.Moves.Move;
import org.followthrough.record.Moves.Moving;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What two authorities have said to each other about a family that moves from one to the other, up to the moment at which
 * responsibility passes. The register is the sender's: it lets go in the transaction that has the written acceptance in hand.
 */
@Component
public class Handovers implements Dated {

  /** A child for whom responsibility stays with the one who has it, and why. */
  public record Staying(UUID id, String because) {}

  /**
   * What passed, and what of ours ended with it.
   *
   * @param children who passed, by their ids here
   * @param plans of protection that ended
   * @param lastPlan whether no child of the case has one any more
   * @param assessments, supports, actions, conferences what nobody who is ours needs any more
   * @param nobodyLeft whether no child of the case has an open episode any more
   */
  public record Passed(Instant at, List<UUID> children, List<UUID> plans, boolean lastPlan, List<UUID> assessments, List<UUID> supports,
      List<UUID> actions, List<UUID> conferences, boolean nobodyLeft) {}

  private static final String UNDER_ENQUIRY =
      "exists (select from enquiry_child q where q.person_id = %s.person_id and q.ended_at is null)";

  private final JdbcClient jdbc;
  private final Moves moves;
  private final Families families;
  private final Persons persons;
  private final Plans plans;
  private final Decisions decisions;
  private final Chronology chronology;

  Handovers(JdbcClient jdbc, Moves moves, Families families, Persons persons, Plans plans, Decisions decisions, Chronology chronology) {
    this.jdbc = jdbc;
    this.moves = moves;
    this.families = families;
    this.persons = persons;
    this.plans = plans;
    this.decisions = decisions;
    this.chronology = chronology;
  }

  @Override
  public Map<String, Consumer<Correction>> events() {
    Consumer<Correction> received = receipt -> {
      receipt.move("update move set received_at = :now where id = :subject and received_at = :was");
      receipt.with("Answer asked");
    };
    Consumer<Correction> accepted = acceptance -> {
      acceptance.notAfter(acceptance.found("select passed_at from move where id = :subject").orElse(null), "Responsibility would pass before it was accepted.");
      acceptance.move("update move set accepted_at = :now where id = :subject and accepted_at = :was");
    };
    return Map.of("Pack sent", sent -> sent.move("update move set pack_sent_at = :now where id = :subject and pack_sent_at = :was"),
        "Receipt recorded", received, "Pack received", received, "Acceptance recorded", accepted, "Family accepted", accepted,
        // both authorities keep the moment in which responsibility passed, and no holder is ever rewritten
        "Handing over recorded", Correction.NEVER);
  }

  // Said by the one or the other.

  /** The pack is on its way. */
  public void sent(UUID move, String how, Instant at) {
    jdbc.sql("update move set pack_sent_at = :at, pack_sent_how = :how where id = :id").param("at", Timestamp.from(at)).param("how", how)
        .param("id", move).update();
  }

  /** Somebody by name has the pack. */
  public void received(UUID move, String by, Instant at) {
    jdbc.sql("update move set received_at = :at, received_by = :by where id = :id").param("at", Timestamp.from(at)).param("by", by).param("id", move)
        .update();
  }

  /**
   * What the receiver's conference has decided. An enquiry of ours that required a conference for a child who moves has it with that:
   * it was held on the time of the enquiry.
   */
  public void conferenceHeld(UUID move, String outcome, Instant at) {
    jdbc.sql("update move set conference_outcome = :outcome where id = :id").param("outcome", outcome).param("id", move).update();
    jdbc.sql("""
            update enquiry_child set ended_at = greatest(begun_at, :at), ended_as = 'conference-held'
            where conference_required and ended_at is null and person_id in (select person_id from move_child where move_id = :move)""")
        .param("at", Timestamp.from(at)).param("move", move).update();
  }

  /** The receiver accepts responsibility for these children, in writing; {@code children} by the sender's ids. */
  public void accepted(UUID move, String by, List<UUID> children, Instant at) {
    jdbc.sql("update move set accepted_at = :at, accepted_by = :by where id = :id").param("at", Timestamp.from(at)).param("by", by).param("id", move)
        .update();
    jdbc.sql("update move_child set accepted = their_id in (:children) where move_id = :move").param("children", orNobody(children, move)).param("move", move)
        .update();
  }

  // Whom it is about.

  /** The children who may pass, as choices by the sender's ids: those whom nothing keeps where they are. */
  public List<Option> mayPass(UUID move) {
    return moves.children(move).stream().filter(child -> child.personId() != null && child.staysBecause() == null)
        .map(child -> new Option(persons.name(child.personId()), child.theirId().toString())).toList();
  }

  /** The children who were accepted in writing, as choices by the sender's ids. */
  public List<Option> acceptedChildren(UUID move) {
    return mayPass(move).stream().filter(child -> jdbc.sql("select accepted from move_child where move_id = :move and their_id = :child")
        .param("move", move).param("child", UUID.fromString(child.value())).query(Boolean.class).single()).toList();
  }

  /** The children who stay, by the sender's ids, and why. */
  public List<Staying> staying(UUID move) {
    return moves.children(move).stream().filter(child -> child.staysBecause() != null).map(child -> new Staying(child.theirId(), child.staysBecause())).toList();
  }

  /** The same in words, a line of Markdown each; null where nobody stays. */
  public String stayingInWords(UUID move) {
    String lines = moves.children(move).stream().filter(child -> child.personId() != null && child.staysBecause() != null)
        .map(child -> "- " + Words.escaped(persons.name(child.personId())) + ": " + Words.escaped(child.staysBecause())).collect(Collectors.joining("\n"));
    return lines.isEmpty() ? null : lines;
  }

  private static List<UUID> orNobody(List<UUID> children, UUID move) {
    return children.isEmpty() ? List.of(move) : children;
  }

  /**
   * Whether the receiver's own conference comes first: a child who moves has a plan of protection, or an enquiry that asks for a conference
   * or still may (process rules 1.7: theirs, on the time of our enquiry).
   */
  public boolean conferenceFirst(UUID move) {
    return jdbc.sql("""
            select exists (select from move_child c where c.move_id = :move and c.stays_because is null
              and (exists (select from plan p where p.person_id = c.person_id and p.kind = 'child-protection' and p.ended_on is null)
                or exists (select from enquiry_child q where q.person_id = c.person_id and q.ended_at is null and coalesce(q.next_step, 'conference') = 'conference')))""")
        .param("move", move).query(Boolean.class).single();
  }

  /** When the enquiry was decided on that asks for a conference about a child who moves, or still may; the first of them. */
  public Optional<Instant> enquiryDecided(UUID move) {
    return jdbc.sql("""
            select min(q.begun_at) from enquiry_child q join move_child c on c.person_id = q.person_id and c.move_id = :move
            where q.ended_at is null and coalesce(q.next_step, 'conference') = 'conference'""").param("move", move).query(Timestamp.class).optional().map(Timestamp::toInstant);
  }

  // The moment itself.

  /**
   * Responsibility passes for every child who was accepted and whom no order keeps: in one step the other authority holds them, and
   * what was done for them here ends. An enquiry that runs is finished here, and keeps its child's episode open until then.
   *
   * @param other the other authority's name
   * @param at as exactly as the database keeps it: both sides keep the same
   */
  public Passed pass(Move move, String other, Instant at, String by) {
    families.lock(move.caseId());
    List<UUID> passing = new ArrayList<>();
    for (Moving child : moves.children(move.id())) {
      if (child.staysBecause() == null && accepted(move.id(), child.personId()) && letGo(move, child.personId(), at)) {
        passing.add(child.personId());
      }
    }
    if (passing.isEmpty()) {
      return new Passed(at, List.of(), List.of(), false, List.of(), List.of(), List.of(), List.of(), false);
    }
    jdbc.sql("update move set passed_at = :at where id = :id").param("at", Timestamp.from(at)).param("id", move.id()).update();
    List<UUID> plansEnded = endPlans(passing, at, by);
    List<UUID> assessments = endAssessments(move.caseId(), passing, at);
    List<UUID> supports = endSupports(move.caseId(), passing, at);
    List<UUID> actions = endActions(move.caseId(), passing, other, at);
    List<UUID> conferences = notNeeded(move.caseId());
    closeEpisodes(move, passing, other, at, by);
    families.closeIfDone(move.caseId(), at);
    return new Passed(at, passing, plansEnded, !plansEnded.isEmpty() && plans.inForce(move.caseId(), Plans.CHILD_PROTECTION).isEmpty(), assessments,
        supports, actions, conferences, !jdbc.sql("select exists (select from episode where case_id = :case and closed_at is null)")
            .param("case", move.caseId()).query(Boolean.class).single());
  }

  private boolean accepted(UUID move, UUID child) {
    return jdbc.sql("select accepted from move_child where move_id = :move and person_id = :child").param("move", move).param("child", child)
        .query(Boolean.class).single();
  }

  /** @return false where the child is not ours to pass on */
  private boolean letGo(Move move, UUID child, Instant at) {
    return jdbc.sql("""
            with held as (update responsibility set until = greatest(since, :at) where person_id = :child and until is null and authority is null
              returning person_id, case_id, team, until)
            insert into responsibility (person_id, case_id, team, since, authority, passed_by)
            select person_id, case_id, team, until, :authority, :move from held""")
        .param("at", Timestamp.from(at)).param("child", child).param("authority", move.authority()).param("move", move.id()).update() == 1;
  }

  private List<UUID> endPlans(List<UUID> children, Instant at, String by) {
    List<UUID> ended = new ArrayList<>();
    LocalDate today = LocalDate.ofInstant(at, Submission.LONDON);
    for (UUID child : children) {
      plans.ofChild(child).ifPresent(plan -> {
        boolean protection = plan.kind().equals(Plans.CHILD_PROTECTION);
        // returns rule 8840: a plan that began today ends tomorrow
        LocalDate on = protection && !today.isAfter(plan.begunOn()) ? plan.begunOn().plusDays(1) : today;
        plans.end(plan.id(), on, protection ? "other-authority-confirmed" : "support-ended", null, at, by);
        if (protection) {
          ended.add(plan.id());
        }
      });
    }
    return ended;
  }

  private List<UUID> endAssessments(UUID caseId, List<UUID> children, Instant at) {
    String open = "c.ended_at is null or a.agreed_at is not null and not a.part_of_enquiry and c.next_step is null and a.withdrawn_as is null";
    List<UUID> over = jdbc.sql("""
            select a.id from assessment a join assessment_child c on c.assessment_id = a.id where a.case_id = :case and (%s)
            group by a.id having bool_and(c.person_id in (:children) and not %s)""".formatted(open, UNDER_ENQUIRY.formatted("c")))
        .param("case", caseId).param("children", children).query(UUID.class).list();
    jdbc.sql("update assessment_child c set ended_at = :at where c.person_id in (:children) and c.ended_at is null and not " + UNDER_ENQUIRY.formatted("c"))
        .param("at", Timestamp.from(at)).param("children", children).update();
    return over;
  }

  private List<UUID> endSupports(UUID caseId, List<UUID> children, Instant at) {
    jdbc.sql("update support_child set ended_at = :at where person_id in (:children) and ended_at is null").param("at", Timestamp.from(at))
        .param("children", children).update();
    return jdbc.sql("""
            update support s set ended_at = :at, ended_as = 'no-longer-needed' where case_id = :case and ended_at is null
              and not exists (select from support_child c where c.support_id = s.id and c.ended_at is null) returning id""")
        .param("at", Timestamp.from(at)).param("case", caseId).query(UUID.class).list();
  }

  /** What was promised for them goes on there; what serves the family goes on here while a child of it is still ours. */
  private List<UUID> endActions(UUID caseId, List<UUID> children, String other, Instant at) {
    return jdbc.sql("""
            update agreed_action set ended_as = 'not-needed', ended_at = :at, ended_why = :why
            where ended_as is null and (for_child in (:children) or case_id = :case and for_child is null
              and not exists (select from responsibility r join person p on p.id = r.person_id and p.died_on is null
                where r.case_id = :case and r.until is null and r.authority is null))
            returning id""")
        .param("at", Timestamp.from(at)).param("why", "The family is with " + other + " now").param("children", children).param("case", caseId)
        .query(UUID.class).list();
  }

  /** Conferences that were called: a review of plans that are over, or one whose enquiry needs it no more. */
  private List<UUID> notNeeded(UUID caseId) {
    return jdbc.sql("""
            select m.id from conference c join meeting m on m.id = c.meeting_id where m.case_id = :case and m.held_at is null and m.ended_as is null
              and case when c.reviews is not null then not exists (select from plan where case_id = :case and kind = 'child-protection' and ended_on is null)
                else c.enquiry_id is not null and not exists (select from enquiry_child q where q.enquiry_id = c.enquiry_id and q.ended_at is null) end""")
        .param("case", caseId).query(UUID.class).list();
  }

  private void closeEpisodes(Move move, List<UUID> children, String other, Instant at, String by) {
    List<UUID> closing = jdbc.sql("select p.person_id from (select unnest(cast(:children as uuid[])) as person_id) p where not " + UNDER_ENQUIRY.formatted("p"))
        .param("children", children.stream().map(UUID::toString).toArray(String[]::new)).query(UUID.class).list();
    for (UUID child : closing) {
      jdbc.sql("update lead_professional set until = greatest(since, :at) where person_id = :child and until is null").param("at", Timestamp.from(at))
          .param("child", child).update();
      // returns: closed because the services of another authority took over
      int closed = jdbc.sql("update episode set closed_at = :at, closed_why = :why, closing_code = 'RC5' where person_id = :child and closed_at is null")
          .param("at", Timestamp.from(at)).param("why", "Responsibility passed to " + other).param("child", child).update();
      if (closed == 1) {
        chronology.add(Chronology.Line.fact(move.contactId(), move.caseId(), child, "Episode closed", at, by, "RC5: responsibility passed to " + other)
            .about(move.id()));
      }
    }
  }

  /** Takes the children over who were accepted and handed over: they are ours from that moment, and this move's worker is their lead. */
  public List<UUID> takeOver(Move move, String by, Instant now) {
    families.lock(move.caseId());
    List<UUID> ours = moves.children(move.id()).stream()
        .filter(child -> child.personId() != null && child.staysBecause() == null && accepted(move.id(), child.personId())).map(Moving::personId).toList();
    ours.forEach(child -> jdbc.sql("""
            with held as (update responsibility set until = greatest(since, :at) where person_id = :child and until is null and authority is not null
              returning person_id, case_id, team, until)
            insert into responsibility (person_id, case_id, team, since, passed_by) select person_id, case_id, team, until, :move from held""")
        .param("at", Timestamp.from(move.passedAt())).param("child", child).param("move", move.id()).update());
    if (!ours.isEmpty() && decisions.standing(move.contactId()).isEmpty()) {
      decisions.make(new Decisions.Made(move.contactId(), move.caseId(), Decisions.TRANSFER_IN, "Taken over from another authority", null, null, false,
          ours.stream().map(child -> new Decisions.ForChild(child, Decisions.TRANSFER_IN, null)).toList(), move.passedAt(), now, by));
    }
    if (move.worker() != null) {
      decisions.lead(move.caseId(), ours, move.worker(), "Took the family on when it moved here", now, by);
    }
    return ours;
  }

  /** Keeps when the other side let go, and who stays with it; both are only known there. */
  public void handedOver(UUID move, Instant at, List<UUID> children, List<Staying> staying) {
    staying.forEach(one -> stays(move, one.id(), one.because()));
    moves.children(move).stream().filter(child -> child.staysBecause() == null && !children.contains(child.theirId()))
        .forEach(child -> stays(move, child.theirId(), "They have not handed this child over"));
    if (!children.isEmpty()) {
      jdbc.sql("update move set passed_at = :at where id = :id").param("at", Timestamp.from(at)).param("id", move).update();
    }
  }

  private void stays(UUID move, UUID child, String because) {
    jdbc.sql("update move_child set stays_because = :why where move_id = :move and their_id = :child").param("why", because).param("move", move)
        .param("child", child).update();
  }

  /**
   * Each action that was kept goes on here as it was agreed there: with its own id and its own date.
   *
   * @param kept of the pack, those that the read-back keeps
   */
  public void carryOn(Move move, List<PackTray.Promise> kept, Instant at, String by) {
    for (PackTray.Promise one : kept) {
      Optional<Moving> child = moves.children(move.id()).stream().filter(moving -> moving.personId() != null && moving.personId().equals(one.forChild())).findFirst();
      if (one.forChild() == null || child.filter(moving -> moving.staysBecause() == null).isPresent()) {
        // a family that comes back brings actions whose ids we gave: what ended here stays ended, and it begins anew
        jdbc.sql("""
                insert into agreed_action (id, move_id, case_id, what, named_person, agency, due_on, if_not_done, for_child, recorded_at, recorded_by)
                values (case when exists (select from agreed_action where id = :id) then gen_random_uuid() else :id end, :move, :case, :what, :person, :agency,
                  :due, :ifNot, :child, :at, :by)""")
            .param("id", one.id()).param("move", move.id()).param("case", move.caseId()).param("what", one.what()).param("person", one.namedPerson())
            .param("agency", one.agency()).param("due", one.dueOn()).param("ifNot", one.ifNotDone()).param("child", child.map(Moving::personId).orElse(null))
            .param("at", Timestamp.from(at)).param("by", by).update();
      }
    }
  }

  /** The actions that were taken over with a move and are open. */
  public List<UUID> carriedOn(UUID move) {
    return jdbc.sql("select id from agreed_action where move_id = :move and ended_as is null order by due_on, position").param("move", move)
        .query(UUID.class).list();
  }
}
