package org.followthrough.referral;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.followthrough.family.CaseRecords;
import org.followthrough.family.Correction;
import org.followthrough.family.Dated;
import org.followthrough.family.Families;
import org.followthrough.family.Persons;
import org.followthrough.page.Option;
import org.followthrough.page.Reads;
import org.followthrough.page.Referenced;
import org.followthrough.page.Refusal;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.followthrough.people.Agencies;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Contacts: everything arrives as one, with a reference of its own before its family is known. */
@Component
public class Contacts implements CaseRecords, Referenced, Dated {

  /** The process of a contact. */
  public static final String PROCESS = "referral";

  /** Someone taken down on a contact; {@code personId} is null until the worker has said who it is. */
  public record Named(UUID id, UUID personId, boolean child, String relation, String lives, Map<String, Object> typed) {

    private Submission page() {
      return new Submission(null, Instant.EPOCH, null, typed, Persons.PAGE);
    }

    /** What they are called, as it was typed. */
    public String name() {
      String name = (Objects.requireNonNullElse(page().text("firstName"), "") + " "
          + Objects.requireNonNullElse(page().text("lastName"), "")).strip();
      return !name.isEmpty() ? name : "unborn".equals(page().text("kind")) ? "unborn child" : page().text("otherNames");
    }

    /** The same with what tells them from others of that name. */
    public String described() {
      List<String> said = new ArrayList<>(List.of(name()));
      if (page().date("birthDate") != null) {
        said.add("born " + Words.date(page().date("birthDate")));
      }
      if (page().date("expectedDate") != null) {
        said.add("expected " + Words.date(page().date("expectedDate")));
      }
      if (page().text("address") != null) {
        said.add(page().text("address"));
      }
      if (page().text("otherNames") != null) {
        said.add("also known as " + page().text("otherNames"));
      }
      return String.join(", ", said);
    }
  }

  /** What the process and its forms need to know of a contact. */
  public record Contact(UUID id, String reference, UUID caseId, String team, Instant receivedAt, Referrer referrer, String safeNow,
      String recommendation, String because, String openedBy) {}

  /** What is read of the page <i>Record contact</i>. */
  public static final Reads RECEIVED = new Reads().moment("happenedAt").choice("how").choice("sourceCode").choiceFrom("teams", "team")
      .choice("whoReferred", "professional", "member-of-the-public", "anonymous").choiceFrom(Agencies.OTHERS, "agency")
      .text("sourceReference", "referrerName", "referrerRole", "referrerPhone", "referrerReach", "childrenWhereabouts", "safeNowWhy",
          "othersWhoKnow", "parentsNotAskedWhy")
      .yes("askedNotToBeNamed").choice("ownSafeguardingLead").choice("safeNow", "no").choice("parentsKnow", "not-asked");
  /** What is read of the page <i>Record concern</i>; the factors are those that the threshold and the limits ask for. */
  public static final Reads CONCERN = new Reads().either("nature", "fact", "reported", "judgement").date("happenedAt").choice("whereHarm")
      .text("reportedBy", "narrative", "allegedPerson").severalFrom("children", "childrenConcerned")
      .several("factors", "alcohol", "drugs", "domestic-abuse", "neglect", "physical-injury", "sexual-abuse",
          "child-present-at-police-incident", "disability")
      .choice("allegedWorksWithChildren", "yes").choice("allegedIsChild", "yes");

  /** Process-rules 1.2, strategy.hold. */
  private static final List<String> SAME_DAY = List.of("physical-injury", "sexual-abuse");

  /** The source of a referral as the census has it: another local authority's services. */
  private static final String FROM_ANOTHER_AUTHORITY = "5C";

  private static final TypeReference<Map<String, Object>> FIELDS = new TypeReference<>() {};

  private final JdbcClient jdbc;
  private final ObjectMapper json;
  private final Persons persons;
  private final Families families;

  Contacts(JdbcClient jdbc, ObjectMapper json, Persons persons, Families families) {
    this.jdbc = jdbc;
    this.json = json;
    this.persons = persons;
    this.families = families;
  }

  @Override
  public Map<String, Consumer<Correction>> events() {
    return Map.of("Contact received", this::received,
        "Concern recorded", happened -> happened.move("update concern set happened_at = :now where contact_id = :contact "
            + "and recorded_at = :recorded"));
  }

  private void received(Correction received) {
    received.notAfter(received.found("select min(decided_at) from decision where contact_id = :contact and taken_back_at is null")
        .orElse(null), "The contact would be received after it was decided.");
    received.notAfter(received.found("select min(held_at) from meeting where contact_id = :contact and kind = 'strategy-discussion'")
        .orElse(null), "The contact would be received after its strategy discussion.");
    received.move("update contact set received_at = :now where id = :contact");
  }

  /** Opens a contact and gives it its reference, as {@code CT-2026-000045}. */
  public Contact open(Instant at, String by) {
    UUID id = UUID.randomUUID();
    jdbc.sql("""
            insert into contact (id, reference, opened_at, opened_by)
            values (:id, 'CT-' || :year || '-' || lpad(nextval('contact_number')::text, 6, '0'), :at, :by)""")
        .param("id", id).param("year", at.atZone(Submission.LONDON).getYear())
        .param("at", Timestamp.from(at)).param("by", by)
        .update();
    return byId(id);
  }

  @Override
  public String variable() {
    return "contactRef";
  }

  /** The contact of a reference. */
  @Override
  public Optional<UUID> idOf(String reference) {
    return jdbc.sql("select id from contact where reference = :reference").param("reference", reference)
        .query(UUID.class).optional();
  }

  /** The team that a contact is meant for while its family is not known. */
  @Override
  public Optional<String> team(UUID id) {
    return jdbc.sql("select team from contact where id = :id and team is not null").param("id", id).query(String.class).optional();
  }

  /** The contact of an id. */
  public Contact byId(UUID id) {
    return jdbc.sql("select * from contact where id = :id").param("id", id)
        .query((row, n) -> new Contact(row.getObject("id", UUID.class), row.getString("reference"),
            row.getObject("case_id", UUID.class), row.getString("team"), instant(row.getTimestamp("received_at")),
            new Referrer(row.getString("who_referred"), row.getString("referrer_name"), row.getString("referrer_role"),
                row.getString("agency"), row.getString("referrer_phone"), row.getString("referrer_reach"), row.getBoolean("withhold_name")),
            row.getString("safe_now"), row.getString("recommendation"), row.getString("because"),
            row.getString("opened_by")))
        .single();
  }

  /** Gives a contact its family: the one chosen, or (null) a new one in the contact's team; answers the case. */
  public UUID settle(UUID contactId, UUID chosen, Instant at, String by) {
    return settle(contactId, chosen, null, at, by);
  }

  /**
   * The same for a family whose children another authority holds: the contact's team works with them here.
   *
   * @param authority who holds those of them whom nobody here holds; null for us
   */
  public UUID settle(UUID contactId, UUID chosen, String authority, Instant at, String by) {
    Contact contact = byId(contactId);
    List<Families.Member> members = everyone(contactId).stream()
        .map(named -> new Families.Member(named.personId(), named.child(), named.relation(), named.lives())).toList();
    UUID caseId = families.settle(contactId, chosen, members, contact.team(), authority, at, by);
    if (contact.referrer().agency() != null) {
      Referrer referrer = contact.referrer();
      families.involve(caseId, contactId, referrer.agency(), referrer.name(), referrer.role(), referrer.phone(), at);
    }
    return caseId;
  }

  private static Instant instant(Timestamp stamp) {
    return stamp == null ? null : stamp.toInstant();
  }

  /**
   * Takes down who told us, and what about.
   *
   * @throws Refusal when the same agency's reference was taken down before: one notice is one contact
   */
  public void takeDown(UUID contact, Submission page) {
    String agency = page.text("agency");
    String theirs = page.text("sourceReference");
    if (theirs != null) {
      jdbc.sql("""
              select reference from contact where coalesce(agency, '') = coalesce(:agency, '')
                and lower(source_reference) = lower(:theirs) and id <> :id""")
          .param("agency", agency).param("theirs", theirs).param("id", contact)
          .query(String.class).optional()
          .ifPresent(known -> {
            throw alreadyTaken(known);
          });
    }
    try {
      jdbc.sql("""
              update contact set received_at = :received, how = :how, source_reference = :theirs, who_referred = :who,
                referrer_name = :name, referrer_role = :role, agency = :agency, source_code = :code,
                referrer_phone = :phone, referrer_reach = :reach, withhold_name = :withhold, team = :team,
                whereabouts = :where, safe_now = :safe, safe_now_why = :safeWhy, others_who_know = :others,
                parents_know = :parents, parents_not_asked_why = :parentsWhy, own_lead_asked = :ownLead
              where id = :id""")
          .param("id", contact).param("received", Timestamp.from(page.happenedAt()))
          .param("how", page.text("how")).param("theirs", theirs).param("who", page.text("whoReferred"))
          .param("name", page.text("referrerName")).param("role", page.text("referrerRole")).param("agency", agency)
          .param("code", page.text("sourceCode")).param("phone", page.text("referrerPhone"))
          .param("reach", page.text("referrerReach")).param("withhold", page.yes("askedNotToBeNamed"))
          .param("team", page.text("team")).param("where", page.text("childrenWhereabouts"))
          .param("safe", page.text("safeNow")).param("safeWhy", page.text("safeNowWhy"))
          .param("others", page.text("othersWhoKnow")).param("parents", page.text("parentsKnow"))
          .param("parentsWhy", page.text("parentsNotAskedWhy")).param("ownLead", page.text("ownSafeguardingLead"))
          .update();
    } catch (DuplicateKeyException e) {
      throw alreadyTaken("another contact");
    }
  }

  /**
   * Another authority tells us of a family that moves to us.
   *
   * @param from who told us, by name; null where nobody said
   * @param reach how they are reached, or null
   * @param where the family goes
   */
  public record Arriving(Instant learnedAt, String from, String authority, String reach, String where, boolean fromTheirSystem) {}

  /** The same of a family that moves to us. */
  public void arrives(UUID contact, Arriving told) {
    jdbc.sql("""
            update contact set received_at = :received, how = :how, who_referred = 'professional', referrer_name = :name,
              referrer_role = :role,
              agency = 'other-authority', source_code = :code, referrer_reach = :reach, whereabouts = :where where id = :id""")
        .param("received", Timestamp.from(told.learnedAt())).param("how", told.fromTheirSystem() ? "from-their-system" : "telephone")
        .param("name", told.from()).param("role", "Social worker of " + told.authority()).param("code", FROM_ANOTHER_AUTHORITY)
        .param("reach", told.reach()).param("where", told.where()).param("id", contact).update();
  }

  /** The team that a contact is meant for. */
  public void team(UUID contact, String team) {
    jdbc.sql("update contact set team = :team where id = :id").param("team", team).param("id", contact).update();
  }

  private static Refusal alreadyTaken(String known) {
    return new Refusal("sourceReference", "This notice was already taken down as " + known
        + ". Check “Their own reference”. If it is the same notice, ask a manager to end this contact as recorded in error.");
  }

  /** Takes down a person; likely matches are looked for afterwards. */
  public Named name(UUID contact, Map<String, Object> typed) {
    UUID id = UUID.randomUUID();
    boolean child = !"adult".equals(typed.get("kind"));
    jdbc.sql("""
            insert into contact_person (id, contact_id, child, relation, lives, typed)
            values (:id, :contact, :child, :relation, :lives, cast(:typed as jsonb))""")
        .param("id", id).param("contact", contact).param("child", child)
        .param("relation", typed.get("relation")).param("lives", typed.get("livesWhere"))
        .param("typed", write(typed))
        .update();
    return new Named(id, null, child, (String) typed.get("relation"), (String) typed.get("livesWhere"), typed);
  }

  /** Those who may be the person taken down; nobody who is already on this contact. */
  public List<Persons.Likeness> alike(UUID named) {
    Named one = named(named);
    List<UUID> taken = jdbc.sql("""
            select person_id from contact_person where person_id is not null
              and contact_id = (select contact_id from contact_person where id = :id)""")
        .param("id", named).query(UUID.class).list();
    return persons.alike(one.typed(), taken).stream().filter(like -> !taken.contains(like.id())).toList();
  }

  /** Says who a person taken down is: somebody known, or (null) somebody new. */
  public void identify(UUID named, UUID known, Instant at, String by) {
    identify(named, known, UUID.randomUUID(), at, by);
  }

  /** The same where somebody new has an id already: the one under which another authority knows them. */
  public void identify(UUID named, UUID known, UUID otherwise, Instant at, String by) {
    Named one = named(named);
    UUID person = known == null ? otherwise : known;
    if (known == null) {
      persons.create(person, one.typed(), at, by);
    } else {
      persons.enrich(person, one.typed(), at, by);
    }
    jdbc.sql("update contact_person set person_id = :person where id = :id")
        .param("person", person).param("id", named).update();
  }

  /** A person taken down. */
  public Named named(UUID id) {
    return jdbc.sql("select * from contact_person where id = :id").param("id", id).query((row, n) -> named(row)).single();
  }

  /** Everyone taken down on a contact, in order. */
  public List<Named> everyone(UUID contact) {
    return jdbc.sql("select * from contact_person where contact_id = :id order by position").param("id", contact)
        .query((row, n) -> named(row)).list();
  }

  private Named named(ResultSet row) throws SQLException {
    return new Named(row.getObject("id", UUID.class), row.getObject("person_id", UUID.class), row.getBoolean("child"),
        row.getString("relation"), row.getString("lives"), read(row.getString("typed")));
  }

  /** The children of a contact as choices for a form. */
  public List<Option> children(UUID contact) {
    return everyone(contact).stream().filter(Named::child)
        .map(child -> new Option(persons.name(child.personId()), child.personId().toString())).toList();
  }

  /** Takes down a concern: what, how sure, who says so, whom it is about. */
  public void concern(UUID contact, Submission page) {
    UUID id = UUID.randomUUID();
    Instant happened = page.moment("happenedAt") == null ? null : page.happenedAt();
    jdbc.sql("""
            insert into concern (id, contact_id, nature, reported_by, narrative, happened_at, where_harm, factors,
              alleged_person, alleged_works_with_children, alleged_is_child, recorded_at, recorded_by)
            values (:id, :contact, :nature, :reportedBy, :narrative, :happened, :where, :factors,
              :alleged, :works, :isChild, :at, :by)""")
        .param("id", id).param("contact", contact).param("nature", page.text("nature"))
        .param("reportedBy", page.text("reportedBy")).param("narrative", page.text("narrative"))
        .param("happened", happened == null ? null : happened.atOffset(ZoneOffset.UTC), Types.TIMESTAMP_WITH_TIMEZONE)
        .param("where", page.text("whereHarm"))
        .param("factors", page.choices("factors").toArray(String[]::new))
        .param("alleged", page.text("allegedPerson")).param("works", page.text("allegedWorksWithChildren"))
        .param("isChild", page.text("allegedIsChild"))
        .param("at", Timestamp.from(page.recordedAt())).param("by", page.matter().user())
        .update();
    List<String> ours = children(contact).stream().map(Option::value).toList();
    for (String child : page.choices("childrenConcerned")) {
      if (!ours.contains(child)) {
        throw new Refusal("childrenConcerned", "Tick only children of this contact.");
      }
      jdbc.sql("insert into concern_child (concern_id, person_id) values (:concern, :child)")
          .param("concern", id).param("child", UUID.fromString(child)).update();
    }
  }

  /** The concerns of a contact for a manager's eye: how sure, who says so, what. Plain Markdown. */
  public String concernsInWords(UUID contact) {
    return String.join("\n\n", jdbc.sql("select * from concern where contact_id = :id order by recorded_at, id").param("id", contact)
        .query((row, n) -> "**" + Words.sentence(row.getString("nature")) + "**"
            + (row.getString("reported_by") == null ? "" : " (" + Words.escaped(row.getString("reported_by")) + ")") + ": "
            + Words.escaped(row.getString("narrative"))
            + (row.getString("alleged_person") == null ? "" : "\n\nAlleged: " + Words.escaped(row.getString("alleged_person"))
                + ("yes".equals(row.getString("alleged_works_with_children")) ? ", **works with children**" : "")
                + ("yes".equals(row.getString("alleged_is_child")) ? ", **a child themselves**" : "")))
        .list());
  }

  /** How many concerns a contact has. */
  public int concerns(UUID contact) {
    return jdbc.sql("select count(*) from concern where contact_id = :id").param("id", contact).query(Integer.class).single();
  }

  /** The age of the youngest child as the threshold asks for it: unborn, under two, two or older, or not known. */
  public String youngest(UUID contact, LocalDate today) {
    return jdbc.sql("""
            select case
              when bool_or(p.expected_on is not null) then 'unborn'
              when bool_or(p.born_on > :twoYearsAgo or p.born_on is null and p.age_about < 2) then 'under two'
              when bool_or(p.born_on is null and p.age_about is null) then 'not known'
              else 'two or older' end
            from contact_person c join person p on p.id = c.person_id
            where c.contact_id = :id and c.child and p.died_on is null""")
        .param("twoYearsAgo", Date.valueOf(today.minusYears(2))).param("id", contact)
        .query(String.class).single();
  }

  /** Every risk named in the concerns of a contact. */
  public List<String> factors(UUID contact) {
    return jdbc.sql("select distinct unnest(factors) from concern where contact_id = :id order by 1").param("id", contact)
        .query(String.class).list();
  }

  /** Whether a concern of a contact names a physical injury or sexual abuse, which are talked over on the same day. */
  public boolean injuryAlleged(UUID contact) {
    return factors(contact).stream().anyMatch(SAME_DAY::contains);
  }

  /** Keeps what the worker reads out of the history (learning points K-17, C-08). */
  public void historyMeans(UUID contact, String meaning) {
    jdbc.sql("update contact set history_meaning = :meaning where id = :id").param("meaning", meaning)
        .param("id", contact).update();
  }

  /** Keeps what the rules suggest, and why. */
  public void recommend(UUID contact, String recommendation, String because) {
    jdbc.sql("update contact set recommendation = :recommendation, because = :because where id = :id")
        .param("recommendation", recommendation).param("because", because).param("id", contact).update();
  }

  /** Keeps how the process of a contact ended where it did not end by a decision; frees the source reference of a mistaken one. */
  public void endedAs(UUID contact, String why) {
    jdbc.sql("""
            update contact set ended_as = :why,
              source_reference = case when :why = 'recorded-in-error' then null else source_reference end
            where id = :id""").param("why", why).param("id", contact).update();
  }

  private String write(Map<String, Object> typed) {
    try {
      return json.writeValueAsString(typed);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private Map<String, Object> read(String typed) {
    try {
      return json.readValue(typed, FIELDS);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  // When something happens to the whole case.

  @Override
  public Set<String> tables() {
    return Set.of("contact", "contact_person", "concern", "concern_child");
  }

  @Override
  public Map<String, String> staysWhenSplit() {
    return Map.of("contact", "What was told stays with the family about which it was told; the new case reads it there.");
  }

  @Override
  public void settled(UUID contact, UUID caseId) {
    jdbc.sql("update contact set case_id = :case where id = :id").param("case", caseId).param("id", contact).update();
  }

  @Override
  public void joined(Joining joining) {
    joining.update(jdbc.sql("update contact set case_id = :stays where case_id = :duplicate"));
  }

  @Override
  public List<String> keepsOpen(UUID caseId) {
    return jdbc.sql("""
            select 'The contact ' || reference || ' waits for its decision.' from contact c where c.case_id = :case and c.ended_as is null
              and not exists (select from decision d where d.contact_id = c.id and d.taken_back_at is null) order by reference""")
        .param("case", caseId).query(String.class).list();
  }
}
