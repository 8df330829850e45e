package org.followthrough.protection;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** A person as one authority tells another of them: the same in a first call and in a pack. */
@Component
public class Accounts {

  private final JdbcClient jdbc;

  Accounts(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** These people of a case, in this order; dates as {@code 2020-02-29}, what nobody knows is null. */
  public List<Map<String, Object>> of(UUID caseId, List<UUID> people) {
    return people.stream().map(person -> of(caseId, person)).toList();
  }

  private Map<String, Object> of(UUID caseId, UUID person) {
    return jdbc.sql("""
            select p.*, c.child, c.relation, c.lives from person p join case_person c on c.person_id = p.id
            where p.id = :person and c.case_id = :case order by c.until nulls first limit 1""")
        .param("person", person).param("case", caseId)
        .query((row, n) -> {
          Map<String, Object> account = new LinkedHashMap<>();
          account.put("id", person.toString());
          account.put("child", row.getBoolean("child"));
          account.put("relation", row.getString("relation"));
          account.put("lives", row.getString("lives"));
          account.put("names", names(person));
          account.put("bornOn", spelled(row.getObject("born_on", LocalDate.class)));
          account.put("expectedOn", spelled(row.getObject("expected_on", LocalDate.class)));
          account.put("ageAbout", row.getObject("age_about"));
          account.put("sex", row.getString("sex"));
          account.put("address", row.getString("address"));
          account.put("addressProtected", row.getBoolean("address_protected"));
          account.put("phone", row.getString("phone"));
          account.put("language", row.getString("language"));
          account.put("interpreter", row.getBoolean("interpreter"));
          account.put("format", row.getString("format"));
          account.put("advocate", row.getString("advocate"));
          account.put("disability", row.getString("disability"));
          return account;
        }).single();
  }

  private List<Map<String, String>> names(UUID person) {
    return jdbc.sql("select first_name, last_name from person_name where person_id = :person order by position").param("person", person)
        .query((row, n) -> Map.of("first", row.getString("first_name"), "last", row.getString("last_name"))).list();
  }

  private static String spelled(LocalDate date) {
    return date == null ? null : date.toString();
  }
}
