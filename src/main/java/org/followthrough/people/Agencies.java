package org.followthrough.people;

import java.util.List;
import java.util.stream.Stream;
import org.followthrough.page.Option;
import org.followthrough.page.Words;

/** Where people come from, by the codes that forms, invitations, minutes and actions share. */
public final class Agencies {

  /** The authority's own social workers, who keep the case. */
  public static final String SOCIAL_CARE = "social-care";

  /** What stands for an agency where one of the family is meant. */
  public static final String FAMILY = "family";

  private Agencies() {}

  /**
   * What a form's list of agencies must offer under these codes: their people sign in by them, and a quorum counts them; and
   * where nothing else fits.
   *
   * @param more others on which something depends where they are offered
   */
  public static String[] known(String... more) {
    return Stream.concat(Stream.of("police", "health", "school", "other"), Stream.of(more)).toArray(String[]::new);
  }

  /** Every agency as choices for a form; social care first, the unnamed rest last. */
  public static List<Option> choices() {
    return Stream.concat(Stream.of(SOCIAL_CARE), others().stream().map(Option::value)).map(Agencies::choice).toList();
  }

  /** The same without social care, where it is about others than us. */
  public static List<Option> others() {
    return Stream.of("health", "school", "police", "housing", "probation", "voluntary", "other-authority", "other")
        .map(Agencies::choice).toList();
  }

  private static Option choice(String code) {
    return new Option(Words.sentence(code), code);
  }
}
