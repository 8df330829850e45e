package org.followthrough;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One phrase and its spellings: the label in the diagram is the source of every other name. */
final class Spelling {

  private Spelling() {}

  /** "Higher tier left?" becomes {@code HigherTierLeft}, as in ids and messages. */
  static String pascal(String label) {
    return words(label).map(Spelling::capitalised).collect(Collectors.joining());
  }

  /** "Higher tier left?" becomes {@code higherTierLeft}, as in variables and beans. */
  static String camel(String label) {
    String pascal = pascal(label);
    return pascal.isEmpty() ? "" : pascal.substring(0, 1).toLowerCase(Locale.UK) + pascal.substring(1);
  }

  /** "Higher tier left?" becomes {@code higher-tier-left}, as in forms, answers and files. */
  static String kebab(String label) {
    return words(label).map(word -> word.toLowerCase(Locale.UK)).collect(Collectors.joining("-"));
  }

  static Stream<String> words(String label) {
    return Arrays.stream(label.split("[^\\p{L}\\p{N}]+")).filter(word -> !word.isEmpty());
  }

  /** Only the first word has a capital; abbreviations keep theirs. */
  static boolean isSentenceCase(String label) {
    var words = words(label).toList();
    return !words.isEmpty()
        && Character.isUpperCase(words.get(0).charAt(0))
        && words.stream().skip(1).allMatch(Spelling::isLowerCaseOrAbbreviation);
  }

  private static boolean isLowerCaseOrAbbreviation(String word) {
    return !Character.isUpperCase(word.charAt(0))
        || word.length() > 1 && word.equals(word.toUpperCase(Locale.UK));
  }

  private static String capitalised(String word) {
    return word.substring(0, 1).toUpperCase(Locale.UK) + word.substring(1);
  }
}
