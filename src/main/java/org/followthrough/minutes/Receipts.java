package org.followthrough.minutes;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.followthrough.family.CaseRecords;
import org.followthrough.family.Correction;
import org.followthrough.family.Dated;
import org.followthrough.page.Option;
import org.followthrough.page.Refusal;
import org.followthrough.page.Rows;
import org.followthrough.page.Words;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Every copy of minutes that was sent, and whether it has reached its recipient: who confirmed it, for whom and when. */
@Component
public class Receipts implements CaseRecords, Dated {

  /** A copy that was sent. */
  public record Copy(UUID id, UUID minutesId, String recipient, String agency, UUID personId, String purpose, String extent, String way,
      String reach, String agreedWith, Sent sent, Receipt receipt) {}

  /**
   * When a copy was sent, and again.
   *
   * @param notHadAt when its recipient said that they had not had it; null where nobody did
   */
  public record Sent(Instant at, Instant againAt, Instant notHadAt) {

    /** When it was sent last. */
    public Instant last() {
      return againAt == null ? at : againAt;
    }
  }

  /**
   * That a copy has arrived, and what came of it.
   *
   * @param at null while nobody has said so
   * @param onBehalfOf for whom it was said, where the recipient did not say it themselves
   */
  public record Receipt(Instant at, String onBehalfOf, String handedOverBy, String acted, String recordedBy) {}

  private final JdbcClient jdbc;
  private final Minutes minutes;

  Receipts(JdbcClient jdbc, Minutes minutes) {
    this.jdbc = jdbc;
    this.minutes = minutes;
  }

  @Override
  public Map<String, Consumer<Correction>> events() {
    return Map.of("Minutes sent", Receipts::sent, "Copies sent", Receipts::sent,
        "Minutes sent again", again -> again.move("update minutes_copy set sent_again_at = :now where circulation_id = :subject "
            + "and sent_again_at = :was"),
        "Receipt confirmed", received -> {
          received.notBefore(received.found("select min(sent_at) from minutes_copy where circulation_id = :subject "
              + "and recorded_at = :recorded").orElse(null), "That lies before the minutes were sent.");
          received.move("update minutes_copy set received_at = :now where circulation_id = :subject and recorded_at = :recorded "
              + "and received_at = :was");
        });
  }

  private static void sent(Correction sent) {
    sent.notAfter(sent.found("select min(received_at) from minutes_copy where :subject in (minutes_id, circulation_id) "
        + "and sent_at = :was and received_at > :was")
        .orElse(null), "Somebody would have had them before they were sent.");
    sent.move("""
        update minutes_copy set sent_at = :now, received_at = case when received_at = :was then :now else received_at end
        where :subject in (minutes_id, circulation_id) and sent_at = :was""");
    sent.with("Minutes sent", "Copies sent");
  }

  /** Keeps a copy that was sent; one that was handed over to one of the family has reached them. */
  void sent(UUID minutesId, UUID circulationId, Circulation.Sending copy, Instant sentAt, Instant recordedAt, String by) {
    jdbc.sql("""
            insert into minutes_copy (minutes_id, circulation_id, proposal, recipient, agency, person_id, purpose, extent, way, reach,
              agreed_with, sent_at, sent_by, handed_over_by, received_at, recorded_at, recorded_by)
            values (:minutes, :circulation, :proposal, :recipient, :agency, :person, :purpose, :extent, :way, :reach,
              :agreedWith, :sent, :by, :handedOver, :received, :recorded, :recordedBy)""")
        .param("minutes", minutesId).param("circulation", circulationId).param("proposal", copy.proposal())
        .param("recipient", copy.recipient()).param("agency", copy.agency()).param("person", copy.personId())
        .param("purpose", copy.purpose()).param("extent", copy.extent()).param("way", copy.way()).param("reach", copy.reach())
        .param("agreedWith", copy.agreedWith()).param("sent", Timestamp.from(sentAt)).param("by", by)
        .param("handedOver", copy.handedOverBy())
        .param("received", copy.handedOverBy() == null ? null : Timestamp.from(sentAt))
        .param("recorded", copy.handedOverBy() == null ? null : Timestamp.from(recordedAt))
        .param("recordedBy", copy.handedOverBy() == null ? null : by)
        .update();
  }

  /** Sends a copy once more to somebody who has not had it. */
  public void sendAgain(UUID copyId, String way, String reach, Instant at) {
    jdbc.sql("update minutes_copy set way = :way, reach = :reach, sent_again_at = :at where id = :id")
        .param("way", way).param("reach", reach).param("at", Timestamp.from(at)).param("id", copyId).update();
  }

  /**
   * A professional has it.
   *
   * @param onBehalfOf for whom it was written down, or null when they did so themselves
   * @param acted what they do about it, or null
   * @throws Refusal when that lies before it was sent
   */
  public void received(UUID copyId, String onBehalfOf, String acted, Instant at, Instant recordedAt, String by) {
    if (at.isBefore(copy(copyId).sent().at())) {
      throw new Refusal("happenedAt", "That lies before the minutes were sent. Check the date and time.");
    }
    jdbc.sql("""
            update minutes_copy set received_at = :at, received_for = :behalf, acted = :acted, recorded_at = :recorded, recorded_by = :by
            where id = :id""")
        .param("at", Timestamp.from(at)).param("behalf", onBehalfOf).param("acted", acted)
        .param("recorded", Timestamp.from(recordedAt)).param("by", by).param("id", copyId).update();
  }

  /** A recipient says that nothing has arrived. */
  public void notHad(UUID copyId, Instant at) {
    jdbc.sql("update minutes_copy set not_had_at = :at where id = :id").param("at", Timestamp.from(at)).param("id", copyId).update();
  }

  /** Somebody has handed a copy over to one of the family. */
  public void handedOver(UUID copyId, String handedOverBy, Instant at, Instant recordedAt, String by) {
    jdbc.sql("""
            update minutes_copy set handed_over_by = :handed, received_at = :at, recorded_at = :recorded, recorded_by = :by
            where id = :id and person_id is not null""")
        .param("handed", handedOverBy).param("at", Timestamp.from(at)).param("recorded", Timestamp.from(recordedAt)).param("by", by)
        .param("id", copyId).update();
  }

  /** The copies on their way to somebody of the family, as choices for a form: nobody has said yet that they have them. */
  public List<Option> onTheirWayToFamily(UUID caseId) {
    return jdbc.sql("""
            select c.id, c.recipient, c.sent_at from minutes_copy c join minutes v on v.id = c.minutes_id
              join meeting m on m.id = v.meeting_id
            where m.case_id = :case and c.person_id is not null and c.received_at is null order by c.sent_at desc""")
        .param("case", caseId)
        .query((row, n) -> new Option(row.getString("recipient") + ", sent " + Words.moment(Rows.instant(row, "sent_at")),
            row.getString("id"))).list();
  }

  /** The professionals whom a round was sent to, whether they have confirmed or not. */
  public List<Copy> awaited(UUID circulationId) {
    return jdbc.sql("select * from minutes_copy where circulation_id = :id and agency is not null order by position")
        .param("id", circulationId).query((row, n) -> copy(row)).list();
  }

  /** The professionals of a round who have not confirmed yet, in the order of sending. The family is never chased. */
  public List<Copy> missing(UUID circulationId) {
    return awaited(circulationId).stream().filter(copy -> copy.receipt().at() == null).toList();
  }

  /** A copy. */
  public Copy copy(UUID id) {
    return jdbc.sql("select * from minutes_copy where id = :id").param("id", id).query((row, n) -> copy(row)).single();
  }

  /** The case that a copy is about, as it is now; empty where there is no such copy. */
  public Optional<UUID> caseOf(UUID copyId) {
    return jdbc.sql("select minutes_id from minutes_copy where id = :id").param("id", copyId).query(UUID.class).optional()
        .flatMap(minutes::caseOf);
  }

  /** Every copy of a version, in whatever round, in the order of sending. */
  public List<Copy> copies(UUID minutesId) {
    return jdbc.sql("select * from minutes_copy where minutes_id = :id order by position").param("id", minutesId)
        .query((row, n) -> copy(row)).list();
  }

  private static Copy copy(ResultSet row) throws SQLException {
    return new Copy(row.getObject("id", UUID.class), row.getObject("minutes_id", UUID.class),
        row.getString("recipient"), row.getString("agency"), row.getObject("person_id", UUID.class), row.getString("purpose"),
        row.getString("extent"), row.getString("way"), row.getString("reach"), row.getString("agreed_with"),
        new Sent(Rows.instant(row, "sent_at"), Rows.instant(row, "sent_again_at"), Rows.instant(row, "not_had_at")),
        new Receipt(Rows.instant(row, "received_at"), row.getString("received_for"), row.getString("handed_over_by"),
            row.getString("acted"), row.getString("recorded_by")));
  }

  // When something happens to the whole case.

  @Override
  public Set<String> tables() {
    return Set.of("minutes_copy");
  }
}
