package org.followthrough;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.followthrough.Copied.Table;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What many tests begin with is the same whether its pages were filled in or it was copied. */
@InTheHouse
class CopiedTest {

  private static final Pattern ID = Pattern.compile(Copied.ID);

  @Autowired Practice practice;
  @Autowired TheRecord record;
  @Autowired Copied copied;
  @Autowired ObjectMapper json;

  @AfterEach
  void theOfficeCloses() {
    practice.endEverything();
  }

  @Test
  void a_copy_has_every_row_that_pages_leave_behind_and_shares_nothing_with_them() {
    practice.itIs("2026-11-16T10:00");
    aContact();
    long before = copied.now();
    String byPages = aContact();
    Map<Table, String> pages = copied.since(before);
    before = copied.now();
    String copy = aContact();
    Map<Table, String> copies = copied.since(before);

    assertThat(copies).hasSizeGreaterThan(15);
    assertThat(rows(copies)).isEqualTo(rows(pages));
    assertThat(ids(pages)).hasSizeGreaterThan(50);
    assertThat(copied.models()).containsAll(ids(copies).stream().filter(ids(pages)::contains).toList());
    assertThat(copies.toString()).doesNotContain(byPages).contains(copy);
    assertThat(record.clock("DecideResponse", copy).dueAt()).isEqualTo(record.clock("DecideResponse", byPages).dueAt());
    practice.handIn("manager", "Decide response", copy, practice.aDecision("advice"));
    assertThat(practice.tasks("Decide response", copy)).isEmpty();
    assertThat(practice.tasks("Decide response", byPages)).hasSize(1);
  }

  private String aContact() {
    return practice.aContactAbout(List.of(practice.aNewChild("Zoë", "address", System.nanoTime() + " Copy Lane")),
        practice.aConcern("narrative", "Nobody else says it like this."));
  }

  private Map<String, Integer> rows(Map<Table, String> written) {
    Map<String, Integer> rows = new TreeMap<>();
    written.forEach((table, found) -> {
      try {
        rows.put(table.name(), json.readTree(found).size());
      } catch (JsonProcessingException e) {
        throw new IllegalStateException(e);
      }
    });
    return rows;
  }

  private static Set<String> ids(Map<Table, String> written) {
    return ID.matcher(written.toString()).results().map(MatchResult::group).collect(Collectors.toSet());
  }
}
