package org.followthrough.protection.assessment;

import java.util.List;
import java.util.stream.Stream;
import org.followthrough.page.Option;

/**
 * What an assessment may find, by the codes of the children in need census. 18A and 19A are not used any more (returns rules
 * 8945, 8950).
 */
final class Factors {

  /** Nothing was found; it stands alone (returns rule 8869). */
  static final String NONE = "21";

  static final List<Option> CHILD = people("A", "Domestic abuse: the child is the victim");
  static final List<Option> CARER = people("B", "Domestic abuse: the victim");
  static final List<Option> OTHERS = people("C", "Domestic abuse: the victim");

  static final List<Option> HARM = List.of(new Option("Neglect", "16A"), new Option("Emotional abuse", "17A"),
      new Option("Physical abuse by a child", "18B"), new Option("Physical abuse by an adult", "18C"),
      new Option("Sexual abuse by a child", "19B"), new Option("Sexual abuse by an adult", "19C"),
      new Option("Child sexual exploitation", "11A"), new Option("Child criminal exploitation", "24A"), new Option("Trafficking", "12A"),
      new Option("Female genital mutilation", "22A"), new Option("Abuse linked to faith or belief", "23A"));

  static final List<Option> FURTHER = List.of(new Option("Young carer", "7A"), new Option("Going missing", "10A"),
      new Option("Gangs", "13A"), new Option("Socially unacceptable behaviour", "14A"), new Option("Self-harm", "15A"),
      new Option("Alone in the country and seeking asylum", "9A"),
      new Option("Privately fostered, from abroad, means to go back", "8B"),
      new Option("Privately fostered, from abroad, means to stay", "8C"),
      new Option("Privately fostered, here, to go to school", "8D"),
      new Option("Privately fostered, here, made their own arrangement", "8E"),
      new Option("Privately fostered otherwise", "8F"), new Option("Something else", "20"));

  private Factors() {}

  private static List<Option> people(String whose, String domesticAbuse) {
    return List.of(new Option("Alcohol", "1" + whose), new Option("Drugs", "2" + whose), new Option(domesticAbuse, "3" + whose),
        new Option("Mental health", "4" + whose), new Option("Learning disability", "5" + whose),
        new Option("Physical disability or illness", "6" + whose));
  }

  /** A code in words, with whom it concerns. */
  static String inWords(String code) {
    if (code.equals(NONE)) {
      return "None";
    }
    String whose = CHILD.stream().anyMatch(one -> one.value().equals(code)) ? "child: "
        : CARER.stream().anyMatch(one -> one.value().equals(code)) ? "parent or carer: "
        : OTHERS.stream().anyMatch(one -> one.value().equals(code)) ? "somebody else at home: " : "";
    return whose + Stream.of(CHILD, CARER, OTHERS, HARM, FURTHER).flatMap(List::stream).filter(one -> one.value().equals(code))
        .findFirst().orElseThrow().label();
  }
}
