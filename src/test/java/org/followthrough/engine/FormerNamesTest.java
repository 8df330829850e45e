package org.followthrough.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a model spells once goes on to be understood. */
class FormerNamesTest {

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "${handOn}                             | ${beginProcess}",
      "#{ passOn }                           | #{ tellProcesses }",
      "${team.chair(execution)}              | ${meetingRoles.chair(execution)}",
      "${whichRoadFollows == 'none'}         | ${whichProcessFollows == 'none'}",
      "${!whichRoadFollows} and ${handOn}    | ${!whichProcessFollows} and ${beginProcess}",
      "${team.chairs(execution)}             | ${team.chairs(execution)}",
      "${handOnce}                           | ${handOnce}",
      "handOn                                | handOn"})
  void former_names_are_read_as_todays_and_no_others(String deployed, String today) {
    assertThat(FormerNames.translated(deployed)).isEqualTo(today);
  }
}
