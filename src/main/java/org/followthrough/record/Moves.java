package org.followthrough.record;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Families on the move: to another team, to another authority, or from one to us. A move has the same id on both sides. */
@Component("recordedMoves")
public class Moves implements Dated {

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
   * @param destination team, england-or-wales, scotland, northern-ireland, abroad or not-known
   * @param team the team that takes the family on, where it stays within the authority; or null
   * @param authority the other side: its code in the address book, or its name; null within the authority and while not known
   * @param connected whether messages reach the other side; else everything goes by hand
   * @param answer taken-on or refused, or null
   * @param theirWorker who takes the family on there; or null
   * @param worker who takes it on here, a user; or null
   * @param conferenceId our own conference for an arriving family, or null
   * @param acceptedAt when the receiver accepted responsibility in writing, or null
   * @param passedAt when the one who held the children had that acceptance in hand: from then on the receiver holds them
   */
  public record Move(UUID id, boolean incoming, UUID caseId, UUID contactId, String destination, boolean onlyForATime, LocalDate staysUntil, String team,
      String authority, boolean connected, Instant learnedAt, String learnedFrom, LocalDate movesOn, String why, String address, Instant calledAt,
      String spokeWith, String reach, String safety, Instant packSentAt, Instant receivedAt, String receivedBy, String answer, String answerWhy,
      String theirWorker, String worker, Instant conferenceAt, UUID conferenceId, Instant acceptedAt, String acceptedBy, Instant passedAt, String endedAs) {

    /** Whether the family stays within the authority. */
    public boolean toTeam() {
      return TEAM.equals(destination);
    }
  }

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
      answer.move("update move set answered_at = :now where id = :subject and answered_at = :was");
      answer.with("Taken on %");
    };
    Consumer<Correction> ended = end -> end.move("update move set ended_at = :now where id = :subject and ended_at = :was");
    return Map.of("Answer recorded", answered, "Family taken on", answered, "Handover refused", answered, "Family told", ended, "Stay reviewed", stay -> {
      ended.accept(stay);
      stay.with("Move learned");
    });
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
        .query((row, n) -> new Moving(row.getObject("their_id", UUID.class), row.getObject("person_id", UUID.class), row.getString("stays_because"))).list();
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
            update move set answer = :answer, answer_why = :why, answered_at = :at, their_worker = :theirs, worker = :ours where id = :id""")
        .param("answer", answer).param("why", why).param("at", Timestamp.from(at)).param("theirs", theirWorker).param("ours", worker).param("id", move)
        .update();
  }

  /** The receiver's conference meets then, and there; or on another day than was said before. */
  public void conferenceMeets(UUID move, Instant at, String place) {
    jdbc.sql("update move set conference_at = :at, conference_place = :place where id = :id").param("at", Timestamp.from(at)).param("place", place)
        .param("id", move).update();
  }

  /** Keeps how a move ended here; one that has ended stays as it ended. */
  public void end(UUID move, String as, Instant at) {
    jdbc.sql("update move set ended_at = :at, ended_as = :as where id = :id and ended_at is null").param("at", Timestamp.from(at)).param("as", as)
        .param("id", move).update();
  }

  private static Move move(ResultSet row) throws SQLException {
    return new Move(row.getObject("id", UUID.class), row.getBoolean("incoming"), row.getObject("case_id", UUID.class), row.getObject("contact_id", UUID.class),
        row.getString("destination"), row.getBoolean("only_for_a_time"), row.getObject("stays_until", LocalDate.class), row.getString("team"),
        row.getString("authority"), row.getBoolean("connected"), Rows.instant(row, "learned_at"), row.getString("learned_from"),
        row.getObject("moves_on", LocalDate.class), row.getString("why"), row.getString("address"), Rows.instant(row, "called_at"),
        row.getString("spoke_with"), row.getString("reach"), row.getString("safety"), Rows.instant(row, "pack_sent_at"), Rows.instant(row, "received_at"),
        row.getString("received_by"), row.getString("answer"), row.getString("answer_why"), row.getString("their_worker"), row.getString("worker"),
        Rows.instant(row, "conference_at"), row.getObject("conference_id", UUID.class), Rows.instant(row, "accepted_at"), row.getString("accepted_by"),
        Rows.instant(row, "passed_at"), row.getString("ended_as"));
  }
}
