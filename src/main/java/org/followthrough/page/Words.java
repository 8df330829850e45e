package org.followthrough.page;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Dates and codes as people read them: long-form where a mistake would hurt. */
public final class Words {

  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.UK);
  private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("EEEE d MMMM yyyy 'at' HH:mm", Locale.UK);

  private Words() {}

  /** {@code 2 March 2026}, in London. */
  public static String date(Instant at) {
    return DAY.format(at.atZone(Submission.LONDON));
  }

  /** {@code 2 March 2026}. */
  public static String date(LocalDate date) {
    return DAY.format(date);
  }

  /** {@code Monday 2 March 2026 at 17:00}, in London. */
  public static String moment(Instant at) {
    return MOMENT.format(at.atZone(Submission.LONDON));
  }

  /** A code of ours as words: {@code no-further-action} is "no further action". */
  public static String spoken(String code) {
    return code == null ? "" : code.replace('-', ' ');
  }

  /** The same with a capital. */
  public static String sentence(String code) {
    String spoken = spoken(code);
    return spoken.isEmpty() ? spoken : Character.toUpperCase(spoken.charAt(0)) + spoken.substring(1);
  }

  /** An obligation under its label: {@code DecideResponse} is "Decide response". */
  public static String label(String pascalCase) {
    return sentence(pascalCase.replaceAll("(?<!^)([A-Z])", "-$1").toLowerCase(Locale.ROOT));
  }

  /** A name in Markdown, so that an asterisk or bracket in it stays one. */
  public static String escaped(String text) {
    return text.replaceAll("([\\\\`*_{}\\[\\]()#+!|<>~])", "\\\\$1");
  }

  public static String age(ResultSet person) throws SQLException {
    LocalDate born = person.getObject("born_on", LocalDate.class);
    LocalDate expected = person.getObject("expected_on", LocalDate.class);
    if (person.getDate("died_on") != null) {
      return "died " + date(person.getObject("died_on", LocalDate.class));
    }
    if (born != null) {
      return "born " + date(born);
    }
    if (expected != null) {
      return "expected " + date(expected);
    }
    int about = person.getInt("age_about");
    return person.wasNull() ? "age not known" : "about " + about;
  }

  /** {@code 2 years}, {@code 5 months}, {@code 12 days}. */
  public static String age(LocalDate born, LocalDate today) {
    Period lived = Period.between(born, today);
    if (lived.getYears() >= 2) {
      return lived.getYears() + " years";
    }
    if (lived.toTotalMonths() >= 1) {
      return lived.toTotalMonths() + (lived.toTotalMonths() == 1 ? " month" : " months");
    }
    return lived.getDays() + (lived.getDays() == 1 ? " day" : " days");
  }

  /** Adds points under their heading, in Markdown; nothing where there are none. */
  public static void section(List<String> lines, String heading, List<String> points) {
    if (!points.isEmpty()) {
      lines.add("\n" + heading + "\n");
      points.forEach(point -> lines.add("- " + point));
    }
  }
}
