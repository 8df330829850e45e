package org.followthrough.move.pack;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.followthrough.family.Persons;
import org.followthrough.page.Rows;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What other authorities have recorded of the children of a case, as it is read: theirs stays theirs. */
@Component
public class Elsewhere {

  /** Everything of one section, in its order. */
  record Part(String heading, List<PackWords.Told> items) {}

  /** All that one authority has written. */
  public record From(String authority, List<Part> parts) {}

  /** A pack of the family, made or come. */
  public record Made(UUID moveId, boolean incoming, String authority, Instant madeAt, String madeBy, String sha256) {}

  private final JdbcClient jdbc;
  private final Persons persons;

  Elsewhere(JdbcClient jdbc, Persons persons) {
    this.jdbc = jdbc;
    this.persons = persons;
  }

  /**
   * What others have recorded, authority by authority.
   *
   * @param authorities from an authority's code to its name
   */
  public List<From> of(UUID caseId, UnaryOperator<String> authorities) {
    Map<String, Map<String, List<JsonNode>>> all = new LinkedHashMap<>();
    jdbc.sql("""
            select distinct on (e.authority, e.section, e.id) e.authority, e.section, e.item::text as item from from_elsewhere e
            where e.case_id = any (array(select id from family_case where id = :case or joined_into = :case))
              or e.person_id = any (array(select person_id from case_person where case_id = :case and child and until is null))
            order by e.authority, e.section, e.id, e.taken_at desc""")
        .param("case", caseId)
        .query(row -> {
          all.computeIfAbsent(row.getString("authority"), authority -> new LinkedHashMap<>())
              .computeIfAbsent(row.getString("section"), section -> new ArrayList<>()).add(PackForm.parsed(row.getString("item")));
        });
    Map<String, String> names = new LinkedHashMap<>();
    UnaryOperator<String> who = person -> names.computeIfAbsent(person, id -> persons.name(UUID.fromString(id)));
    return all.entrySet().stream().map(theirs -> new From(authorities.apply(theirs.getKey()), parts(theirs.getValue(), who))).toList();
  }

  private static List<Part> parts(Map<String, List<JsonNode>> sections, UnaryOperator<String> who) {
    List<Part> parts = new ArrayList<>();
    for (PackWords.Section section : PackWords.Section.values()) {
      List<JsonNode> items = sections.getOrDefault(section.key(), List.of());
      String order = PackSection.valueOf(section.name()).order;
      if (!items.isEmpty()) {
        parts.add(new Part(section.heading(), items.stream().sorted((one, other) -> other.path(order).asText()
            .compareTo(one.path(order).asText())).map(item -> PackWords.told(section, item, who)).toList()));
      }
    }
    return parts;
  }

  /** The packs of the family, the newest first. */
  public List<Made> packs(UUID caseId, UnaryOperator<String> names, UnaryOperator<String> authorities) {
    return jdbc.sql("""
            select distinct on (m.id) m.id, m.incoming, coalesce(m.authority, m.team) as other, p.made_at, p.made_by, p.sha256
            from pack p join move m on m.id = p.move_id where m.case_id = :case order by m.id, p.made_at desc""").param("case", caseId)
        .query((row, n) -> new Made(row.getObject("id", UUID.class), row.getBoolean("incoming"), authorities.apply(row.getString("other")),
            Rows.instant(row, "made_at"), names.apply(row.getString("made_by")), row.getString("sha256"))).list().stream()
        .sorted((one, other) -> other.madeAt().compareTo(one.madeAt())).toList();
  }
}
