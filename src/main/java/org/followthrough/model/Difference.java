package org.followthrough.model;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.followthrough.page.Words;

/**
 * What is otherwise between two versions of a process, a table or a page, in words. Nothing that is deployed is left unsaid: what
 * has no sentence of its own is named by its attribute. Left out is what the engine does not read: white space, comments, prefixes,
 * which Modeler saved the file, and the ids of the drawing.
 */
public final class Difference {

  private Difference() {}

  /**
   * The changes from one version of a file to another, in the order of the newer one.
   *
   * @param file its name, with or without folders; its ending says what it is
   * @param before what is in force; null for a file that is new
   * @param after what is proposed; null for a file that goes
   * @return empty where nothing differs that anybody could notice
   * @throws IllegalArgumentException when a version cannot be read, or the file is no .bpmn, .dmn or .form
   */
  public static List<Change> between(String file, byte[] before, byte[] after) {
    if (before == null && after == null) {
      return List.of();
    }
    String name = file.replaceAll(".*/", "");
    Kind kind = Kind.of(name);
    String place = "“" + Words.sentence(name.replaceAll("\\.\\w+$", "")) + "”";
    if (after == null) {
      return List.of(new Change(place, "the " + kind.word + " goes, with everything in it", kind.touches));
    }
    List<Change> changes = new ArrayList<>();
    if (before == null) {
      changes.add(new Change(place, "the " + kind.word + " is new", kind.touches));
    }
    boolean arranged = switch (kind) {
      case PROCESS -> new ProcessDifference(before, after).collect(changes);
      case TABLE -> new TableDifference(before, after).collect(changes);
      case FORM -> new PageDifference(before, after).collect(changes);
    };
    if (arranged && before != null) {
      changes.add(new Change(place, (kind == Kind.FORM ? "the page" : "the drawing") + " is arranged anew"
          + (changes.isEmpty() ? "; nothing else changes" : ""), Touches.DRAWING));
    }
    return List.copyOf(changes);
  }

  private enum Kind {

    PROCESS("process", Touches.STEP), TABLE("table", Touches.DECISION), FORM("page", Touches.PAGE);

    private final String word;
    private final Touches touches;

    Kind(String word, Touches touches) {
      this.word = word;
      this.touches = touches;
    }

    private static Kind of(String name) {
      if (name.endsWith(".bpmn")) {
        return PROCESS;
      }
      if (name.endsWith(".dmn")) {
        return TABLE;
      }
      if (name.endsWith(".form")) {
        return FORM;
      }
      throw new IllegalArgumentException("“" + name + "” is no process, table or page: it must end with .bpmn, .dmn or .form");
    }
  }

  /**
   * All changes of a proposal in one sentence: "Changes 1 time limit, 2 pages."
   *
   * @param changes the changes of each file, by its name
   */
  public static String inShort(Map<String, List<Change>> changes) {
    Map<Touches, Set<String>> places = new EnumMap<>(Touches.class);
    changes.forEach((file, ofFile) -> ofFile.forEach(change -> places.computeIfAbsent(change.touches(), none -> new HashSet<>())
        .add(file + (file.endsWith(".form") || change.touches() == Touches.DRAWING ? "" : change.place()))));
    if (places.isEmpty()) {
      return "Changes nothing.";
    }
    return "Changes " + String.join(", ", places.entrySet().stream()
        .map(one -> one.getKey().counted(one.getValue().size())).toList()) + ".";
  }
}
