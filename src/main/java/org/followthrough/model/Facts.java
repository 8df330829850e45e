package org.followthrough.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/** Comparing what is said of one thing in two versions, and saying it. */
final class Facts {

  /** From this length on, only what differs of a text is shown, with a few words around it. */
  private static final int LONG = 160;
  private static final int AROUND = 40;

  /** A fact that differs; one of both is null where it is on one side only. */
  record Fact(String path, String was, String now) {}

  private Facts() {}

  /** The facts that differ, in the order of the newer version. */
  static List<Fact> differing(Map<String, String> before, Map<String, String> after) {
    Set<String> paths = new LinkedHashSet<>(after.keySet());
    paths.addAll(before.keySet());
    return paths.stream().filter(path -> !Objects.equals(before.get(path), after.get(path)))
        .map(path -> new Fact(path, before.get(path), after.get(path))).toList();
  }

  /** Adds a fact under a path that is not taken yet. */
  static void add(Map<String, String> facts, String path, String value) {
    String free = path;
    for (int i = 2; facts.containsKey(free); i++) {
      free = path + " " + i;
    }
    facts.put(free, value);
  }

  /** "page was “a”, now “b”"; null where it is on one side only. */
  static String said(String noun, String was, String now) {
    if (was == null || now == null || was.length() < LONG || now.length() < LONG) {
      return shown(noun, was == null ? null : quoted(was), now == null ? null : quoted(now));
    }
    int same = same(was, now);
    int sameEnd = Math.min(Math.min(was.length(), now.length()) - same,
        same(new StringBuilder(was).reverse().toString(), new StringBuilder(now).reverse().toString()));
    return shown(noun, quoted(cut(was, same, sameEnd)), quoted(cut(now, same, sameEnd)));
  }

  /** The same with what has its quotation marks already, or needs none. */
  static String shown(String noun, String was, String now) {
    if (was == null) {
      return noun + " is new" + (now.isEmpty() ? "" : ": " + now);
    }
    if (now == null) {
      return noun + " is gone" + (was.isEmpty() ? "" : "; it was " + was);
    }
    return noun + " was " + (was.isEmpty() ? "empty" : was) + ", now " + (now.isEmpty() ? "empty" : now);
  }

  /** How many characters both begin with. */
  private static int same(String one, String another) {
    int mismatch = Arrays.mismatch(one.toCharArray(), another.toCharArray());
    return mismatch < 0 ? one.length() : mismatch;
  }

  private static String cut(String text, int same, int sameEnd) {
    int from = same <= AROUND ? 0 : text.lastIndexOf(' ', same - AROUND) + 1;
    int end = text.length() - sameEnd;
    int to = sameEnd <= AROUND ? -1 : text.indexOf(' ', end + AROUND);
    return (from == 0 ? "" : "…") + text.substring(from, to < 0 ? text.length() : to) + (to < 0 ? "" : "…");
  }

  /** In quotation marks; nothing stays nothing. */
  static String quoted(String value) {
    return value.isEmpty() ? "" : "“" + value + "”";
  }

  /** Those of the newer order that must be taken out and put elsewhere to get it from the older: as few as possible. */
  static List<String> moved(Collection<String> before, Collection<String> after) {
    List<String> now = after.stream().filter(before::contains).toList();
    Map<String, Integer> stood = new HashMap<>();
    before.forEach(one -> stood.put(one, stood.size()));
    int[] length = new int[now.size()];
    int[] next = new int[now.size()];
    int longest = -1;
    for (int i = now.size() - 1; i >= 0; i--) {
      length[i] = 1;
      next[i] = -1;
      for (int j = i + 1; j < now.size(); j++) {
        if (stood.get(now.get(j)) > stood.get(now.get(i)) && length[j] + 1 > length[i]) {
          length[i] = length[j] + 1;
          next[i] = j;
        }
      }
      longest = longest < 0 || length[i] > length[longest] ? i : longest;
    }
    List<String> moved = new ArrayList<>(now);
    for (int i = longest; i >= 0; i = next[i]) {
      moved.remove(now.get(i));
    }
    return moved;
  }

  /** Every fact of a thing that is new. */
  static String listed(Map<String, String> facts, UnaryOperator<String> noun, BinaryOperator<String> shown) {
    return String.join("; ", facts.entrySet().stream()
        .map(one -> (noun.apply(one.getKey()) + " " + shown.apply(one.getKey(), one.getValue())).strip()).toList());
  }
}
