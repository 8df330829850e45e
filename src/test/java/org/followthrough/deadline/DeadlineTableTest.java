package org.followthrough.deadline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a designer may write into the table, and what is said about anything else. */
class DeadlineTableTest {

  private static final TableFile TABLE = TableFile.of("""
      referral | DecideResponse    | contact received | 1 | working days | day after | statutory
      referral | ArrangeProtection | response decided | 2 | hours        |           | danger
      """);

  @Test
  void reads_every_cell() {
    var table = DeadlineTable.read(TABLE.stream());

    assertThat(table.rows()).extracting(DeadlineRow::obligation).containsExactly("DecideResponse", "ArrangeProtection");
    assertThat(table.row("referral", "DecideResponse")).isEqualTo(new DeadlineRow("referral", "DecideResponse",
        "contact received", 1, Unit.WORKING_DAYS, Convention.DAY_AFTER, Nation.ENGLAND_AND_WALES, DeadlineClass.STATUTORY,
        1, "service-manager", Basis.LOCAL_PROCEDURE, "a source"));
    assertThat(table.row("referral", "ArrangeProtection").convention()).isNull();
  }

  @Test
  void holidays_are_those_of_the_nation_that_a_row_names_and_else_ours() {
    var dmn = TableFile.of("""
        transfer | HearFromScotland | taken on | 2 | working days | day after | statutory
        transfer | HearFromHere     | taken on | 1 | working days | day after | statutory
        """).with("<output id=\"out_source\"", "<output id=\"out_holidays\" name=\"holidaysOf\"/><output id=\"out_source\"")
        .with("<outputEntry><text>\"a source\"", "<outputEntry><text></text></outputEntry><outputEntry><text>\"a source\"");
    var scottish = new TableFile(dmn.xml().replaceFirst("<text></text>", "<text>\"Scotland\"</text>"));
    assertThat(DeadlineTable.read(scottish.stream()).rows()).extracting(DeadlineRow::holidaysOf)
        .containsExactly(Nation.SCOTLAND, Nation.ENGLAND_AND_WALES);
    assertThat(DeadlineTable.read(scottish.stream()).rows()).extracting(DeadlineRow::limit)
        .containsExactly("2 working days by the holidays of Scotland", "1 working day");
    assertThatThrownBy(() -> DeadlineTable.read(scottish.with("\"Scotland\"", "\"France\"").stream()))
        .hasMessage("row 1 of deadlines.dmn: the column \"holidaysOf\" holds \"France\"; allowed are \"England "
            + "and Wales\", \"Scotland\", \"Northern Ireland\"");
    assertThatThrownBy(() -> DeadlineTable.read(new TableFile(scottish.xml().replaceFirst("\"working days\"", "\"hours\"")).stream()))
        .hasMessage("row 1 of deadlines.dmn: transfer HearFromScotland: the unit \"hours\" needs nothing in the column \"holidaysOf\"");
    assertThatThrownBy(() -> DeadlineTable.read(scottish.with("name=\"source\"", "name=\"holidaysOf\"").stream()))
        .hasMessageContaining("they must be").hasMessageContaining("and may be holidaysOf");
  }

  @Test
  void a_missing_row_is_named() {
    var table = DeadlineTable.read(TABLE.stream());

    assertThatThrownBy(() -> table.row("referral", "TellReferrer"))
        .isInstanceOf(NoSuchElementException.class)
        .hasMessage("deadlines.dmn has no row \"referral TellReferrer\"; the obligations of referral are"
            + " [DecideResponse, ArrangeProtection]");
  }

  @Test
  void columns_may_stand_in_another_order() {
    var swapped = TableFile.of("referral | DecideResponse | statutory | 1 | working days | day after | contact received")
        .with("name=\"class\"", "name=\"?\"").with("name=\"countFrom\"", "name=\"class\"")
        .with("name=\"?\"", "name=\"countFrom\"");

    assertThat(DeadlineTable.read(swapped.stream()).row("referral", "DecideResponse").countFrom())
        .isEqualTo("contact received");
  }

  @ParameterizedTest(name = "{0} instead of {1}")
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      "working day"      | "working days"     | \
      row 1 of deadlines.dmn: the column "unit" holds "working day"; allowed are "hours", "hours before", "same day", "working days", \
      "working days before", "days", "days before", "months", "earlier of"
      "Working days"     | "working days"     | row 1 of deadlines.dmn: the column "unit" holds "Working days"
      "day before"       | "day after"        | \
      row 1 of deadlines.dmn: the column "convention" holds "day before"; allowed are "day after", "day one"
      "urgent"           | "danger"           | \
      row 2 of deadlines.dmn: the column "class" holds "urgent"; allowed are "danger", "statutory", "record"
      "custom"           | "local procedure"  | \
      row 1 of deadlines.dmn: the column "basis" holds "custom"; allowed are "statute", "national guidance", "local procedure"
      limit              | "contact received" | \
      row 1 of deadlines.dmn: the column "countFrom" holds limit; allowed is one text in quotation marks
      "a" + "b"          | "contact received" | row 1 of deadlines.dmn: the column "countFrom" holds "a" + "b"; allowed is one text
      ${now}             | "a source"         | row 1 of deadlines.dmn: the column "source" holds ${now}; allowed is one text
      -                  | "DecideResponse"   | row 1 of deadlines.dmn: the column "obligation" holds -; allowed is one text
      "A","B"            | "DecideResponse"   | row 1 of deadlines.dmn: the column "obligation" holds "A","B"; allowed is one text
      not("A")           | "DecideResponse"   | row 1 of deadlines.dmn: the column "obligation" holds not("A"); allowed is one text
      ``                 | "DecideResponse"   | row 1 of deadlines.dmn: the column "obligation" holds nothing; allowed is one text
      ``                 | "day after"        | \
      row 1 of deadlines.dmn: referral DecideResponse: the unit "working days" needs a word in the column "convention"
      "ArrangeProtection" | "DecideResponse"  | row 2 of deadlines.dmn: referral ArrangeProtection has a row already
      """)
  void a_cell_that_cannot_be_read_is_named_with_what_is_allowed(String written, String original, String message) {
    assertThatThrownBy(() -> DeadlineTable.read(TABLE.with(original, written).stream()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
      1.5        | row 2 of deadlines.dmn: the column "amount" holds 1.5; allowed is a whole number
      -2         | row 2 of deadlines.dmn: the column "amount" holds -2; allowed is a whole number
      99999999999| row 2 of deadlines.dmn: the column "amount" holds 99999999999; allowed is a whole number
      limit + 1  | row 2 of deadlines.dmn: the column "amount" holds limit + 1; allowed is a whole number
      none       | row 2 of deadlines.dmn: referral ArrangeProtection: the unit "hours" needs a number in the column "amount"
      """)
  void an_amount_is_a_whole_number(String written, String message) {
    var amount = "<text>" + (written == null ? "" : written) + "</text>";
    assertThatThrownBy(() -> DeadlineTable.read(TABLE.with("<text>2</text>", amount).stream()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  @ParameterizedTest(name = "{0} becomes {1}")
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      hitPolicy="UNIQUE"         | hitPolicy="FIRST"      | deadlines.dmn has the hit policy FIRST; it must be UNIQUE
      decision id="deadlines"    | decision id="limits"   | deadlines.dmn has no decision table with the id "deadlines"
      <text>process</text>       | <text>task</text>      | \
      deadlines.dmn has the inputs [task, obligation]; they must be [process, obligation]
      name="warnHours"           | name="warn"            | deadlines.dmn has the outputs [countFrom, amount, unit, convention, class, warn,
      name="warnHours"           | name="amount"          | \
      deadlines.dmn has the outputs [countFrom, amount, unit, convention, class, amount,
      <outputEntry><text>2</text></outputEntry> | `` | row 2 of deadlines.dmn: there are 10 cells for 11 columns
      """)
  void another_kind_of_table_is_refused(String original, String written, String message) {
    assertThatThrownBy(() -> DeadlineTable.read(TABLE.with(original, written).stream()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(delimiter = ';', textBlock = """
      a | First | x        | 1 | same day     |         | record ; a First: the unit "same day" needs nothing in the column "amount"
      a | First | x        | 0 | working days | day one | record ; a First: the convention "day one" needs at least 1 in the column "amount"
      a | First | One      |   | earlier of   |         | \
      record ; a First: "earlier of" needs two obligations or more, separated by commas, in the column "countFrom"
      a | First | One, Two | 3 | earlier of   |         | record ; a First: the unit "earlier of" needs nothing in the column "amount"
      """)
  void cells_that_contradict_each_other_are_refused(String row, String message) {
    assertThatThrownBy(() -> DeadlineTable.read(TableFile.of(row).stream()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("row 1 of deadlines.dmn: " + message);
  }

  @Test
  void the_earlier_of_two_needs_both_rows_in_the_same_process() {
    var rows = """
        conference | Review | First, Second   |   | earlier of |  | statutory
        conference | First  | conference held | 3 | months     |  | statutory
        """;

    assertThatThrownBy(() -> DeadlineTable.read(TableFile.of(rows).stream()))
        .hasMessage("deadlines.dmn: conference Review needs a row \"conference Second\" that counts from one date");
    assertThatThrownBy(() -> DeadlineTable.read(TableFile.of(rows.replace("Second", "Review")).stream()))
        .hasMessage("deadlines.dmn: conference Review needs a row \"conference Review\" that counts from one date");
  }
}
