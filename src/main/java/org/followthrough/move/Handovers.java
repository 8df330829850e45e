package org.followthrough.move;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.followthrough.family.CaseRecords;
import org.followthrough.family.Correction;
import org.followthrough.family.Dated;
import org.followthrough.family.Events;
import org.followthrough.family.Families;
import org.followthrough.family.Persons;
import org.followthrough.family.Responsibilities;
import org.followthrough.meeting.AgreedActions;
import org.followthrough.move.Moves.Move;
import org.followthrough.move.Moves.Moving;
import org.followthrough.move.pack.PackTray;
import org.followthrough.page.Option;
import org.followthrough.page.Words;
import org.followthrough.protection.Enquiries;
import org.followthrough.referral.Decisions;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What two authorities have said to each other about a family that moves from one to the other, up to the moment at which
 * responsibility passes. The register is the sender's: it lets go in the transaction that has the written acceptance in hand.
 */
@Component
public class Handovers implements Dated {

  /** The message that begins the acceptance of a family here. */
  public static final String ACCEPTANCE_NEEDED = "AcceptanceNeeded";

  /** A child for whom responsibility stays with the one who has it, and why. */
  public record Staying(UUID id, String because) {}

  /**
   * What passed.
   *
   * @param children who passed, by their ids here
   * @param over what of ours nobody needs any more, by the ids that processes are about
   */
  public record Passed(Instant at, List<UUID> children, List<UUID> over) {}

  private final JdbcClient jdbc;
  private final Moves moves;
  private final Families families;
  private final Persons persons;
  private final Responsibilities responsibilities;
  private final Enquiries enquiries;
  private final AgreedActions actions;
  private final Decisions decisions;

  Handovers(JdbcClient jdbc, Moves moves, Families families, Persons persons, Responsibilities responsibilities, Enquiries enquiries,
      AgreedActions actions, Decisions decisions) {
    this.jdbc = jdbc;
    this.moves = moves;
    this.families = families;
    this.persons = persons;
    this.responsibilities = responsibilities;
    this.enquiries = enquiries;
    this.actions = actions;
    this.decisions = decisions;
  }

  @Override
  public Map<String, Consumer<Correction>> events() {
    Consumer<Correction> received = receipt -> receipt.with(Events.ANSWER_ASKED);
    Consumer<Correction> accepted = acceptance -> acceptance.notAfter(
        acceptance.found("select passed_at from move where id = :subject").orElse(null),
        "Responsibility would pass before it was accepted.");
    return Map.of("Receipt recorded", received, Events.PACK_RECEIVED, received, "Acceptance recorded", accepted,
        "Family accepted", accepted,
        // both authorities keep the moment in which responsibility passed, and no holder is ever rewritten
        "Handing over recorded", Correction.NEVER);
  }

  // Said by the one or the other.

  /**
   * What the receiver's conference has decided. An enquiry of ours that required a conference for a child who moves has it with that:
   * it was held on the time of the enquiry.
   */
  public void conferenceHeld(UUID move, String outcome, Instant at) {
    moves.conferenceDecided(move, outcome);
    enquiries.conferenceHeldElsewhere(moves.children(move).stream().map(Moving::personId).filter(Objects::nonNull).toList(), at);
  }

  /** The receiver accepts responsibility for these children, in writing; {@code children} by the sender's ids. */
  public void accepted(UUID move, String by, List<UUID> children, Instant at) {
    moves.accepted(move, by, at);
    moves.accepted(move, children);
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
    return moves.children(move).stream().filter(child -> child.staysBecause() != null)
        .map(child -> new Staying(child.theirId(), child.staysBecause())).toList();
  }

  /** The same in words, a line of Markdown each; null where nobody stays. */
  public String stayingInWords(UUID move) {
    String lines = moves.children(move).stream().filter(child -> child.personId() != null && child.staysBecause() != null)
        .map(child -> "- " + Words.escaped(persons.name(child.personId())) + ": " + Words.escaped(child.staysBecause()))
        .collect(Collectors.joining("\n"));
    return lines.isEmpty() ? null : lines;
  }

  /**
   * Whether the receiver's own conference comes first: a child who moves has a plan of protection, or an enquiry that asks for a conference
   * or still may (process rules 1.7: theirs, on the time of our enquiry).
   */
  public boolean conferenceFirst(UUID move) {
    return jdbc.sql("""
            select exists (select from move_child c where c.move_id = :move and c.stays_because is null
              and (exists (select from plan p where p.person_id = c.person_id and p.kind = 'child-protection' and p.ended_on is null)
                or exists (select from enquiry_child q where q.person_id = c.person_id and q.ended_at is null
                  and coalesce(q.next_step, 'conference') = 'conference')))""")
        .param("move", move).query(Boolean.class).single();
  }

  /** When the enquiry was decided on that asks for a conference about a child who moves, or still may; the first of them. */
  public Optional<Instant> enquiryDecided(UUID move) {
    return jdbc.sql("""
            select min(q.begun_at) from enquiry_child q join move_child c on c.person_id = q.person_id and c.move_id = :move
            where q.ended_at is null and coalesce(q.next_step, 'conference') = 'conference'""").param("move", move)
        .query(Timestamp.class).optional().map(Timestamp::toInstant);
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
      if (child.staysBecause() == null && accepted(move.id(), child.personId())
          && responsibilities.toAuthority(child.personId(), move.other().authority(), move.id(), at)) {
        passing.add(child.personId());
      }
    }
    if (passing.isEmpty()) {
      return new Passed(at, List.of(), List.of());
    }
    moves.passed(move.id(), at);
    CaseRecords.Leaving leaving = new CaseRecords.Leaving(move.id(), move.caseId(), move.contactId(), passing, other, at, by);
    List<UUID> over = families.records().flatMap(one -> one.left(leaving).stream()).toList();
    families.closeIfDone(move.caseId(), at);
    return new Passed(at, passing, over);
  }

  private boolean accepted(UUID move, UUID child) {
    return jdbc.sql("select accepted from move_child where move_id = :move and person_id = :child").param("move", move)
        .param("child", child).query(Boolean.class).single();
  }

  /** Takes the children over who were accepted and handed over: they are ours from that moment, and this move's worker is their lead. */
  public void takeOver(Move move, String by, Instant now) {
    families.lock(move.caseId());
    List<UUID> ours = moves.children(move.id()).stream()
        .filter(child -> child.personId() != null && child.staysBecause() == null && accepted(move.id(), child.personId()))
        .map(Moving::personId).toList();
    ours.forEach(child -> responsibilities.toUs(child, move.id(), move.acceptance().passedAt()));
    decisions.transferIn(move.contactId(), move.caseId(), ours, move.reply().worker(), move.acceptance().passedAt(), now, by);
  }

  /** Keeps when the other side let go, and who stays with it; both are only known there. */
  public void handedOver(UUID move, Instant at, List<UUID> children, List<Staying> staying) {
    staying.forEach(one -> moves.stays(move, one.id(), one.because()));
    moves.children(move).stream().filter(child -> child.staysBecause() == null && !children.contains(child.theirId()))
        .forEach(child -> moves.stays(move, child.theirId(), "They have not handed this child over"));
    if (!children.isEmpty()) {
      moves.passed(move, at);
    }
  }

  /**
   * Each action that was kept goes on here as it was agreed there: with its own id and its own date.
   *
   * @param kept of the pack, those that the read-back keeps
   */
  public void carryOn(Move move, List<PackTray.Promise> kept, Instant at, String by) {
    for (PackTray.Promise one : kept) {
      Optional<Moving> child = moves.children(move.id()).stream().filter(moving -> moving.personId() != null
          && moving.personId().equals(one.forChild())).findFirst();
      if (one.forChild() == null || child.filter(moving -> moving.staysBecause() == null).isPresent()) {
        actions.carriedOn(new AgreedActions.CarriedOn(one.id(), move.id(), move.caseId(),
            child.map(Moving::personId).orElse(null), one.what(), one.namedPerson(), one.agency(), one.dueOn(), one.ifNotDone()), at, by);
      }
    }
  }

  /** The actions that were taken over with a move and are open. */
  public List<UUID> carriedOn(UUID move) {
    return jdbc.sql("select id from agreed_action where move_id = :move and ended_as is null order by due_on, position").param("move", move)
        .query(UUID.class).list();
  }
}
