package org.followthrough.family;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.followthrough.page.Rows;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who works with a family beside us: who of them is told of a move, who stays behind, and who comes after them. */
@Component
public class Networks implements CaseRecords, Dated {

  /** Somebody of another agency; {@code name}, {@code role} and {@code reach} are null where nobody knows. */
  public record Professional(UUID id, String agency, String name, String role, String reach) {

    /** {@code Joan Patel, head teacher, school}, with the code of where they come from as {@code spoken} says it. */
    public String inWords(UnaryOperator<String> spoken) {
      return (name == null ? "" : name + ", ") + (role == null ? "" : role + ", ") + spoken.apply(agency);
    }
  }

  /** That one agency knows of a move; {@code toldAt} is null where it was not told, {@code confirmedAt} until it said so. */
  public record Notice(UUID id, UUID moveId, String agency, String name, String reach, Instant toldAt, String toldHow,
      String notToldWhy, Instant confirmedAt) {

    public String inWords(UnaryOperator<String> spoken) {
      return (name == null ? "" : name + ", ") + spoken.apply(agency);
    }
  }

  /** Somebody who does not go with the family; {@code successor} is null until one is named. */
  public record Leaving(UUID id, UUID moveId, String agency, String name, String role, String reach, String successor,
      String successorAgency, String successorReach, String noneWhy, String watchedBy, Instant confirmedAt) {

    public String inWords(UnaryOperator<String> spoken) {
      return name + ", " + (role == null ? "" : role + ", ") + spoken.apply(agency);
    }
  }

  private final JdbcClient jdbc;

  Networks(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public Map<String, Consumer<Correction>> events() {
    return Map.of(Events.MOVE_ANNOUNCED, told -> told.move("update move_notice set told_at = :now where move_id = :subject "
        + "and told_at = :was"), Events.NOTICE_CONFIRMED, confirmed -> {
          confirmed.move("update move_notice set confirmed_at = :now where move_id = :subject and confirmed_at = :was");
          confirmed.with(Events.NOTICE_CONFIRMED);
        }, Events.SUCCESSION_CONFIRMED, confirmed -> {
          confirmed.move("update move_leaving set confirmed_at = :now where move_id = :subject and confirmed_at = :was");
          confirmed.with(Events.SUCCESSION_CONFIRMED);
        });
  }

  /**
   * The professionals of other agencies who work with a family: its core group, and whoever is involved otherwise; each once, and from
   * their organisation where it is known.
   */
  public List<Professional> of(UUID caseId) {
    return jdbc.sql("""
            select distinct on (origin, plain_name(coalesce(name, ''))) id, agency, name, role, reach from (
              select *, case when name is null then agency else agency_of(agency) end as origin from (
              select id, agency, name, role, reach, 0 as rank, since from core_group_member where case_id = :case and until is null
                and agency is not null
              union all
              select id, agency, name, role, phone, 1, since from involvement where case_id = :case and until is null) one) one
            where agency not in ('social-care', 'family')
            order by origin, plain_name(coalesce(name, '')), agency = agency_of(agency), rank, since desc""")
        .param("case", caseId).query(Professional.class).list();
  }

  // Told --------------------------------------------------------------------------------------------------------------------------

  /** Keeps that somebody was told of a move. */
  public void told(UUID move, Professional who, String how, Instant at, String by) {
    notice(move, who, how, at, null, by);
  }

  /** Keeps that somebody was knowingly not told, and why. */
  public void notTold(UUID move, Professional who, String why, String by) {
    notice(move, who, null, null, why, by);
  }

  private void notice(UUID move, Professional who, String how, Instant at, String whyNot, String by) {
    jdbc.sql("""
            insert into move_notice (move_id, agency, name, reach, told_at, told_how, not_told_why, recorded_by)
            values (:move, :agency, :name, :reach, :at, :how, :why, :by)""")
        .param("move", move).param("agency", who.agency()).param("name", who.name()).param("reach", who.reach())
        .param("at", at == null ? null : Timestamp.from(at)).param("how", how).param("why", whyNot).param("by", by).update();
  }

  /** Everybody who was told of a move, or knowingly not. */
  public List<Notice> notices(UUID move) {
    return jdbc.sql("select * from move_notice where move_id = :move order by position").param("move", move)
        .query((row, n) -> notice(row)).list();
  }

  /** Those who were told of a move and have not said yet that they know. */
  public List<Notice> silent(UUID move) {
    return notices(move).stream().filter(one -> one.toldAt() != null && one.confirmedAt() == null).toList();
  }

  public Notice notice(UUID id) {
    return jdbc.sql("select * from move_notice where id = :id").param("id", id).query((row, n) -> notice(row)).single();
  }

  /** Keeps that they know of the move; {@code onBehalfOf} is null where they said so themselves. */
  public void confirmed(UUID notice, String onBehalfOf, Instant at) {
    jdbc.sql("update move_notice set confirmed_at = :at, confirmed_for = :behalf where id = :id")
        .param("at", Timestamp.from(at)).param("behalf", onBehalfOf).param("id", notice).update();
  }

  private static Notice notice(ResultSet row) throws SQLException {
    return new Notice(row.getObject("id", UUID.class), row.getObject("move_id", UUID.class), row.getString("agency"), row.getString("name"),
        row.getString("reach"), Rows.instant(row, "told_at"), row.getString("told_how"), row.getString("not_told_why"),
        Rows.instant(row, "confirmed_at"));
  }

  // Left behind ---------------------------------------------------------------------------------------------------------------------

  /** Keeps that somebody stays behind when a family moves. */
  public void leaves(UUID move, Professional who, String by) {
    jdbc.sql("insert into move_leaving (move_id, agency, name, role, reach, recorded_by) "
        + "values (:move, :agency, :name, :role, :reach, :by)")
        .param("move", move).param("agency", who.agency()).param("name", who.name() == null ? "Name not known" : who.name())
        .param("role", who.role()).param("reach", who.reach()).param("by", by).update();
  }

  /** Those who stay behind. */
  public List<Leaving> leaving(UUID move) {
    return jdbc.sql("select * from move_leaving where move_id = :move order by position").param("move", move)
        .query((row, n) -> leaving(row)).list();
  }

  public Leaving left(UUID id) {
    return jdbc.sql("select * from move_leaving where id = :id").param("id", id).query((row, n) -> leaving(row)).single();
  }

  /** Names who comes after somebody. */
  public void succeeded(UUID leaving, String successor, String agency, String reach) {
    jdbc.sql("update move_leaving set successor = :name, successor_agency = :agency, successor_reach = :reach where id = :id")
        .param("name", successor).param("agency", agency).param("reach", reach).param("id", leaving).update();
  }

  /** Keeps that nobody comes after somebody yet, and who sees to it that there will be one. */
  public void nobodyYet(UUID leaving, String why, String watchedBy) {
    jdbc.sql("update move_leaving set none_why = :why, watched_by = :by where id = :id").param("why", why).param("by", watchedBy)
        .param("id", leaving).update();
  }

  /** Keeps that the successor has taken the family on, and how we know. */
  public void confirmedSuccession(UUID leaving, String how, Instant at) {
    jdbc.sql("update move_leaving set confirmed_at = :at, confirmed_how = :how where id = :id")
        .param("at", Timestamp.from(at)).param("how", how).param("id", leaving).update();
  }

  private static Leaving leaving(ResultSet row) throws SQLException {
    return new Leaving(row.getObject("id", UUID.class), row.getObject("move_id", UUID.class), row.getString("agency"),
        row.getString("name"), row.getString("role"), row.getString("reach"), row.getString("successor"), row.getString("successor_agency"),
        row.getString("successor_reach"), row.getString("none_why"), row.getString("watched_by"), Rows.instant(row, "confirmed_at"));
  }

  /** Who stays behind where a family comes from, and who comes after them, as a pack says. */
  public void takeIn(UUID move, JsonNode leaving, String by) {
    Rows.insert(jdbc, """
        insert into move_leaving (id, move_id, agency, name, role, reach, successor, successor_agency, successor_reach, none_why,
          watched_by, confirmed_at,
          confirmed_how, recorded_by)
        select id, :move, agency, name, role, reach, successor, "successorAgency", "successorReach", "noneWhy", "watchedBy",
          "confirmedAt", "confirmedHow", :by
        from jsonb_to_recordset(cast(:items as jsonb)) as l (id uuid, agency text, name text, role text, reach text, successor text,
          "successorAgency" text,
          "successorReach" text, "noneWhy" text, "watchedBy" text, "confirmedAt" timestamptz, "confirmedHow" text)
        on conflict (id) do nothing""", leaving, Map.of("move", move, "by", by));
  }

  // When something happens to the whole case.

  @Override
  public Set<String> tables() {
    return Set.of("move_leaving", "move_notice");
  }
}
