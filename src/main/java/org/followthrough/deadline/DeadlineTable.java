package org.followthrough.deadline;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.regex.Pattern;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.HitPolicy;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.camunda.bpm.model.dmn.instance.Text;

/**
 * The table of every time limit, {@code bpmn/deadlines.dmn}, read once. A decision engine would take milliseconds to
 * evaluate it at each timer; its cells are literal and each obligation has one row, so there is nothing to evaluate.
 * What a designer may not write is refused with the row, the column and what is allowed.
 */
public final class DeadlineTable {

  private static final String DECISION = "deadlines";
  private static final List<String> INPUTS = List.of("process", "obligation");
  private static final List<String> OUTPUTS = List.of("countFrom", "amount", "unit", "convention", "class", "warnHours",
      "escalateTo", "basis", "source");
  /** Tables under which clocks still run may be older than this column. */
  private static final String HOLIDAYS_OF = "holidaysOf";

  private final Map<Key, DeadlineRow> rows;

  private DeadlineTable(Map<Key, DeadlineRow> rows) {
    this.rows = rows;
  }

  /**
   * Reads the table from its DMN file.
   *
   * @throws IllegalArgumentException when it is no table of time limits; the message tells a designer what to change
   */
  public static DeadlineTable read(InputStream dmn) {
    var decision = Dmn.readModelFromStream(dmn).getModelElementById(DECISION);
    var tables = decision == null ? List.<DecisionTable>of() : decision.getChildElementsByType(DecisionTable.class);
    require(!tables.isEmpty(), "deadlines.dmn has no decision table with the id \"%s\"", DECISION);

    var table = tables.iterator().next();
    require(table.getHitPolicy() == HitPolicy.UNIQUE,
        "deadlines.dmn has the hit policy %s; it must be UNIQUE", table.getHitPolicy());

    var inputs = table.getInputs().stream().map(input -> written(input.getInputExpression().getText())).toList();
    require(inputs.equals(INPUTS), "deadlines.dmn has the inputs %s; they must be %s", inputs, INPUTS);
    var outputs = table.getOutputs().stream().map(output -> output.getName()).toList();
    var needed = outputs.stream().filter(output -> !output.equals(HOLIDAYS_OF)).toList();
    require(outputs.size() - needed.size() < 2 && needed.size() == OUTPUTS.size() && Set.copyOf(needed).equals(Set.copyOf(OUTPUTS)),
        "deadlines.dmn has the outputs %s; they must be %s, and may be %s", outputs, OUTPUTS, HOLIDAYS_OF);

    var columns = new ArrayList<>(inputs);
    columns.addAll(outputs);
    var rows = new LinkedHashMap<Key, DeadlineRow>();
    var number = 0;
    for (var rule : table.getRules()) {
      number++;
      try {
        var row = Cells.of(rule, columns).row();
        require(rows.putIfAbsent(new Key(row.process(), row.obligation()), row) == null,
            "%s %s has a row already", row.process(), row.obligation());
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("row %d of deadlines.dmn: %s".formatted(number, e.getMessage()), e);
      }
    }
    var read = new DeadlineTable(rows);
    rows.values().stream().filter(row -> row.unit() == Unit.EARLIER_OF).forEach(read::requireAlternatives);
    return read;
  }

  /**
   * The limit of an obligation.
   *
   * @throws NoSuchElementException when the table has no such row; the message names it and the rows of that process
   */
  public DeadlineRow row(String process, String obligation) {
    var row = rows.get(new Key(process, obligation));
    if (row == null) {
      var known = rows.keySet().stream().filter(key -> key.process.equals(process)).map(Key::obligation).toList();
      throw new NoSuchElementException("deadlines.dmn has no row \"%s %s\"; the obligations of %1$s are %s"
          .formatted(process, obligation, known));
    }
    return row;
  }

  /** Every row, in the order of the table. */
  public List<DeadlineRow> rows() {
    return List.copyOf(rows.values());
  }

  private void requireAlternatives(DeadlineRow earlierOf) {
    for (var obligation : earlierOf.alternatives()) {
      var alternative = rows.get(new Key(earlierOf.process(), obligation));
      require(alternative != null && alternative.unit() != Unit.EARLIER_OF,
          "deadlines.dmn: %s %s needs a row \"%s %s\" that counts from one date",
          earlierOf.process(), earlierOf.obligation(), earlierOf.process(), obligation);
    }
  }

  private static void require(boolean holds, String otherwise, Object... values) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise.formatted(values));
    }
  }

  private static String written(Text text) {
    return text == null ? "" : text.getTextContent().trim();
  }

  private record Key(String process, String obligation) {}

  /** The cells of one row as they are written, by column. */
  private record Cells(Map<String, String> written) {

    private static final Pattern TEXT = Pattern.compile("\"([^\"\\\\]+)\"");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,4}");

    static Cells of(Rule rule, List<String> columns) {
      var cells = new ArrayList<String>();
      rule.getInputEntries().forEach(entry -> cells.add(DeadlineTable.written(entry.getText())));
      rule.getOutputEntries().forEach(entry -> cells.add(DeadlineTable.written(entry.getText())));
      require(cells.size() == columns.size(), "there are %d cells for %d columns", cells.size(), columns.size());
      var written = new HashMap<String, String>();
      for (int i = 0; i < cells.size(); i++) {
        written.put(columns.get(i), cells.get(i));
      }
      return new Cells(written);
    }

    DeadlineRow row() {
      return new DeadlineRow(text("process"), text("obligation"), text("countFrom"),
          isEmpty("amount") ? null : number("amount"),
          word("unit", Unit.class),
          isEmpty("convention") ? null : word("convention", Convention.class),
          isEmpty(HOLIDAYS_OF) ? Nation.ENGLAND_AND_WALES : word(HOLIDAYS_OF, Nation.class),
          word("class", DeadlineClass.class), number("warnHours"), text("escalateTo"),
          word("basis", Basis.class), text("source"));
    }

    private boolean isEmpty(String column) {
      return written.getOrDefault(column, "").isEmpty();
    }

    private String text(String column) {
      var matcher = TEXT.matcher(written.get(column));
      require(matcher.matches(), "the column \"%s\" holds %s; allowed is one text in quotation marks, with no further"
          + " quotation mark or backslash in it", column, shown(column));
      return matcher.group(1);
    }

    private int number(String column) {
      require(NUMBER.matcher(written.get(column)).matches(), "the column \"%s\" holds %s; allowed is a whole number",
          column, shown(column));
      return Integer.parseInt(written.get(column));
    }

    private <E extends Enum<E> & Spelled> E word(String column, Class<E> words) {
      var allowed = new LinkedHashMap<String, E>();
      for (var word : words.getEnumConstants()) {
        allowed.put('"' + word.spelling() + '"', word);
      }
      var word = allowed.get(written.get(column));
      require(word != null, "the column \"%s\" holds %s; allowed are %s",
          column, shown(column), String.join(", ", allowed.keySet()));
      return word;
    }

    private String shown(String column) {
      return isEmpty(column) ? "nothing" : written.get(column);
    }
  }
}
