package org.followthrough.page;

import java.util.Locale;

/** Fact and judgement are kept apart in every entry (learning points P-05, C-09). */
public enum Nature {
  FACT,
  REPORTED,
  JUDGEMENT;

  /** As forms spell it; what nobody said is fact. */
  public static Nature of(String spelled) {
    return spelled == null ? FACT : valueOf(spelled.toUpperCase(Locale.ROOT));
  }

  public String spelled() {
    return name().toLowerCase(Locale.ROOT);
  }
}
