package org.followthrough.family;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.followthrough.page.Option;
import org.followthrough.page.Reads;
import org.followthrough.page.Rows;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** People: children, parents, everyone around them. A person belongs to no case and may appear in several. */
@Component
public class Persons implements CaseRecords, Dated {

  /**
   * Someone who may be the same person.
   *
   * @param because why we think so, in words
   */
  public record Likeness(UUID id, String name, LocalDate bornOn, LocalDate expectedOn, String address, String because) {

    /** Who it is, and why we think so. */
    public String described() {
      return (name.isEmpty() ? "Name not known" : name) + (bornOn == null ? "" : ", born " + Words.date(bornOn))
          + (expectedOn == null ? "" : ", expected " + Words.date(expectedOn)) + (address == null ? "" : ", " + address)
          + " (" + because + ")";
    }
  }

  /** What is read of the page <i>Record person</i>. */
  public static final Reads PAGE = new Reads().either("kind", "child", "unborn", "adult")
      .text("firstName", "lastName", "otherNames", "nameCheckedWith", "address", "phone", "language", "advocate")
      .date("birthDate", "expectedDate").number("ageAbout").either("sex", "F", "M", "U").yes("addressProtected", "interpreter")
      .choice("relation", "mother", "father").choice("livesWhere", "with-the-children", "elsewhere")
      .choice("format", "standard").choice("disability", "yes");

  private final JdbcClient jdbc;

  Persons(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public Map<String, Consumer<Correction>> events() {
    return Map.of(Events.BIRTH_RECORDED, born -> {
      born.move("update person set born_on = :nowDay where id = :person");
      born.with(Events.CHILD_BORN);
    }, Events.CHILD_DIED, died -> {
      died.notBefore(died.found("select born_on from person where id = :person").orElse(null), "The child would die before it was born.");
      died.move("update person set died_on = :nowDay where id = :person");
    });
  }

  /**
   * Creates a person from a typed page.
   *
   * @param typed the fields of the page <i>Record person</i>, by key
   */
  public void create(UUID id, Map<String, Object> typed, Instant at, String by) {
    Submission page = new Submission(null, at, null, typed, PAGE);
    jdbc.sql("""
            insert into person (id, born_on, age_about, expected_on, sex, address, address_protected, phone, language,
              interpreter, format, advocate, disability, name_checked_with, recorded_at, recorded_by)
            values (:id, :born, :age, :expected, :sex, :address, :protected, :phone, :language,
              :interpreter, :format, :advocate, :disability, :checked, :at, :by)""")
        .param("id", id)
        .param("born", page.date("birthDate")).param("age", page.number("ageAbout"))
        .param("expected", page.date("expectedDate")).param("sex", page.text("sex"))
        .param("address", page.text("address")).param("protected", page.yes("addressProtected"))
        .param("phone", page.text("phone")).param("language", page.text("language"))
        .param("interpreter", page.yes("interpreter")).param("format", page.text("format"))
        .param("advocate", page.text("advocate")).param("disability", page.text("disability"))
        .param("checked", page.text("nameCheckedWith"))
        .param("at", Timestamp.from(at)).param("by", by)
        .update();
    for (String[] name : names(page)) {
      addName(id, name[0], name[1], at, by);
    }
  }

  /**
   * Adds what a further page says of somebody known: new spellings stay beside the old, blanks are filled, nothing is
   * overwritten. A child who was expected and has a date of birth now is born.
   */
  public void enrich(UUID person, Map<String, Object> typed, Instant at, String by) {
    Submission page = new Submission(null, at, null, typed, PAGE);
    jdbc.sql("""
            update person set born_on = coalesce(born_on, :born),
              expected_on = case when coalesce(born_on, :born) is null then coalesce(expected_on, :expected) end,
              sex = coalesce(sex, :sex), address = coalesce(address, :address),
              address_protected = address_protected or :protected, phone = coalesce(phone, :phone),
              language = coalesce(language, :language), interpreter = interpreter or :interpreter,
              format = coalesce(format, :format), advocate = coalesce(advocate, :advocate),
              disability = coalesce(disability, :disability)
            where id = :id""")
        .param("id", person)
        .param("born", page.date("birthDate")).param("expected", page.date("expectedDate"))
        .param("sex", page.text("sex")).param("address", page.text("address"))
        .param("protected", page.yes("addressProtected")).param("phone", page.text("phone"))
        .param("language", page.text("language")).param("interpreter", page.yes("interpreter"))
        .param("format", page.text("format")).param("advocate", page.text("advocate"))
        .param("disability", page.text("disability"))
        .update();
    for (String[] name : names(page)) {
      boolean known = jdbc.sql("""
              select exists (select from person_name where person_id = :id
                and first_name = :first and last_name = :last)""")
          .param("id", person).param("first", name[0]).param("last", name[1]).query(Boolean.class).single();
      if (!known && !(name[0] + name[1]).isEmpty() && !nameAtLast(person, name[0], name[1], at, by)) {
        addName(person, name[0], name[1], at, by);
      }
    }
  }

  /** Who a child is on a day. */
  public record Age(LocalDate born, LocalDate expected, String inWords) {

    /** Whether the child is not born yet. */
    public boolean unborn() {
      return born == null && expected != null;
    }

    /** Whether the child has had this birthday by then; false where the date of birth is not known. */
    public boolean reached(int years, LocalDate by) {
      return born != null && !born.plusYears(years).isAfter(by);
    }
  }

  /** How old somebody is on a day. */
  public Age age(UUID person, LocalDate on) {
    return jdbc.sql("select * from person where id = :id").param("id", person)
        .query((row, n) -> {
          LocalDate born = row.getObject("born_on", LocalDate.class);
          return new Age(born, row.getObject("expected_on", LocalDate.class), born == null ? Words.age(row) : Words.age(born, on));
        }).single();
  }

  /** A child who was expected is born; blanks of name and sex are filled. */
  public void born(UUID child, LocalDate on, String firstName, String lastName, String sex, Instant at, String by) {
    Map<String, Object> typed = new HashMap<>();
    typed.put("birthDate", on.toString());
    typed.put("firstName", firstName);
    typed.put("lastName", lastName);
    typed.put("sex", sex);
    enrich(child, typed, at, by);
  }

  /** A child expected without a name goes by its first one from now on. */
  private boolean nameAtLast(UUID person, String first, String last, Instant at, String by) {
    return jdbc.sql("""
            update person_name set first_name = :first, last_name = :last, recorded_at = :at, recorded_by = :by
            where person_id = :id and first_name = '' and last_name = ''""")
        .param("id", person).param("first", first).param("last", last).param("at", Timestamp.from(at)).param("by", by)
        .update() > 0;
  }

  private void addName(UUID person, String first, String last, Instant at, String by) {
    jdbc.sql("""
            insert into person_name (person_id, position, first_name, last_name, recorded_at, recorded_by)
            select :id, coalesce(max(position), 0) + 1, :first, :last, :at, :by from person_name where person_id = :id""")
        .param("id", person).param("first", first).param("last", last)
        .param("at", Timestamp.from(at)).param("by", by)
        .update();
  }

  private static List<String[]> names(Submission page) {
    List<String[]> names = new ArrayList<>();
    String first = page.text("firstName");
    String last = page.text("lastName");
    if (first != null || last != null || page.text("otherNames") == null) {
      names.add(new String[] {first == null ? "" : first, last == null ? "" : last});
    }
    String others = page.text("otherNames");
    for (String other : others == null ? new String[0] : others.split(";")) {
      String plain = other.strip();
      if (!plain.isEmpty()) {
        int space = plain.lastIndexOf(' ');
        names.add(new String[] {space < 0 ? plain : plain.substring(0, space), space < 0 ? "" : plain.substring(space + 1)});
      }
    }
    return names;
  }

  /**
   * People who may be the one on the page: alike in sound or spelling under any of their names, or of the same date of
   * birth or address with a similar name. At most ten, likeliest first. Names in any script are compared by spelling. An
   * unborn child has no name yet: it is known by its expected date, and by the family of those named beside it.
   *
   * @param beside who else is on the same contact
   */
  public List<Likeness> alike(Map<String, Object> typed, List<UUID> beside) {
    Submission page = new Submission(null, Instant.EPOCH, null, typed, PAGE);
    String name = names(page).stream().map(n -> (n[0] + " " + n[1]).strip()).findFirst().orElse("");
    return jdbc.sql("""
            with asked as (select plain_name(cast(:name as text)) as name, plain_name(coalesce(cast(:last as text), '')) as last,
                                  plain_name(coalesce(cast(:first as text), '')) as first,
                                  plain_name(coalesce(cast(:address as text), '')) as address),
            candidate as (
              select person_id from person_name, asked
                where plain_name(first_name || ' ' || last_name) operator(public.%) asked.name
              union select person_id from person_name, asked where asked.first <> ''
                and public.dmetaphone(plain_name(first_name)) = public.dmetaphone(asked.first)
              union select id from person where born_on = cast(:born as date)
              union select id from person where expected_on = cast(:expected as date)
              union select id from person
                where expected_on between cast(:born as date) - 30 and cast(:born as date) + 120
                  or expected_on between cast(:expected as date) - 45 and cast(:expected as date) + 45
              union select home.id from person home, asked where asked.address <> '' and plain_name(home.address) = asked.address),
            alike as (
              select p.id, p.born_on, p.expected_on, p.address, n.first_name, n.last_name, n.position,
                public.similarity(plain_name(n.first_name || ' ' || n.last_name), asked.name) as spelling,
                asked.first <> '' and public.dmetaphone(plain_name(n.first_name)) = public.dmetaphone(asked.first)
                  and (asked.last = '' or public.dmetaphone(plain_name(n.last_name)) = public.dmetaphone(asked.last))
                  and public.dmetaphone(asked.first) <> '' as sound,
                coalesce(p.born_on = cast(:born as date) or p.expected_on = cast(:expected as date), false) as birthday,
                coalesce(p.expected_on between cast(:born as date) - 30 and cast(:born as date) + 120
                  or p.expected_on between cast(:expected as date) - 45 and cast(:expected as date) + 45, false)
                  and exists (select from case_person theirs join case_person ours on ours.case_id = theirs.case_id
                    where theirs.person_id = p.id and ours.person_id = any (cast(:beside as uuid[]))) as expected,
                asked.address <> '' and plain_name(coalesce(p.address, '')) = asked.address as home
              from candidate c join person p on p.id = c.person_id join person_name n on n.person_id = p.id, asked),
            found as (
              select distinct on (id) *,
                spelling + case when sound then 0.4 else 0 end + case when birthday or expected then 0.6 else 0 end
                  + case when home then 0.4 else 0 end as score
              from alike
              where asked_enough(spelling, sound, birthday, home) or expected or birthday and expected_on is not null
              order by id, spelling desc)
            select id, born_on, expected_on, address, spelling, sound, birthday, expected, home, position,
              (select first_name || ' ' || last_name from person_name m where m.person_id = found.id
               order by m.position limit 1) as name
            from found order by score desc limit 10""")
        .param("name", name).param("first", page.text("firstName")).param("last", page.text("lastName"))
        .param("address", page.text("address"))
        .param("born", page.date("birthDate")).param("expected", page.date("expectedDate"))
        .param("beside", beside.stream().map(UUID::toString).toArray(String[]::new))
        .query((row, n) -> new Likeness(row.getObject("id", UUID.class), row.getString("name").strip(),
            row.getObject("born_on", LocalDate.class), row.getObject("expected_on", LocalDate.class),
            row.getString("address"),
            because(row.getDouble("spelling"), row.getBoolean("sound"), row.getBoolean("birthday"),
                row.getBoolean("expected"), row.getBoolean("home"), row.getInt("position"))))
        .list();
  }

  private static String because(double spelling, boolean sound, boolean birthday, boolean expected,
      boolean home, int position) {
    List<String> reasons = new ArrayList<>();
    if (spelling > 0.95) {
      reasons.add("same name");
    } else if (sound) {
      reasons.add("name sounds alike");
    } else if (spelling > 0.35) {
      reasons.add("name spelled alike");
    }
    if (position > 1) {
      reasons.add("under another name");
    }
    if (birthday) {
      reasons.add("same date");
    }
    if (expected) {
      reasons.add("expected about then in this family");
    }
    if (home) {
      reasons.add("same address");
    }
    return String.join(", ", reasons);
  }

  /** The living adults of a family, as choices for a form. */
  public List<Option> adults(UUID caseId) {
    return jdbc.sql("""
            select p.id from case_person c join person p on p.id = c.person_id
            where c.case_id = :case and c.until is null and p.died_on is null and not c.child order by p.born_on, p.id""")
        .param("case", caseId).query(UUID.class).list().stream().map(person -> new Option(name(person), person.toString())).toList();
  }

  /** The name as the family spells it; an unborn child and a person of unknown name are named so. */
  public String name(UUID person) {
    return jdbc.sql("""
            select case when trim(n.first_name || ' ' || n.last_name) <> '' then trim(n.first_name || ' ' || n.last_name)
                        when p.expected_on is not null then 'Unborn child' else 'Name not known' end
            from person p left join person_name n on n.person_id = p.id and n.position = 1 where p.id = :id""")
        .param("id", person).query(String.class).single();
  }

  // What another authority sends.

  /** As whenever somebody is told of again: blanks are filled, names stand beside those known, nothing is overwritten. */
  public void takeIn(JsonNode people, Instant at, String by) {
    Rows.insert(jdbc, """
        insert into person (id, born_on, age_about, expected_on, died_on, sex, address, address_protected, phone, language, interpreter,
          format, advocate, disability, name_checked_with, recorded_at, recorded_by)
        select id, "bornOn", "ageAbout", "expectedOn", "diedOn", sex, address, "addressProtected", phone, language, interpreter, format,
          advocate, disability, "nameCheckedWith", :at, :by
        from jsonb_to_recordset(cast(:items as jsonb)) as p (id uuid, "bornOn" date, "ageAbout" integer, "expectedOn" date, "diedOn" date,
          sex text, address text, "addressProtected" boolean, phone text, language text, interpreter boolean, format text, advocate text,
          disability text, "nameCheckedWith" text)
        on conflict (id) do update set born_on = coalesce(person.born_on, excluded.born_on),
          age_about = coalesce(person.age_about, excluded.age_about),
          expected_on = case when coalesce(person.born_on, excluded.born_on) is null
            then coalesce(person.expected_on, excluded.expected_on) end,
          sex = coalesce(person.sex, excluded.sex), address = coalesce(person.address, excluded.address),
          address_protected = person.address_protected or excluded.address_protected, phone = coalesce(person.phone, excluded.phone),
          language = coalesce(person.language, excluded.language), interpreter = person.interpreter or excluded.interpreter,
          format = coalesce(person.format, excluded.format), advocate = coalesce(person.advocate, excluded.advocate),
          disability = coalesce(person.disability, excluded.disability),
          name_checked_with = coalesce(person.name_checked_with, excluded.name_checked_with)""", people,
        Map.of("at", Timestamp.from(at), "by", by));
    Rows.insert(jdbc, """
        insert into person_name (person_id, position, first_name, last_name, recorded_at, recorded_by)
        select t.person, coalesce((select max(k.position) from person_name k where k.person_id = t.person), 0)
            + row_number() over (partition by t.person order by t.n), t.first, t.last, :at, :by
        from (select (p ->> 'id')::uuid as person, n.n, n.name ->> 'first' as first, n.name ->> 'last' as last
          from jsonb_array_elements(cast(:items as jsonb)) p, jsonb_array_elements(p -> 'names') with ordinality as n (name, n)) t
        where not exists (select from person_name k where k.person_id = t.person and k.first_name = t.first and k.last_name = t.last)
          and (t.first || t.last <> '' or not exists (select from person_name k where k.person_id = t.person))""", people,
        Map.of("at", Timestamp.from(at), "by", by));
  }

  // When something happens to the whole case.

  @Override
  public Set<String> tables() {
    return Set.of("person", "person_name");
  }

  @Override
  public void died(UUID child, LocalDate on, Instant at) {
    jdbc.sql("update person set died_on = :on where id = :id").param("on", on).param("id", child).update();
  }

  @Override
  public void alive(UUID child) {
    jdbc.sql("update person set died_on = null where id = :id").param("id", child).update();
  }
}
