package org.followthrough.move;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.followthrough.family.Chronology;
import org.followthrough.family.Events;
import org.followthrough.family.Families;
import org.followthrough.move.Moves.Move;
import org.followthrough.page.Refusal;
import org.followthrough.page.Rows;
import org.followthrough.page.Words;
import org.followthrough.referral.Contacts;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Families who come to us from another authority: how they are announced, who they are here, and what our own conference says to
 * those who hold them until we accept. Everybody keeps the id that the sender knows them by, so that nobody is recorded twice.
 */
@Component("recordedArrivals")
public class Arrivals {

  /** The message that begins an arrival. */
  public static final String FAMILY_ANNOUNCED = "FamilyAnnounced";
  /** The message that asks for our answer once more. */
  public static final String REFUSAL_DISPUTED = "RefusalDisputed";

  /** What somebody says who takes an arriving family down by hand. */
  public record Announcement(String authority, boolean onlyForATime, LocalDate staysUntil, String callerName, String callerReach,
      String why, boolean onPlan, Instant enquiryDecidedAt, Instant toldAt) {}

  /** What a connected authority says at first; null where it says nothing. */
  record FirstCall(String destination, boolean onlyForATime, LocalDate staysUntil, String from, LocalDate movesOn, String why,
      String address, String spokeWith,
      String reach, String safety, boolean onPlan, Instant enquiryDecidedAt) {}

  /** What runs where the family comes from; null where nobody has said. */
  public record Coming(Boolean onPlan, Instant enquiryDecidedAt) {}

  private static final String THEIR_ID = "theirId";

  private final JdbcClient jdbc;
  private final Messages messages;
  private final Moves moves;
  private final Contacts contacts;
  private final Families families;
  private final Chronology chronology;

  Arrivals(JdbcClient jdbc, Messages messages, Moves moves, Contacts contacts, Families families, Chronology chronology) {
    this.jdbc = jdbc;
    this.messages = messages;
    this.moves = moves;
    this.contacts = contacts;
    this.families = families;
    this.chronology = chronology;
  }

  // Announced.

  /**
   * Takes down by hand that children of a case have moved here. Between us and the other side everything goes by hand then: what
   * they call this move is not known.
   *
   * @return the move
   */
  public UUID takeDown(UUID caseId, List<UUID> children, Announcement told, String by) {
    UUID move = UUID.randomUUID();
    moves.arriving(move, caseId, children, told, by);
    return move;
  }

  /**
   * Opens an arrival at the front door: as a contact, with everybody whom the first call names. Who is like nobody recorded here is
   * created with the id that the sender has for them; whom we have under that id already is the same.
   *
   * @return the contact's reference
   */
  public String open(UUID id, Instant now, String by) {
    Optional<JsonNode> call = messages.body(id, "first-call");
    call.ifPresent(told -> announced(id, told, now));
    Move move = moves.get(id);
    JsonNode fields = call.map(told -> told.path("fields")).orElse(MissingNode.getInstance());
    Contacts.Contact contact = contacts.open(now, by);
    Moves.Notice notice = move.notice();
    contacts.arrives(contact.id(), new Contacts.Arriving(notice.learnedAt(), notice.from(), move.other().authority(), move.call().reach(),
        move.destination().address(), call.isPresent()));
    moves.takenDownAs(id, contact.id());
    Chronology.Line line = Chronology.Line.fact(contact.id(), move.caseId(), null, "Family announced", now, by, notice.why()).about(id)
        .happened(notice.learnedAt());
    chronology.add(line);
    chronology.add(line.named(Events.MOVE_NOTIFIED));
    if (move.caseId() == null) {
      for (String section : List.of("children", "adults")) {
        fields.path(section).forEach(person -> name(contact.id(), person, now, by));
      }
    } else {
      contacts.settle(contact.id(), move.caseId(), now, by);
    }
    return contact.reference();
  }

  /** Keeps what a first call says; a second one about the same move says more, or something else. */
  private void announced(UUID move, JsonNode call, Instant now) {
    JsonNode fields = call.path("fields");
    Instant told = Optional.ofNullable(text(call, "at")).map(Instant::parse).orElse(now);
    moves.arriving(move, ids(fields.path("children")), text(call, "from"), told, new FirstCall(
        Optional.ofNullable(text(fields, "destination")).orElse("england-or-wales"), fields.path("onlyForATime").asBoolean(),
        day(fields, "staysUntil"), Optional.ofNullable(text(fields, "callerName")).orElse(text(call, "by")), day(fields, "movesOn"),
        text(fields, "why"), text(fields, "address"), text(fields, "spokeWith"), text(fields, "callerReach"), text(fields, "safety"),
        fields.path("onPlan").asBoolean(),
        Optional.ofNullable(text(fields, "enquiryDecidedAt")).map(Messages::moment).orElse(null)));
  }

  // Who they are here.

  private void name(UUID contact, JsonNode person, Instant now, String by) {
    UUID theirs = UUID.fromString(text(person, "id"));
    Contacts.Named named = contacts.name(contact, typed(person, theirs));
    boolean ours = jdbc.sql("select exists (select from person where id = :id)").param("id", theirs).query(Boolean.class).single();
    if (ours || contacts.alike(named.id()).isEmpty()) {
      contacts.identify(named.id(), ours ? theirs : null, theirs, now, by);
    }
  }

  /** Somebody of the first call with the fields of the page on which people are taken down. */
  private static Map<String, Object> typed(JsonNode person, UUID theirs) {
    Map<String, Object> typed = new HashMap<>();
    boolean child = person.path("child").asBoolean();
    typed.put(THEIR_ID, theirs.toString());
    typed.put("kind", !child ? "adult" : person.hasNonNull("expectedOn") && !person.hasNonNull("bornOn") ? "unborn" : "child");
    StringBuilder others = new StringBuilder();
    for (JsonNode name : person.path("names")) {
      if (typed.containsKey("firstName")) {
        others.append(others.isEmpty() ? "" : "; ").append((name.path("first").asText() + " " + name.path("last").asText()).strip());
      } else {
        typed.put("firstName", name.path("first").asText());
        typed.put("lastName", name.path("last").asText());
      }
    }
    typed.put("otherNames", others.isEmpty() ? null : others.toString());
    Map.ofEntries(Map.entry("relation", "relation"), Map.entry("livesWhere", "lives"), Map.entry("birthDate", "bornOn"),
        Map.entry("expectedDate", "expectedOn"), Map.entry("ageAbout", "ageAbout"), Map.entry("sex", "sex"),
        Map.entry("address", "address"), Map.entry("phone", "phone"), Map.entry("language", "language"), Map.entry("format", "format"),
        Map.entry("advocate", "advocate"), Map.entry("disability", "disability"))
        .forEach((key, theirKey) -> typed.put(key, text(person, theirKey)));
    for (String flag : List.of("addressProtected", "interpreter")) {
      typed.put(flag, person.path(flag).asBoolean());
    }
    return typed;
  }

  /** Those who are like somebody recorded here and of whom nobody has said yet who they are. */
  public List<UUID> unmatched(UUID move) {
    return jdbc.sql("select id from contact_person where contact_id = :contact and person_id is null order by position")
        .param("contact", moves.get(move).contactId()).query(UUID.class).list();
  }

  /**
   * Says who somebody named is: somebody recorded here, or (null) somebody new, who keeps the sender's id.
   *
   * @throws Refusal when somebody else of the same family was said to be this person
   */
  public void identify(UUID named, UUID known, Instant at, String by) {
    if (known != null && jdbc.sql("""
            select exists (select from contact_person o join contact_person n on n.contact_id = o.contact_id and n.id = :named
              and o.id <> n.id
              where o.person_id = :known)""").param("named", named).param("known", known).query(Boolean.class).single()) {
      throw new Refusal("samePerson", "Somebody else of this family was matched with this person already. Open the task again.");
    }
    contacts.identify(named, known, UUID.fromString((String) contacts.named(named).typed().get(THEIR_ID)), at, by);
  }

  /** The children of a move whom we are responsible for ourselves already; none of them passes. */
  public List<UUID> oursAlready(UUID contact) {
    return jdbc.sql("""
            select r.person_id from contact_person c join responsibility r on r.person_id = c.person_id and r.until is null
              and r.authority is null
            where c.contact_id = :contact and c.child order by c.position""").param("contact", contact).query(UUID.class).list();
  }

  /**
   * Puts an arriving family into its case here. Our team works with the children from now on; the other authority goes on holding
   * them, but for those whom we hold ourselves already.
   *
   * @param chosen the case, or null for a new one
   * @return the case
   */
  public UUID settle(UUID id, UUID chosen, String team, Instant at, String by) {
    Move move = moves.get(id);
    contacts.team(move.contactId(), team);
    UUID caseId = contacts.settle(move.contactId(), chosen, move.other().authority(), at, by);
    moves.isCase(id, caseId);
    moves.matched(id, move.contactId());
    return caseId;
  }

  // How it goes on.

  /** What runs where they come from. */
  public Coming coming(UUID move) {
    return jdbc.sql("select on_plan, enquiry_decided_at from move where id = :id").param("id", move)
        .query((row, n) -> new Coming(row.getObject("on_plan", Boolean.class), Rows.instant(row, "enquiry_decided_at"))).single();
  }

  /** Keeps that the move ends here for now, and how; the contact with it, so that it keeps no case open. */
  public void ended(Move move, String as, Instant at) {
    moves.end(move.id(), as, at);
    contacts.endedAs(move.contactId(), as);
    if (move.caseId() != null) {
      families.closeIfDone(move.caseId(), at);
    }
  }

  /** Keeps that what had ended goes on: they have asked again. */
  public void goesOn(Move move) {
    moves.goesOn(move.id());
    contacts.endedAs(move.contactId(), null);
  }

  // Our own conference.

  /** The move whose family a conference is about, or the one of this id. */
  public Optional<Move> about(UUID subject) {
    return jdbc.sql("select id from move where incoming and (id = :subject or conference_id = :subject)").param("subject", subject)
        .query(UUID.class).optional().map(moves::get);
  }

  /** Keeps when our conference meets about a family that arrives; those who hold it hear of it. */
  public void conferenceArranged(UUID conference, Instant at, String place) {
    about(conference).filter(move -> move.acceptance().at() == null).ifPresent(move -> moves.conferenceMeets(move.id(), at, place));
  }

  /** Keeps what it has decided, child by child; they hear of that too. */
  public void conferenceDecided(UUID conference) {
    about(conference).filter(move -> move.acceptance().at() == null).ifPresent(move -> {
      String outcome = String.join("\n", jdbc.sql("""
              select coalesce(trim(n.first_name || ' ' || n.last_name), '') as name, o.outcome, o.category from meeting_outcome o
              left join person_name n on n.person_id = o.person_id and n.position = 1 where o.meeting_id = :id order by o.decided_at,
                o.person_id""")
          .param("id", conference).query((row, n) -> (row.getString("name").isEmpty() ? "Unborn child" : row.getString("name")) + ": "
              + Words.spoken(row.getString("outcome")) + (row.getString("category") == null
                  ? "" : ", " + Words.spoken(row.getString("category")))).list());
      moves.conferenceDecided(move.id(), outcome);
    });
  }

  // Reading.

  private static String text(JsonNode node, String key) {
    return node.hasNonNull(key) && !node.path(key).asText().isBlank() ? node.path(key).asText() : null;
  }

  private static List<UUID> ids(JsonNode children) {
    List<UUID> ids = new ArrayList<>();
    children.forEach(child -> ids.add(UUID.fromString(text(child, "id"))));
    return ids;
  }

  private static LocalDate day(JsonNode node, String key) {
    return Optional.ofNullable(text(node, key)).map(LocalDate::parse).orElse(null);
  }
}
