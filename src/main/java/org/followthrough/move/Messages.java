package org.followthrough.move;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.followthrough.family.CaseRecords;
import org.followthrough.family.Correction;
import org.followthrough.family.Dated;
import org.followthrough.family.Events;
import org.followthrough.page.Answer;
import org.followthrough.page.Refusal;
import org.followthrough.page.Rows;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;

/**
 * What two authorities write to each other about a family that moves. A message is posted in the transaction of the step it
 * tells of; it is sent at least once and taken once.
 */
@Component
public class Messages implements CaseRecords, Dated {

  /** The form of message that we write. */
  public static final int VERSION = 1;

  private static final Set<String> KEPT_APART = Set.of("pack", "sha256");
  private static final Pattern DAY = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");
  private static final Pattern MOMENT = Pattern.compile(DAY + "T\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?(Z|\\+01:00)?");

  /**
   * A message of ours.
   *
   * @param authority the code of the one it goes to
   * @param body the whole message, byte for byte as it is sent each time
   * @param attempts how often it was tried
   * @param refusedWhy why the other side has refused it, in its own words; or null
   */
  public record Posted(UUID id, String authority, UUID moveId, String type, String body, Instant postedAt, int attempts,
      String refusedWhy) {}

  /**
   * A message of another authority.
   *
   * @param authority the code of the one it came from
   * @param saidAt when they said it, by their clock, but never later than it came
   */
  public record Word(UUID id, String authority, UUID moveId, String type, Instant saidAt) {}

  /**
   * What a message says; it may be large, and is read when its turn has come.
   *
   * @param by who says it, by name and role
   */
  public record Said(String by, JsonNode fields) {

    /** It in words, field by field; the pack and the people in it have places of their own. */
    public List<Answer> inWords() {
      return fields.properties().stream().filter(field -> field.getValue().isValueNode() && !field.getValue().isNull()
          && !KEPT_APART.contains(field.getKey()))
          .map(field -> new Answer(Words.label(StringUtils.capitalize(field.getKey())), inWords(field.getValue()))).toList();
    }

    private static String inWords(JsonNode value) {
      String said = value.asText();
      if (value.isBoolean()) {
        return value.asBoolean() ? "Yes" : "No";
      }
      try {
        return MOMENT.matcher(said).matches() ? Words.moment(Messages.moment(said)) : DAY.matcher(said).matches()
            ? Words.date(LocalDate.parse(said)) : said;
      } catch (DateTimeException | Refusal noDate) {
        // what somebody typed may look like one
        return said;
      }
    }
  }

  /** What became of a message that came in: it is new, it was here before, or another one was here under its id. */
  public enum Kept { NEW, BEFORE, ANOTHER }

  /**
   * What has not arrived yet.
   *
   * @param toGo how many messages of ours the other sides do not have
   * @param longestSince since when the oldest of these waits, or null
   * @param toTakeIn how many messages of others wait for their page or process
   * @param failing how many of those had their turn and could not be taken
   */
  public record Backlog(int toGo, Instant longestSince, int toTakeIn, int failing) {}

  /** What could not be taken is not tried every second for ever. */
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  private final JdbcClient jdbc;
  private final ObjectMapper json;
  private final String us;

  Messages(JdbcClient jdbc, ObjectMapper json, @Value("${followthrough.authority.code}") String us) {
    this.jdbc = jdbc;
    // a pack is one text of many megabytes
    this.json = json.copy();
    this.json.getFactory().setStreamReadConstraints(StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build());
    this.us = us;
  }

  @Override
  public Map<String, Consumer<Correction>> events() {
    return Map.of(Events.MESSAGE_GIVEN_BY_HAND, given -> given.move("update outbox set received_at = :now where id = :subject "
        + "and received_at = :was"));
  }

  /** The moment that a message spells so; without an offset it is London's. */
  public static Instant moment(String said) {
    return new Submission(null, null, null, Map.of("at", said)).moment("at");
  }

  /**
   * A moment as messages spell it: London's time, with its offset, because one hour a year has every minute twice; and as exactly as the
   * record keeps it, so that both sides keep the same.
   */
  public static String moment(Instant at) {
    return at.atZone(Submission.LONDON).toOffsetDateTime().truncatedTo(ChronoUnit.MICROS).toString();
  }

  /**
   * Posts a message to the other side of a move, where that is connected; else nothing happens and the word goes by hand. The
   * fields are those of the page that it fills there.
   *
   * @param type what it says: first-call, pack, receipt, answer, conference-date, conference-outcome, read-back, understood,
   *     acceptance, handed-over, asked-again, called-off, chase, protecting
   * @param told what it tells of where the same must never be told twice, or null
   * @param by who says it, by name and role
   * @return whether it was posted
   */
  public boolean post(Moves.Move move, String type, String told, Map<String, Object> fields, Instant at, String by) {
    if (!move.other().connected()) {
      return false;
    }
    UUID id = UUID.randomUUID();
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("id", id);
    message.put("version", VERSION);
    message.put("type", type);
    message.put("move", move.id());
    message.put("from", us);
    message.put("to", move.other().authority());
    message.put("at", at.toString());
    message.put("by", by);
    message.put("fields", fields);
    return jdbc.sql("""
            insert into outbox (id, authority, move_id, type, told, body, posted_at) values (:id, :authority, :move, :type, :told,
              :body, :at)
            on conflict (move_id, type, told) do nothing""")
        .param("id", id).param("authority", move.other().authority()).param("move", move.id()).param("type", type).param("told", told)
        .param("body", write(message)).param("at", Timestamp.from(at)).update() == 1;
  }

  // On their way -----------------------------------------------------------------------------------------------------

  /** The messages whose process has not begun, oldest first. */
  public List<UUID> unsent() {
    return jdbc.sql("select id from outbox where on_its_way_at is null order by posted_at, id").query(UUID.class).list();
  }

  /** Takes a message to begin its process with; empty where somebody else has, or is about to. */
  public Optional<Posted> onItsWay(UUID id, Instant at) {
    return jdbc.sql("""
            update outbox set on_its_way_at = :at
            where id = (select id from outbox where id = :id and on_its_way_at is null for update skip locked) returning *""")
        .param("id", id).param("at", Timestamp.from(at)).query((row, n) -> posted(row)).optional();
  }

  /** The message of an id. */
  public Posted posted(UUID id) {
    return jdbc.sql("select * from outbox where id = :id").param("id", id).query((row, n) -> posted(row)).single();
  }

  /** What a message of ours says. */
  public Said said(Posted message) {
    return said(read(message.body()));
  }

  private static Posted posted(ResultSet row) throws SQLException {
    return new Posted(row.getObject("id", UUID.class), row.getString("authority"), row.getObject("move_id", UUID.class),
        row.getString("type"), row.getString("body"), Rows.instant(row, "posted_at"), row.getInt("attempts"), row.getString("refused_why"));
  }

  /** Keeps that the other side has a message, by machine or by hand. */
  public void received(UUID id, Instant at) {
    jdbc.sql("update outbox set received_at = :at where id = :id").param("id", id).param("at", Timestamp.from(at)).update();
  }

  /** Keeps that a message was tried; {@code failure} says in plain words why it did not get there, or is null where it did. */
  public void tried(UUID id, String failure, Instant at) {
    jdbc.sql("update outbox set attempts = attempts + 1, last_tried_at = :at, last_failure = :failure where id = :id")
        .param("id", id).param("failure", failure).param("at", Timestamp.from(at)).update();
  }

  /** Keeps that the other side has refused a message, and what it says about that. */
  public void refused(UUID id, String why, Instant at) {
    jdbc.sql("update outbox set refused_at = :at, refused_why = :why where id = :id").param("id", id).param("why", why)
        .param("at", Timestamp.from(at)).update();
  }

  // Come in ----------------------------------------------------------------------------------------------------------

  /** Keeps a message of another authority until its turn comes. The same one again changes nothing. */
  public Kept keep(UUID id, String authority, UUID move, String type, String body, String sha256, Instant saidAt, Instant at) {
    int kept = jdbc.sql("""
            insert into inbox (id, authority, move_id, type, body, sha256, said_at, received_at)
            values (:id, :authority, :move, :type, :body, :sha, :said, :at) on conflict (id) do nothing""")
        .param("id", id).param("authority", authority).param("move", move).param("type", type).param("body", body).param("sha", sha256)
        .param("said", Timestamp.from(saidAt.isBefore(at) ? saidAt : at)).param("at", Timestamp.from(at)).update();
    return kept == 1 ? Kept.NEW : here(id, authority, sha256).orElse(Kept.ANOTHER);
  }

  /** Whether a message of this id is here: the same, or another; empty where there is none. */
  public Optional<Kept> here(UUID id, String authority, String sha256) {
    return jdbc.sql("select authority = :authority and sha256 = :sha from inbox where id = :id").param("id", id)
        .param("authority", authority).param("sha", sha256).query(Boolean.class).optional().map(same -> same ? Kept.BEFORE : Kept.ANOTHER);
  }

  /** Whether somebody else than this authority has written about a move. */
  public boolean anothersMove(UUID move, String authority) {
    return jdbc.sql("select exists (select from inbox where move_id = :move and authority <> :authority)").param("move", move)
        .param("authority", authority).query(Boolean.class).single();
  }

  /** Whether a word of this type about a move is here. */
  public boolean heard(UUID move, String type) {
    return jdbc.sql("select exists (select from inbox where move_id = :move and type = :type)").param("move", move).param("type", type)
        .query(Boolean.class).single();
  }

  /** Whether a move is announced here that is not only for a time. */
  public boolean announcedForGood(UUID move) {
    return jdbc.sql("""
            select exists (select from inbox where move_id = :move and type = 'first-call'
              and body::jsonb #>> '{fields,onlyForATime}' = 'false')""")
        .param("move", move).query(Boolean.class).single();
  }

  /** The messages that wait to be taken in, in the order in which they came; those that could not be taken, after a pause. */
  public List<UUID> waiting(Instant now) {
    return jdbc.sql("""
            select id from inbox where taken_at is null and (attempts = 0
              or last_tried_at + least(:longest, power(2, least(attempts, 20))) * interval '1 second' <= :now) order by position""")
        .param("longest", LONGEST_PAUSE.toSeconds()).param("now", Timestamp.from(now)).query(UUID.class).list();
  }

  /** Takes a waiting message; empty where it was taken, or somebody else is about to. For the length of the transaction. */
  public Optional<Word> take(UUID id) {
    return jdbc.sql("""
            select id, authority, move_id, type, coalesce(said_at, received_at) as said_at from inbox where id = :id
              and taken_at is null for update skip locked""")
        .param("id", id).query((row, n) -> new Word(id, row.getString("authority"), row.getObject("move_id", UUID.class),
            row.getString("type"), Rows.instant(row, "said_at"))).optional();
  }

  /** Keeps that a message was taken, and what became of it. */
  public void taken(UUID id, String outcome, Instant at) {
    jdbc.sql("update inbox set taken_at = :at, outcome = :outcome, last_failure = null where id = :id").param("id", id)
        .param("outcome", outcome).param("at", Timestamp.from(at)).update();
  }

  /** Keeps that a message could not be taken although its turn had come; never with a word of it. */
  public void notTaken(UUID id, String failure, Instant at) {
    jdbc.sql("update inbox set attempts = attempts + 1, last_tried_at = :at, last_failure = :failure where id = :id and taken_at is null")
        .param("id", id).param("failure", failure).param("at", Timestamp.from(at)).update();
  }

  /**
   * For a page that waits for the other side: how its word comes in, and what of theirs has come that no page takes, so that
   * whoever waits sees why nothing was filled in.
   */
  public String awaited(Moves.Move move) {
    if (!move.other().connected()) {
      return "They are not connected to this system: ring or write, and put down what they say.";
    }
    return "This page fills itself in when they answer through the system. If you hear sooner, write it down."
        + String.join("", jdbc.sql("select type, received_at, last_failure from inbox where move_id = :move and taken_at is null "
            + "and last_failure is not null order by position")
            .param("move", move.id())
            .query((row, n) -> "\n\n**“" + Words.sentence(row.getString("type")) + "”, which they sent on "
                + Words.moment(Rows.instant(row, "received_at")) + ", could not be filled in:** "
                + Words.escaped(row.getString("last_failure")) + " Ask them, and write down what is right.").list());
  }

  /** Whether a word of this type about a move was taken already that was said later than this moment. */
  public boolean takenOneSaidAfter(UUID move, String type, Instant saidAt) {
    return jdbc.sql("select exists (select from inbox where move_id = :move and type = :type and taken_at is not null and said_at > :said)")
        .param("move", move).param("type", type).param("said", Timestamp.from(saidAt)).query(Boolean.class).single();
  }

  /** Whether a word of this type about a move was taken already. */
  public boolean tookOne(UUID move, String type) {
    return jdbc.sql("select exists (select from inbox where move_id = :move and type = :type and taken_at is not null)").param("move", move)
        .param("type", type).query(Boolean.class).single();
  }

  /** The newest message of a type about a move, whole and as it came; empty where there is none. */
  public Optional<JsonNode> body(UUID move, String type) {
    return jdbc.sql("select body from inbox where move_id = :move and type = :type order by position desc limit 1").param("move", move)
        .param("type", type).query(String.class).optional().map(this::read);
  }

  /** What a message that came in says. */
  public Said said(UUID id) {
    return said(read(jdbc.sql("select body from inbox where id = :id").param("id", id).query(String.class).single()));
  }

  private static Said said(JsonNode message) {
    return new Said(message.path("by").asText(), message.path("fields"));
  }

  /** What has not arrived yet, in either direction; a message whose sending was withdrawn waits no longer. */
  public Backlog backlog() {
    return jdbc.sql("""
            select count(*) as to_go, min(posted_at) as since,
              (select count(*) from inbox where taken_at is null) as to_take_in,
              (select count(*) from inbox where taken_at is null and attempts > 0) as failing
            from outbox o where received_at is null
              and (on_its_way_at is null or exists (select from clock k where k.subject_id = o.id and k.ended_at is null))""")
        .query((row, n) -> new Backlog(row.getInt("to_go"), Rows.instant(row, "since"), row.getInt("to_take_in"), row.getInt("failing")))
        .single();
  }

  private JsonNode read(String message) {
    try {
      return json.readTree(message);
    } catch (JsonProcessingException e) {
      // without its cause, which quotes the message
      throw new IllegalStateException("A message cannot be read");
    }
  }

  private String write(Map<String, Object> message) {
    try {
      return json.writeValueAsString(message);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  // When something happens to the whole case.

  @Override
  public Set<String> tables() {
    return Set.of("inbox", "outbox");
  }
}
