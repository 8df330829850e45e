package org.followthrough.page;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/**
 * What a {@link Step} reads of its form: the fields by key, what each of them is, and the answers on which something depends.
 * A {@link Submission} refuses every other reading, so that nothing is read which does not stand here; and a form that lacks
 * any of it is not deployed, so that a key renamed in Modeler is never taken for “no”. What else a form asks is the designer's.
 */
public final class Reads {

  /** Whatever is there may be read: pages that no designer draws, and what is read of every form where it is asked. */
  public static final Reads ANYTHING = new Reads(Map.of());

  /** How a field is read, and which components of a form can be read so. */
  public enum Kind {
    TEXT("textfield", "textarea", "radio", "select"),
    YES("checkbox", "radio", "select"),
    ONE("radio", "select"),
    SEVERAL("checklist", "taglist"),
    NUMBER("number"),
    DATE("datetime"),
    MOMENT("datetime");

    private final List<String> components;

    Kind(String... components) {
      this.components = List.of(components);
    }

    /** The components of a form that can be read so. */
    public List<String> components() {
      return components;
    }
  }

  /**
   * One field.
   *
   * @param answers those on which something depends, by value: in code, in a model, in a table or with another authority
   * @param only whether any other answer would be taken for one of these, or could not be kept
   * @param list the list from which the step itself offers the choices; null where the form holds them
   */
  public record Field(String key, Kind kind, Set<String> answers, boolean only, String list) {}

  private final Map<String, Field> fields;

  private Reads(Map<String, Field> fields) {
    this.fields = fields;
  }

  /** Reads nothing: the form is kept as it was typed. */
  public Reads() {
    this(Map.of());
  }

  private Reads with(Collection<Field> more) {
    Map<String, Field> all = new LinkedHashMap<>(fields);
    more.forEach(field -> all.put(field.key(), field));
    return new Reads(Collections.unmodifiableMap(all));
  }

  private Reads all(Kind kind, String... keys) {
    return with(List.of(keys).stream().map(key -> new Field(key, kind, Set.of(), false, null)).toList());
  }

  private Reads one(Field field) {
    return with(List.of(field));
  }

  /** Words, or the code of a choice that is kept as it stands. */
  public Reads text(String... keys) {
    return all(Kind.TEXT, keys);
  }

  /** Boxes to tick, and questions with the answers {@code yes} and {@code no} and no third. */
  public Reads yes(String... keys) {
    return all(Kind.YES, keys);
  }

  /** A choice of one. The form may offer more than these answers. */
  public Reads choice(String key, String... answers) {
    return one(new Field(key, Kind.ONE, Set.of(answers), false, null));
  }

  /** A choice of one of exactly these: any other would be taken for one of them, or could not be kept. */
  public Reads either(String key, String... answers) {
    return one(new Field(key, Kind.ONE, Set.of(answers), true, null));
  }

  /** A choice of one from a list that {@link Step#shows} offers. */
  public Reads choiceFrom(String list, String key) {
    return one(new Field(key, Kind.ONE, Set.of(), false, list));
  }

  /** A choice of several. The form may offer more than these answers. */
  public Reads several(String key, String... answers) {
    return one(new Field(key, Kind.SEVERAL, Set.of(answers), false, null));
  }

  /** A choice of several from a list that {@link Step#shows} offers. */
  public Reads severalFrom(String list, String key) {
    return one(new Field(key, Kind.SEVERAL, Set.of(), false, list));
  }

  /** Whole numbers. */
  public Reads number(String... keys) {
    return all(Kind.NUMBER, keys);
  }

  /** Days of the calendar. */
  public Reads date(String... keys) {
    return all(Kind.DATE, keys);
  }

  /** Days with a time of day. */
  public Reads moment(String... keys) {
    return all(Kind.MOMENT, keys);
  }

  /** When it happened, where that was earlier than now: {@link Submission#happenedAt()}. */
  public Reads happened() {
    return moment("happenedAt").yes("happenedEarlier");
  }

  /** What a helper reads that several steps use. */
  public Reads and(Reads others) {
    return with(others.fields.values());
  }

  /** The same for each place of a page that has several alike. */
  public Reads each(List<String> places, BiFunction<Reads, String, Reads> ofPlace) {
    Reads all = this;
    for (String place : places) {
      all = ofPlace.apply(all, place);
    }
    return all;
  }

  /** The places {@code c1}, {@code c2} and so on of a page. */
  public static List<String> places(String prefix, int many) {
    return IntStream.rangeClosed(1, many).mapToObj(place -> prefix + place).toList();
  }

  /** Every field, in the order in which they are named. */
  public Collection<Field> fields() {
    return fields.values();
  }

  /** Whether one of the fields takes its choices from this list: the step offers it. */
  public boolean offers(String list) {
    return this == ANYTHING || fields.values().stream().anyMatch(field -> list.equals(field.list()));
  }

  /** @throws IllegalStateException when a field is read, or read so, and does not stand here */
  void allow(String key, Kind... kinds) {
    if (this != ANYTHING && (!fields.containsKey(key) || !List.of(kinds).contains(fields.get(key).kind()))) {
      throw new IllegalStateException("“" + key + "” is read as " + List.of(kinds) + ", and reads() does not say so");
    }
  }

  /** @throws IllegalStateException when a choice is compared with an answer that does not stand here */
  void know(String key, String answer) {
    allow(key, Kind.ONE);
    if (this != ANYTHING && !fields.get(key).answers().contains(answer)) {
      throw new IllegalStateException("“" + key + "” is compared with “" + answer + "”, and reads() does not say so");
    }
  }
}
