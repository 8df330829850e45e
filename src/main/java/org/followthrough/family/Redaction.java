package org.followthrough.family;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a text must not tell its reader, found however it is written: capitals, accents, commas and spaces do not count,
 * and "St" is "Street".
 *
 * <p>An address is found by its postcode, by its street (with or without its number) and by the name of its house; a
 * telephone number by its digits, with or without the code; a name in full, or one half of it where nobody else here has it.
 *
 * <p><b>What it cannot find</b>: a misspelling, a description ("the flats behind the station"), a nickname or initials, a
 * town, a number in words, a street whose number stands far off and that has no "Street" or the like in its name, anything
 * in another script. It is a net under the writer's care, not instead of it.
 */
public final class Redaction {

  /** What stands in a document where a line was left out. */
  static final String LEFT_OUT = "… left out here, because not everybody may know it …";

  /** How a fact is recognised. */
  public enum Kind { ADDRESS, PHONE, NAME }

  /**
   * Something that is not to be told.
   *
   * @param called what it is, for a sentence that must not repeat it: "a protected address"
   * @param said as the record has it
   */
  public record Fact(Kind kind, String called, String said) {}

  private record Word(String plain, boolean capital) {}

  private static final Map<String, String> STREETS = Map.ofEntries(
      Map.entry("street", "st"), Map.entry("str", "st"), Map.entry("road", "rd"), Map.entry("avenue", "ave"), Map.entry("av", "ave"),
      Map.entry("lane", "ln"), Map.entry("close", "cl"), Map.entry("drive", "dr"), Map.entry("court", "ct"), Map.entry("crescent", "cres"),
      Map.entry("gardens", "gdns"), Map.entry("place", "pl"), Map.entry("square", "sq"), Map.entry("terrace", "ter"),
      Map.entry("terr", "ter"), Map.entry("grove", "gr"), Map.entry("way", "way"), Map.entry("walk", "walk"), Map.entry("hill", "hill"),
      Map.entry("row", "row"), Map.entry("mews", "mews"), Map.entry("parade", "pde"), Map.entry("boulevard", "blvd"));
  private static final Set<String> STREET_ENDS = Set.copyOf(STREETS.values());
  private static final Set<String> FLATS = Set.of("flat", "apartment", "apt", "unit", "room");
  /** Written where no address is known; a text full of them betrays nobody. */
  private static final Set<String> NO_ADDRESS = Set.of("notknown", "unknown", "nofixedabode", "nfa", "asabove", "confidential", "refuge",
      "hostel", "hotel", "hospital", "house", "home");
  private static final Set<String> TITLES = Set.of("mr", "mrs", "ms", "miss", "mx", "dr", "doctor", "prof", "sister",
      "nurse", "pc", "ds", "dc", "di", "sgt", "rev");
  private static final Set<String> MONTHS = Set.of("april", "may", "june", "august");

  private static final Pattern WORD = Pattern.compile("\\p{L}+|\\p{N}+");
  private static final Pattern POSTCODE = Pattern.compile("\\b[a-z]{1,2}\\d[a-z\\d]? *\\d[a-z]{2}\\b");
  private static final Pattern NUMBER = Pattern.compile("\\d(?:[\\s().-]*\\d){5,}");
  private static final int NEAR = 3;
  /** A word as it was typed, with whatever hangs on it: "Ní’s", "O’Neill". */
  private static final Pattern TYPED = Pattern.compile("[\\p{L}\\p{M}](?:[\\p{L}\\p{M}\\p{Cf}'’‘`´ʼ]*[\\p{L}\\p{M}])?");
  private static final Pattern POSSESSIVE = Pattern.compile("['’‘`´ʼ]s\\b");

  private final Collection<Fact> facts;
  private final List<List<Word>> everybody;
  private Set<String> betraying;
  // one instance reads many texts, and the same words again and again
  private final Map<String, Boolean> betrays = new HashMap<>();
  private final Map<String, Set<String>> halvesOfOthers = new HashMap<>();

  /**
   * @param everybody the names of all whom the text may speak of: half a name that two of them have betrays neither
   */
  public Redaction(Collection<Fact> facts, Collection<String> everybody) {
    this.facts = facts;
    this.everybody = everybody.stream().map(Redaction::words).toList();
  }

  /** What the first of the facts is called that a text tells; empty when it tells none that can be found. */
  public Optional<String> told(String text) {
    if (text == null || text.isBlank() || facts.isEmpty()) {
      return Optional.empty();
    }
    List<Word> words = facts.stream().anyMatch(fact -> fact.kind() == Kind.ADDRESS) ? words(text) : List.of();
    List<Word> ofNames = words(plainly(text));
    return facts.stream().filter(fact -> switch (fact.kind()) {
      case ADDRESS -> address(fact.said(), words);
      case PHONE -> phone(fact.said(), text);
      case NAME -> name(fact.said(), ofNames);
    }).map(Fact::called).findFirst();
  }

  /** The text without the lines that tell any of it; nothing of the text where it is told across lines. */
  public String without(String text) {
    if (told(text).isEmpty()) {
      return text == null ? "" : text;
    }
    String rest = text.lines().map(line -> told(line).isPresent() ? LEFT_OUT : line).collect(Collectors.joining("\n"));
    return told(rest).isPresent() ? LEFT_OUT : rest;
  }

  /**
   * The text with other words in the place of names: of every part of a name of the facts that nobody else here has. Where a name is told
   * all the same, in halves that others have too, its line is left out.
   */
  public String masked(String text, String with) {
    if (text == null || facts.isEmpty()) {
      return text;
    }
    String plain = plain(text).toLowerCase(Locale.ROOT);
    String masked = betraying().stream().noneMatch(plain::contains) ? text : TYPED.matcher(text).replaceAll(typed -> {
      String name = plainly(typed.group());
      return Matcher.quoteReplacement(betrays.computeIfAbsent(name, this::betrays) ? with + typed.group().substring(name.length())
          : typed.group());
    });
    return without(masked.replace(with + " " + with, with));
  }

  private boolean betrays(String typed) {
    List<Word> word = words(typed);
    return word.size() == 1 && word.get(0).capital() && betraying().contains(word.get(0).plain());
  }

  private Set<String> betraying() {
    if (betraying == null) {
      Set<String> parts = facts.stream().filter(fact -> fact.kind() == Kind.NAME).flatMap(fact -> words(fact.said()).stream())
          .map(Word::plain).filter(part -> part.length() > 1 && !TITLES.contains(part) && !MONTHS.contains(part))
          .collect(Collectors.toCollection(HashSet::new));
      everybody.stream().flatMap(List::stream).map(Word::plain).forEach(parts::remove);
      betraying = parts;
    }
    return betraying;
  }

  // Addresses ---------------------------------------------------------------------------------------------------------

  private static boolean address(String said, List<Word> text) {
    String plain = plain(said).toLowerCase(Locale.ROOT);
    Matcher postcode = POSTCODE.matcher(plain);
    boolean found = postcode.results().map(MatchResult::group).anyMatch(code -> !places(text, words(code)).isEmpty());
    List<Word> house = List.of();
    boolean street = false;
    for (String part : postcode.replaceAll(",").split("[,;\\n]")) {
      List<Word> words = withoutFlat(words(part));
      int number = IntStream.range(0, words.size()).filter(i -> isNumber(words.get(i))).findFirst().orElse(-1);
      List<Word> name = street(words.subList(number + 1, words.size()));
      boolean ends = !name.isEmpty() && STREET_ENDS.contains(name.get(name.size() - 1).plain());
      if (ends && name.size() > 1) {
        found |= !places(text, name).isEmpty() || near(words, number, name.subList(0, name.size() - 1), text);
      } else if (number >= 0) {
        found |= near(words, number, name, text);
      }
      if (!street && house.isEmpty() && !ends | number > 0) {
        house = (number > 0 ? words.subList(0, number) : words).stream().filter(word -> !word.plain().equals("the")).toList();
      }
      street |= number >= 0 || ends;
    }
    // one word alone, without a street, may be a town
    boolean named = house.size() > 1 || street && house.size() == 1;
    return found || named && !NO_ADDRESS.contains(joined(house)) && !places(text, house).isEmpty();
  }

  /** "Flat 3" says nothing by itself. */
  private static List<Word> withoutFlat(List<Word> words) {
    boolean flat = words.size() > 1 && FLATS.contains(words.get(0).plain());
    return flat ? words.subList(2, words.size()) : words;
  }

  /** The street of an address from behind its number: without further numbers, up to its first "Street" or the like. */
  private static List<Word> street(List<Word> words) {
    int from = 0;
    while (from < words.size() && (isNumber(words.get(from)) || words.get(from).plain().length() == 1)) {
      from++;
    }
    for (int i = from + 1; i < words.size(); i++) {
      if (STREET_ENDS.contains(words.get(i).plain())) {
        return words.subList(from, i + 1);
      }
    }
    return words.subList(from, words.size());
  }

  private static boolean near(List<Word> address, int number, List<Word> street, List<Word> text) {
    return number >= 0 && !street.isEmpty() && places(text, street).stream().anyMatch(place ->
        text.subList(Math.max(0, place[0] - NEAR), Math.min(text.size(), place[1] + NEAR)).stream()
            .anyMatch(word -> word.plain().equals(address.get(number).plain())));
  }

  private static boolean isNumber(Word word) {
    return Character.isDigit(word.plain().charAt(0));
  }

  // Telephone numbers ---------------------------------------------------------------------------------------------------

  private static boolean phone(String said, String text) {
    Set<String> ours = numbers(said);
    return numbers(text).stream().anyMatch(written -> ours.stream()
        .anyMatch(number -> number.endsWith(written) || written.contains(number)));
  }

  /** Digits only, without the code of the country and the zero before the area's. */
  private static Set<String> numbers(String text) {
    return NUMBER.matcher(plain(text)).results().map(found -> found.group().replaceAll("\\D", "").replaceFirst("^(0044|44)?0?", ""))
        .filter(digits -> digits.length() >= 6).collect(Collectors.toSet());
  }

  // Names ---------------------------------------------------------------------------------------------------------------

  private boolean name(String said, List<Word> text) {
    List<Word> name = words(said).stream().filter(word -> !TITLES.contains(word.plain())).toList();
    if (name.isEmpty()) {
      return false;
    }
    String first = name.get(0).plain();
    String last = name.get(name.size() - 1).plain();
    if (name.size() > 1 && (!places(text, name).isEmpty() || together(text, first, last))) {
      return true;
    }
    Set<String> others = halvesOfOthers.computeIfAbsent(first + " " + last, both -> Stream.concat(MONTHS.stream(),
        everybody.stream().filter(other -> !together(other, first, last)).flatMap(List::stream).map(Word::plain))
        .collect(Collectors.toSet()));
    return IntStream.range(0, text.size()).anyMatch(i -> {
      String half = text.get(i).plain();
      return half.length() > 1 && (half.equals(first) || half.equals(last)) && !others.contains(half)
          && (text.get(i).capital() || i > 0 && TITLES.contains(text.get(i - 1).plain()));
    });
  }

  /** Whether both halves of a name stand side by side: the last one first, or first with one more between them at most. */
  private static boolean together(List<Word> words, String first, String last) {
    return IntStream.range(0, words.size()).filter(i -> words.get(i).plain().equals(first)).anyMatch(i ->
        words.subList(Math.max(0, i - 1), Math.min(words.size(), i + 3)).stream().anyMatch(word -> word.plain().equals(last)));
  }

  // Words ---------------------------------------------------------------------------------------------------------------

  private static List<int[]> places(List<Word> text, List<Word> phrase) {
    return places(text, joined(phrase));
  }

  /** Where words of the text, written together, are the phrase: from (inclusive) and to (exclusive). */
  private static List<int[]> places(List<Word> text, String phrase) {
    List<int[]> places = new ArrayList<>();
    for (int from = 0; from < text.size() && !phrase.isEmpty(); from++) {
      StringBuilder together = new StringBuilder();
      for (int to = from; to < text.size() && together.length() < phrase.length(); to++) {
        together.append(text.get(to).plain());
        if (phrase.contentEquals(together)) {
          places.add(new int[] {from, to + 1});
        }
      }
    }
    return places;
  }

  private static String joined(List<Word> words) {
    return words.stream().map(Word::plain).collect(Collectors.joining());
  }

  private static List<Word> words(String text) {
    return WORD.matcher(plain(text)).results().map(found -> {
      String plain = found.group().toLowerCase(Locale.ROOT);
      return new Word(STREETS.getOrDefault(plain, plain), Character.isUpperCase(found.group().charAt(0)));
    }).toList();
  }

  /** Niall’s coat is about Niall; of addresses the letter may be part. */
  private static String plainly(String text) {
    return POSSESSIVE.matcher(text).replaceAll("");
  }

  /** Ó is O, O’Neill is ONeill, and what cannot be seen is not there. */
  private static String plain(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKD).replaceAll("[\\p{M}\\p{Cf}'’‘`´ʼ]", "")
        .replace('ł', 'l').replace('Ł', 'L').replace('ø', 'o').replace('Ø', 'O').replace("ß", "ss");
  }
}
