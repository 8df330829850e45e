package org.followthrough.family;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.followthrough.family.Redaction.Fact;
import org.followthrough.family.Redaction.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A refuge, a caller who asked not to be named, and all the ways in which a tired person may write them down. */
class RedactionTest {

  private static final Redaction REFUGE = address("Rose House, 12 Elm Street, Newtown, NT4 7XX");
  private static final Redaction CALLER = new Redaction(
      List.of(new Fact(Kind.NAME, "the caller", "Mrs Siobhán Doyle"), new Fact(Kind.PHONE, "the caller’s number", "01632 960101")),
      List.of("Aoife O’Neill", "Katarzyna O’Neill", "Siobhan Doyle", "Grace Mensah"));

  // Addresses.

  @ParameterizedTest
  @ValueSource(strings = {"Rose House, 12 Elm Street, Newtown, NT4 7XX", "She is at 12 elm st now.", "12, Elm St.",
      "No. 12 in Elm Street", "Elm Street 12", "12 ELM STREET", "NT47XX", "nt4 7xx", "NT4-7XX", "The post goes to NT4\u00a07XX.",
      "Rose House", "at rose  house.", "RoseHouse", "Rose\nHouse", "Elm Str 12", "12 Elm", "somewhere in Elm Street",
      "twelve Elm Street", "１２ Elm Street", "Ro\u00adse Hou\u200bse", "12elm street", "Rosé House"})
  void a_refuge_is_found_however_it_is_written(String text) {
    assertThat(REFUGE.told(text)).contains("a protected address");
  }

  @ParameterizedTest
  @ValueSource(strings = {"She is at a safe address.", "They met in Newtown.", "12 children", "An elm stood in the street.",
      "Rose went to her house in March.", "34 Oak Street", "12 Elmhurst Road", "The house has a rose garden.", "NT4",
      "Platform 12", "On 12 November Elmer came."})
  void what_is_something_else_may_stand(String text) {
    assertThat(REFUGE.told(text)).isEmpty();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(delimiter = '|', textBlock = """
      Flat 3, 12 Elm Street, Newtown        | in 12 Elm Street
      Flat 3 Rose House, Newtown            | Rose House
      Flat 3, Rose House, Newtown           | Rose House
      Rose House 12 Elm Street Newtown      | rose house
      Rose House 12 Elm Street Newtown      | elm street
      12a Elm Street                        | 12A Elm St
      12-14 Elm Street                      | 12 Elm Street
      12 St Mary’s Road                     | St. Marys Rd
      12 Elm Street Bury St Edmunds         | 12 Elm Street
      12 The Beeches, Newtown               | the Beeches, number 12
      Elmwood, 3 Park Lane                  | at Elmwood
      The Refuge, 12 Elm Street             | Elm Street
      4 Straße der Ähren                    | 4 Strasse der Ahren
      """)
  void addresses_of_every_build_are_known(String address, String text) {
    assertThat(address(address).told(text)).isPresent();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(delimiter = '|', textBlock = """
      Not known                 | It is not known where she is.
      Refuge                    | She went to a refuge.
      The Refuge, 12 Elm Street | She went to the refuge.
      Newtown                   | They live in Newtown.
      Newtown, NT4 7XX          | They live in Newtown.
      Flat 3                    | They have three flats; flat 3 is empty.
      ''                        | Anything.
      """)
  void what_is_no_address_stops_nobody_from_writing(String address, String text) {
    assertThat(address(address).told(text)).isEmpty();
  }

  // Telephone numbers.

  @ParameterizedTest
  @ValueSource(strings = {"01632 960101", "01632960101", "(01632) 960-101", "+44 1632 960101", "+44 (0)1632 960101",
      "0044 1632 960101", "Ring 960101.", "at 9:30 01632 960101 12 times"})
  void a_telephone_number_is_found_however_it_is_written(String text) {
    assertThat(CALLER.told(text)).contains("the caller’s number");
  }

  @ParameterizedTest
  @ValueSource(strings = {"01632 960102", "16 11 2026", "CP-2026-000123", "101"})
  void other_numbers_may_stand(String text) {
    assertThat(CALLER.told(text)).isEmpty();
  }

  // Names.

  @ParameterizedTest
  @ValueSource(strings = {"Siobhán Doyle", "siobhan doyle", "Doyle, Siobhán", "Siobhán Mary Doyle", "SIOBHAN DOYLE rang",
      "Mrs Doyle", "mrs doyle", "Siobhán said so.", "Nurse Doyle", "siobhan.doyle@example.nhs.uk"})
  void a_name_is_found_whole_and_by_halves(String text) {
    assertThat(CALLER.told(text)).contains("the caller");
  }

  @ParameterizedTest
  @ValueSource(strings = {"The person who told us", "Grace Mensah", "a doyle of nothing", "Aoife O’Neill"})
  void other_names_may_stand(String text) {
    assertThat(CALLER.told(text)).isEmpty();
  }

  @Test
  void half_a_name_that_others_have_too_betrays_nobody() {
    Redaction grandmother = new Redaction(List.of(new Fact(Kind.NAME, "the caller", "Grace O’Neill")),
        List.of("Aoife O’Neill", "Grace O'Neill", "Grace Mensah"));
    assertThat(grandmother.told("The O’Neill family; Grace decided.")).isEmpty();
    assertThat(grandmother.told("Grace O Neill rang.")).contains("the caller");
  }

  @Test
  void a_name_that_is_a_month_is_found_in_full_only() {
    Redaction may = new Redaction(List.of(new Fact(Kind.NAME, "the caller", "May Close")), List.of());
    assertThat(may.told("Seen on 4 May.")).isEmpty();
    assertThat(may.told("May Close rang.")).isPresent();
    assertThat(may.told("Mrs Close rang.")).isPresent();
  }

  // What it does about it.

  @Test
  void the_line_that_tells_it_is_left_out_and_the_others_stay() {
    assertThat(REFUGE.without("Seen on Monday.\nNow at Rose House.\nShe is well."))
        .isEqualTo("Seen on Monday.\n" + Redaction.LEFT_OUT + "\nShe is well.");
    assertThat(REFUGE.without("Now at 12 Elm\nStreet.")).as("across lines").doesNotContain("Elm");
    assertThat(REFUGE.without(null)).isEmpty();
    assertThat(REFUGE.without("She is well.")).isEqualTo("She is well.");
  }

  /** So that nobody relies on more than it does. */
  @ParameterizedTest
  @ValueSource(strings = {"Rose Huose", "Elm Stret", "the flats behind the station", "twelve, the one with the elm"})
  void it_does_not_find_everything(String text) {
    assertThat(REFUGE.told(text)).isEmpty();
  }

  private static Redaction address(String address) {
    return new Redaction(List.of(new Fact(Kind.ADDRESS, "a protected address", address)), List.of());
  }
}
