package org.followthrough.move;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.followthrough.deadline.Planned;
import org.followthrough.family.CaseRecords;
import org.followthrough.family.Correction;
import org.followthrough.family.Dated;
import org.followthrough.family.Events;
import org.followthrough.page.Rows;
import org.followthrough.page.Submission;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Families on the move: to another team, to another authority, or from one to us. A move has the same id on both sides. */
@Component("recordedMoves")
public class Moves implements CaseRecords, Dated, Planned {

  /** Where a family goes that stays within the authority. */
  public static final String TEAM = "team";
  /** Where a family has gone whom nobody can find. */
  public static final String NOT_KNOWN = "not-known";
  public static final String TAKEN_ON = "taken-on";
  public static final String REFUSED = "refused";
  /** How a move has ended that is over. */
  public static final String HANDED_OVER = "handed-over";
  public static final String TAKEN_OVER = "taken-over";
  public static final String RETURNED = "returned";
  public static final String STAYED = "stayed";
  public static final String CALLED_OFF = "called-off";

  /**
   * One move as it stands.
   *
   * @param incoming whether the family comes to us
   * @param caseId the family here, or null while an arriving one is not matched
   * @param contactId the contact as which an arriving family was taken down, or null
   * @param endedAs how it ended, or null while it has not
   */
  public record Move(UUID id, boolean incoming, UUID caseId, UUID contactId, Destination destination, OtherSide other, Notice notice,
      Call call, Reply reply, Conference conference, Acceptance acceptance, String endedAs) {

    /** Whether the family stays within the authority. */
    public boolean toTeam() {
      return TEAM.equals(destination.kind());
    }
  }

  /**
   * Where the family goes, and for how long.
   *
   * @param kind team, england-or-wales, scotland, northern-ireland, abroad or not-known
   * @param address the new one, or null while it is not known
   * @param staysUntil the day until which it is to stay there, where it is only for a time and known; or null
   */
  public record Destination(String kind, String address, boolean onlyForATime, LocalDate staysUntil) {}

  /**
   * With whom the family is handed over.
   *
   * @param team the team that takes the family on, where it stays within the authority; or null
   * @param authority its code in the address book, or its name; null within the authority and while not known
   * @param connected whether messages reach the other side; else everything goes by hand
   */
  public record OtherSide(String team, String authority, boolean connected) {}

  /** How the move became known, from whom, for which day and why; the day and the reason are null while nobody has said them. */
  public record Notice(Instant learnedAt, String from, LocalDate movesOn, String why) {}

  /** The first call between the two sides, and what keeps the children safe until the receiver takes over; null while not said. */
  public record Call(Instant at, String spokeWith, String reach, String safety) {}

  /**
   * What the receiver has said; null while it has not.
   *
   * @param packReceivedAt since when it has the pack
   * @param answer taken-on or refused
   * @param worker who takes the family on here, a user; null where it leaves us
   */
  public record Reply(Instant packReceivedAt, String answer, String why, String worker) {}

  /** The receiver’s conference: when it meets, or null; and its id where it is our own for an arriving family, or null. */
  public record Conference(Instant at, UUID id) {}

  /**
   * How responsibility passes; null while it has not.
   *
   * @param at when the receiver accepted responsibility in writing
   * @param by who signed that
   * @param passedAt when the one who held the children had that acceptance in hand: from then on the receiver holds them
   */
  public record Acceptance(Instant at, String by, Instant passedAt) {}

  /**
   * A child who moves.
   *
   * @param theirId who it is to the one who sends them
   * @param personId who it is here, or null until an arriving child is matched
   * @param staysBecause the order under which this child stays with the sender, or null
   */
  public record Moving(UUID theirId, UUID personId, String staysBecause) {}

  private final JdbcClient jdbc;

  Moves(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public Map<String, Consumer<Correction>> events() {
    Consumer<Correction> answered = answer -> {
      dates("answered_at").accept(answer);
      answer.with("Taken on %");
    };
    Consumer<Correction> reviewed = dates("ended_at").andThen(stay -> stay.with("Move learned"));
    return Map.ofEntries(Map.entry("Move learned", dates("learned_at")), Map.entry("Other side told", dates("called_at")),
        Map.entry("Move weighed up", dates("weighed_at")), Map.entry("Pack sent", dates("pack_sent_at")),
        Map.entry("Receipt recorded", dates("received_at")), Map.entry(Events.PACK_RECEIVED, dates("received_at")),
        Map.entry("Answer recorded", answered), Map.entry("Family taken on", answered), Map.entry("Handover refused", answered),
        Map.entry("Acceptance recorded", dates("accepted_at")), Map.entry("Family accepted", dates("accepted_at")),
        Map.entry("Family told", dates("ended_at")), Map.entry("Stay reviewed", reviewed));
  }

  /** A column of the move that an event dates. */
  private static Consumer<Correction> dates(String column) {
    return event -> event.move("update move set %1$s = :now where id = :subject and %1$s = :was".formatted(column));
  }

  /** The move of an id. */
  public Move get(UUID id) {
    return find(id).orElseThrow();
  }

  /** The move of an id, where there is one. */
  public Optional<Move> find(UUID id) {
    return jdbc.sql("select * from move where id = :id").param("id", id).query((row, n) -> move(row)).optional();
  }

  /** The moves of a family that have not ended, oldest first. */
  public List<Move> open(UUID caseId) {
    return jdbc.sql("select * from move where case_id = :case and ended_at is null order by learned_at").param("case", caseId)
        .query((row, n) -> move(row)).list();
  }

  /** The children who move. */
  public List<Moving> children(UUID move) {
    return jdbc.sql("select * from move_child where move_id = :move order by their_id").param("move", move)
        .query((row, n) -> new Moving(row.getObject("their_id", UUID.class), row.getObject("person_id", UUID.class),
            row.getString("stays_because"))).list();
  }

  /** Whether the acceptance of a family that moved here waits for this conference. */
  public boolean awaits(UUID conference) {
    return jdbc.sql("select exists (select from move where conference_id = :conference and accepted_at is null and ended_at is null)")
        .param("conference", conference).query(Boolean.class).single();
  }

  /**
   * The one to whom the family goes takes it on, or not.
   *
   * @param theirWorker who does there, where the family leaves us; or null
   * @param worker who does here, a user, where it comes to us or goes to another team; or null
   */
  public void answered(UUID move, String answer, String why, String theirWorker, String worker, Instant at) {
    jdbc.sql("""
            update move set answer = :answer, answer_why = :why, answered_at = :at, their_worker = :theirs, worker = :ours
              where id = :id""")
        .param("answer", answer).param("why", why).param("at", Timestamp.from(at)).param("theirs", theirWorker).param("ours", worker)
        .param("id", move).update();
  }

  /** The receiver's conference meets then, and there; or on another day than was said before. */
  public void conferenceMeets(UUID move, Instant at, String place) {
    jdbc.sql("update move set conference_at = :at, conference_place = :place where id = :id").param("at", Timestamp.from(at))
        .param("place", place).param("id", move).update();
  }

  /** Keeps how a move ended here; one that has ended stays as it ended. */
  public void end(UUID move, String as, Instant at) {
    jdbc.sql("update move set ended_at = :at, ended_as = :as where id = :id and ended_at is null").param("at", Timestamp.from(at))
        .param("as", as).param("id", move).update();
  }

  // What the one or the other side has said.

  /** Writes a move down that leaves us. */
  void leaving(UUID id, UUID caseId, List<UUID> children, Departures.Going going) {
    jdbc.sql("""
            insert into move (id, incoming, case_id, destination, only_for_a_time, stays_until, team, authority, connected, learned_at,
              learned_from,
              moves_on, address, why)
            values (:id, false, :case, :destination, :time, :until, :team, :authority, :connected, :learned, :from, :on, :address, :why)""")
        .param("id", id).param("case", caseId).param("destination", going.destination()).param("time", going.onlyForATime())
        .param("until", going.staysUntil()).param("team", going.team()).param("authority", going.authority())
        .param("connected", going.connected())
        .param("learned", Timestamp.from(going.learnedAt())).param("from", going.learnedFrom()).param("on", going.movesOn())
        .param("address", going.address()).param("why", going.why()).update();
    ofHere(id, children);
  }

  /** Writes a move down that comes to us, as it was told by hand to this user. */
  void arriving(UUID id, UUID caseId, List<UUID> children, Arrivals.Announcement told, String by) {
    jdbc.sql("""
            insert into move (id, incoming, case_id, destination, only_for_a_time, stays_until, authority, learned_at, learned_from, why,
              spoke_with, reach,
              on_plan, enquiry_decided_at)
            values (:id, true, :case, 'england-or-wales', :stay, :until, :authority, :told, :from, :why, :by, :reach, :plan, :enquiry)""")
        .param("id", id).param("case", caseId).param("stay", told.onlyForATime()).param("until", told.staysUntil())
        .param("authority", told.authority())
        .param("told", Timestamp.from(told.toldAt())).param("from", told.callerName()).param("why", told.why()).param("by", by)
        .param("reach", told.callerReach()).param("plan", told.onPlan()).param("enquiry", Rows.stamp(told.enquiryDecidedAt())).update();
    ofHere(id, children);
  }

  private void ofHere(UUID move, List<UUID> children) {
    children.forEach(child -> jdbc.sql("insert into move_child (move_id, their_id, person_id) "
        + "values (:move, :child, :child)").param("move", move)
        .param("child", child).update());
  }

  /** The same from the first call of a connected authority; a second call about the same move says more, or something else. */
  void arriving(UUID id, List<UUID> children, String authority, Instant told, Arrivals.FirstCall call) {
    jdbc.sql("""
            insert into move (id, incoming, destination, only_for_a_time, stays_until, authority, connected, learned_at, learned_from,
              moves_on, why, address,
              called_at, spoke_with, reach, safety, on_plan, enquiry_decided_at)
            values (:id, true, :destination, :stay, :until, :authority, true, :told, :from, :moves, :why, :address, :told, :spoke, :reach,
              :safety, :plan,
              :enquiry)
            on conflict (id) do update set destination = excluded.destination, only_for_a_time = excluded.only_for_a_time,
              stays_until = excluded.stays_until,
              learned_at = excluded.learned_at, learned_from = excluded.learned_from, moves_on = excluded.moves_on, why = excluded.why,
              address = excluded.address, called_at = excluded.called_at, spoke_with = excluded.spoke_with, reach = excluded.reach,
              safety = excluded.safety, on_plan = excluded.on_plan, enquiry_decided_at = excluded.enquiry_decided_at, ended_at = null,
                ended_as = null""")
        .param("id", id).param("destination", call.destination()).param("stay", call.onlyForATime()).param("until", call.staysUntil())
        .param("authority", authority).param("told", Timestamp.from(told)).param("from", call.from()).param("moves", call.movesOn())
        .param("why", call.why()).param("address", call.address()).param("spoke", call.spokeWith()).param("reach", call.reach())
        .param("safety", call.safety()).param("plan", call.onPlan()).param("enquiry", Rows.stamp(call.enquiryDecidedAt())).update();
    children.forEach(child -> jdbc.sql("insert into move_child (move_id, their_id) values (:move, :child) on conflict do nothing")
        .param("move", id).param("child", child).update());
  }

  /** Keeps the first call: with whom we spoke there, how they are reached, and what keeps the children safe until the others take over. */
  public void called(UUID move, String spokeWith, String reach, String safety, Instant at) {
    jdbc.sql("update move set called_at = :at, spoke_with = :with, reach = :reach, safety = :safety where id = :id")
        .param("at", Timestamp.from(at)).param("with", spokeWith).param("reach", reach).param("safety", safety).param("id", move).update();
  }

  /** Keeps what the move means. */
  public void weighed(UUID move, Departures.Weighed what, Instant at, String by) {
    jdbc.sql("""
            update move set distance = :distance, support_lost = :lost, new_services = :services, appointments = :appointments,
              network_then = :network,
              risk = :risk, comes_to = :to, weighed_at = :at, weighed_by = :by where id = :id""")
        .param("distance", what.distance()).param("lost", what.supportLost()).param("services", what.newServices())
        .param("appointments", what.appointments()).param("network", what.networkThen()).param("risk", what.risk())
        .param("to", what.comesTo())
        .param("at", Rows.stamp(at)).param("by", by).param("id", move).update();
  }

  /** Keeps what keeps the children safe until we take over, where nobody has said so before. */
  public void safe(UUID move, String how) {
    jdbc.sql("update move set safety = coalesce(safety, :how) where id = :id").param("how", how).param("id", move).update();
  }

  /** The stay that was meant to be short is a move for good. */
  public void forGood(UUID move) {
    jdbc.sql("update move set only_for_a_time = false where id = :id").param("id", move).update();
  }

  /** Lets a move go where the family was found. */
  public void found(UUID move, Searches.Whereabouts where) {
    jdbc.sql("""
            update move set destination = :destination, team = :team, authority = :authority, connected = :connected, address = :address
            where id = :move""")
        .param("destination", where.destination()).param("team", where.team()).param("authority", where.authority())
        .param("connected", where.connected()).param("address", where.address()).param("move", move).update();
  }

  /** What runs where an arriving family comes from, as it was found to be. */
  public void comes(UUID move, Arrivals.Coming with) {
    jdbc.sql("update move set on_plan = :plan, enquiry_decided_at = :enquiry where id = :id").param("plan", with.onPlan())
        .param("enquiry", Rows.stamp(with.enquiryDecidedAt())).param("id", move).update();
  }

  /** The pack is on its way. */
  public void sent(UUID move, String how, Instant at) {
    jdbc.sql("update move set pack_sent_at = :at, pack_sent_how = :how where id = :id").param("at", Timestamp.from(at)).param("how", how)
        .param("id", move).update();
  }

  /** Somebody by name has the pack. */
  public void received(UUID move, String by, Instant at) {
    jdbc.sql("update move set received_at = :at, received_by = :by where id = :id").param("at", Timestamp.from(at)).param("by", by)
        .param("id", move)
        .update();
  }

  /** The other side is asked again: its answer is open once more. */
  void askedAgain(UUID move) {
    jdbc.sql("update move set answer = null, answer_why = null, answered_at = null, their_worker = null where id = :id").param("id", move)
        .update();
  }

  /** Our own conference is called for an arriving family. */
  public void conferenceCalled(UUID move, UUID conference) {
    jdbc.sql("update move set conference_id = :conference where id = :id").param("conference", conference).param("id", move).update();
  }

  /** A conference is called again, after one that was not quorate: whoever waits for the one waits for the other. */
  public void conferenceAgain(UUID before, UUID conference) {
    jdbc.sql("update move set conference_id = :conference where conference_id = :before").param("conference", conference)
        .param("before", before).update();
  }

  /** Keeps what the receiver's conference has decided, in words. */
  void conferenceDecided(UUID move, String outcome) {
    jdbc.sql("update move set conference_outcome = :outcome where id = :id").param("outcome", outcome).param("id", move).update();
  }

  /** The receiver accepts responsibility in writing. Between authorities it says for which children: {@link #accepted(UUID, List)}. */
  public void accepted(UUID move, String by, Instant at) {
    jdbc.sql("update move set accepted_at = :at, accepted_by = :by where id = :id").param("at", Timestamp.from(at)).param("by", by)
        .param("id", move)
        .update();
  }

  /** For these children and no others, by the sender's ids. */
  void accepted(UUID move, List<UUID> children) {
    jdbc.sql("update move_child set accepted = their_id::text = any (:children) where move_id = :move")
        .param("children", children.stream().map(UUID::toString).toArray(String[]::new)).param("move", move).update();
  }

  /** Responsibility for this child, by the sender's id, stays with the sender. */
  void stays(UUID move, UUID child, String because) {
    jdbc.sql("update move_child set stays_because = :why where move_id = :move and their_id = :child").param("why", because)
        .param("move", move)
        .param("child", child).update();
  }

  /** The one who held the children has the acceptance in hand. */
  void passed(UUID move, Instant at) {
    jdbc.sql("update move set passed_at = :at where id = :id").param("at", Timestamp.from(at)).param("id", move).update();
  }

  // Who it is about here.

  /** The contact as which an arrival is taken down. */
  void takenDownAs(UUID move, UUID contact) {
    jdbc.sql("update move set contact_id = :contact where id = :id").param("contact", contact).param("id", move).update();
  }

  /**
   * The family that a move is about is this one from now on: it is matched, or children who move without the others have a case of
   * their own.
   */
  public void isCase(UUID move, UUID caseId) {
    jdbc.sql("update move set case_id = :case where id = :id").param("case", caseId).param("id", move).update();
  }

  /** Arriving children are those whom their contact was matched with. */
  void matched(UUID move, UUID contact) {
    jdbc.sql("""
            update move_child m set person_id = c.person_id from contact_person c
            where m.move_id = :move and c.contact_id = :contact and cast(c.typed ->> 'theirId' as uuid) = m.their_id""")
        .param("move", move).param("contact", contact).update();
  }

  /** Arriving children who are recorded here under the sender's own ids by now are those. */
  public void matchedByTheirIds(UUID move) {
    jdbc.sql("update move_child set person_id = their_id where move_id = :move and person_id is null "
        + "and their_id in (select id from person)")
        .param("move", move).update();
  }

  /** What had ended goes on. */
  void goesOn(UUID move) {
    jdbc.sql("update move set ended_at = null, ended_as = null where id = :id").param("id", move).update();
  }

  private static Move move(ResultSet row) throws SQLException {
    return new Move(row.getObject("id", UUID.class), row.getBoolean("incoming"), row.getObject("case_id", UUID.class),
        row.getObject("contact_id", UUID.class),
        new Destination(row.getString("destination"), row.getString("address"), row.getBoolean("only_for_a_time"),
            row.getObject("stays_until", LocalDate.class)),
        new OtherSide(row.getString("team"), row.getString("authority"), row.getBoolean("connected")),
        new Notice(Rows.instant(row, "learned_at"), row.getString("learned_from"), row.getObject("moves_on", LocalDate.class),
            row.getString("why")),
        new Call(Rows.instant(row, "called_at"), row.getString("spoke_with"), row.getString("reach"), row.getString("safety")),
        new Reply(Rows.instant(row, "received_at"), row.getString("answer"), row.getString("answer_why"), row.getString("worker")),
        new Conference(Rows.instant(row, "conference_at"), row.getObject("conference_id", UUID.class)),
        new Acceptance(Rows.instant(row, "accepted_at"), row.getString("accepted_by"), Rows.instant(row, "passed_at")),
        row.getString("ended_as"));
  }

  // When something happens to the whole case.

  @Override
  public Set<String> tables() {
    return Set.of("move", "move_child");
  }

  @Override
  public void split(Split split) {
    split.update(jdbc.sql("""
        update move set case_id = :other where case_id = :case and ended_at is null
          and exists (select from move_child c where c.move_id = move.id and c.person_id in (:leaving))
          and not exists (select from move_child c where c.move_id = move.id and c.person_id not in (:leaving))"""));
  }

  @Override
  public List<UUID> wentAlong(UUID splitOff) {
    return jdbc.sql("select id from move where case_id = :case").param("case", splitOff).query(UUID.class).list();
  }

  @Override
  public void joined(Joining joining) {
    joining.update(jdbc.sql("update move set case_id = :stays where case_id = :duplicate"));
  }

  @Override
  public Map<String, BiFunction<UUID, UUID, Optional<Instant>>> states() {
    return Map.of("date of their conference", (caseId, move) -> find(move).map(one -> one.conference().at()),
        "end of stay", (caseId, move) -> find(move).map(one -> one.destination().staysUntil())
            .map(day -> day.atStartOfDay(Submission.LONDON).toInstant()));
  }
}
