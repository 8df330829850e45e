package org.followthrough.family;

import static org.followthrough.family.Redaction.Kind.ADDRESS;
import static org.followthrough.family.Redaction.Kind.NAME;
import static org.followthrough.family.Redaction.Kind.PHONE;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the record knows of a family that not every reader of its minutes may learn. */
@Component
public class Confidences {

  /** The case of a meeting with the duplicates that were joined into it, and everybody who is or was of that family. */
  private static final String FAMILY = """
      with home as (select coalesce(f.joined_into, f.id) as id from meeting m join family_case f on f.id = m.case_id where m.id = :meeting),
           family as (select f.id from family_case f join home on home.id in (f.id, f.joined_into)),
           member as (select p.* from person p where p.id in (select person_id from case_person where case_id in (select id from family)))
      """;

  private static final Pattern NAMES = Pattern.compile("\\p{Lu}[\\p{L}'’-]*(?:\\s+\\p{Lu}[\\p{L}'’-]*)*");
  /** Begins what is said of somebody without a name: "Mother’s partner". */
  private static final Pattern NO_NAME = Pattern.compile(
      "\\b(The|A|An|Her|His|Their|Not|Un\\w+|Some\\w+|Mum|Dad|Mother|Father|Parents?|Step\\w+|Partner|"
      + "\\w+friend|Friend|Uncle|Aunt|Brother|Sister|Cousin|Grand\\w+|Neighbours?|Teacher|Lodger)\\b([’']s)?");

  private final JdbcClient jdbc;

  Confidences(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** What is told to nobody who is not cleared for it: protected addresses and numbers, and who asked not to be named. */
  public Redaction fromEverybody(UUID meeting) {
    return new Redaction(guarded(meeting), everybody(meeting));
  }

  /**
   * What one of the family is not told: that, where others live and how they are reached, who told us, and who is said to have done harm.
   */
  public Redaction from(UUID person, UUID meeting) {
    Redaction own = new Redaction(facts(NAME, "own", texts("select first_name || ' ' || last_name from person_name "
        + "where person_id = :person", meeting, person)), List.of());
    List<Redaction.Fact> facts = new ArrayList<>(guarded(meeting));
    facts.addAll(facts(ADDRESS, "somebody else’s address", texts("""
        select address from member where address is not null and plain_name(address) is distinct from
          (select plain_name(address) from person where id = :person)""", meeting, person)));
    facts.addAll(facts(PHONE, "somebody else’s telephone number", texts("""
        select phone from member where phone is not null and phone is distinct from (select phone from person where id = :person)""",
        meeting, person)));
    facts.addAll(facts(NAME, "the name of somebody who told us", texts("""
        select referrer_name from contact where case_id in (select id from family) and referrer_name is not null""", meeting, person)
        .filter(name -> own.told(name).isEmpty())));
    facts.addAll(facts(NAME, "the name of somebody who is said to have done harm", texts("""
        select c.alleged_person from concern c join contact o on o.id = c.contact_id
        where o.case_id in (select id from family) and c.alleged_person is not null""", meeting, person)
        .flatMap(said -> NAMES.matcher(NO_NAME.matcher(said).replaceAll(";")).results().map(MatchResult::group))
        .filter(name -> own.told(name).isEmpty())));
    return new Redaction(facts, everybody(meeting));
  }

  /**
   * Whether somebody who took part is one of those who asked not to be named: by their name, or by what they are where
   * no name was taken down.
   */
  public boolean askedNotToBeNamed(UUID meeting, String name, String agency, String role) {
    return name != null && new Redaction(withheld(meeting), everybody(meeting)).told(name).isPresent()
        || jdbc.sql(FAMILY + """
              select exists (select from contact where case_id in (select id from family) and withhold_name
                and agency_of(agency) = agency_of(:agency) and plain_name(referrer_role) = plain_name(:role)
                and (referrer_name is null or cast(:name as text) is null))""")
            .param("meeting", meeting).param("agency", agency).param("role", role).param("name", name).query(Boolean.class).single();
  }

  private List<Redaction.Fact> guarded(UUID meeting) {
    List<Redaction.Fact> facts = new ArrayList<>(withheld(meeting));
    String reached = "union select c.reach from minutes_copy c join member m on m.id = c.person_id where m.address_protected "
        + "and c.reach is not null";
    facts.addAll(facts(ADDRESS, "a protected address",
        texts("select address from member where address_protected and address is not null " + reached, meeting, null)));
    facts.addAll(facts(PHONE, "a protected telephone number",
        texts("select phone from member where address_protected and phone is not null " + reached, meeting, null)));
    facts.addAll(facts(PHONE, "the telephone number of somebody who asked not to be named", texts("""
        select unnest(array[referrer_phone, referrer_reach]) from contact where case_id in (select id from family) and withhold_name""",
        meeting, null)));
    return facts;
  }

  private List<Redaction.Fact> withheld(UUID meeting) {
    return facts(NAME, "the name of somebody who asked not to be named", texts("""
        select referrer_name from contact where case_id in (select id from family) and withhold_name""", meeting, null));
  }

  /** The names of all who may be spoken of in the minutes of a meeting; half a name at a meeting may be anybody's. */
  private List<String> everybody(UUID meeting) {
    return texts("""
        select first_name || ' ' || last_name from person_name where person_id in (select id from member)
        union select name from attendance where meeting_id = :meeting and trim(name) like '% %'
        union select named_person from agreed_action where meeting_id = :meeting and trim(named_person) like '% %'""",
        meeting, null).toList();
  }

  private static List<Redaction.Fact> facts(Redaction.Kind kind, String called, Stream<String> said) {
    return said.map(text -> new Redaction.Fact(kind, called, text)).toList();
  }

  private Stream<String> texts(String sql, UUID meeting, UUID person) {
    return jdbc.sql(FAMILY + sql).param("meeting", meeting).param("person", person).query(String.class).list().stream()
        .filter(text -> text != null && !text.isBlank());
  }
}
