package org.followthrough.model;

import static org.followthrough.model.Facts.quoted;
import static org.followthrough.model.Facts.said;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.followthrough.page.Words;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** What is otherwise between two versions of a table: its columns and rows, matched by their ids, cell by cell. */
final class TableDifference {

  private static final String DEADLINES = "deadlines";
  /** Where the order of rows decides what comes out. */
  private static final Set<String> IN_ORDER = Set.of("FIRST", "RULE ORDER", "OUTPUT ORDER", "COLLECT");
  private static final List<String> COLUMNS = List.of("input", "output");
  private static final Map<String, String> NOUNS = Map.ofEntries(Map.entry("@name", "name"), Map.entry("@label", "label"),
      Map.entry("kind", "kind of element"), Map.entry("description", "explanation"),
      Map.entry("inputExpression/text", "what is looked at"),
      Map.entry("inputExpression/@typeRef", "type"), Map.entry("@typeRef", "type"), Map.entry("inputValues/text", "values it may have"),
      Map.entry("outputValues/text", "values it may have"), Map.entry("@hitPolicy", "hit policy"),
      Map.entry("@aggregation", "how hits are put together"),
      Map.entry("@camunda:historyTimeToLive", "days for which its history is kept"), Map.entry("@camunda:versionTag", "version tag"));

  private final Drawn before;
  private final Drawn after;

  /** @throws IllegalArgumentException when one of them cannot be read */
  TableDifference(byte[] before, byte[] after) {
    this.before = new Drawn(before);
    this.after = new Drawn(after);
  }

  /** Adds what differs; answers whether only columns are wider or boxes elsewhere. */
  boolean collect(List<Change> changes) {
    Set<String> places = new LinkedHashSet<>(after.things.keySet());
    places.addAll(before.things.keySet());
    for (String id : places) {
      Element was = before.things.get(id);
      Element now = after.things.get(id);
      if (now == null) {
        String with = "rule".equals(was.getLocalName()) ? "; it was " + before.content(was) : "";
        changes.add(new Change(before.place(was), "is gone" + with, before.touches(was)));
      } else if (was == null && !id.equals(Drawn.FILE)) {
        boolean row = "rule".equals(now.getLocalName());
        String with = row ? after.position(now) + ": " + after.content(now) : listed(now);
        changes.add(new Change(after.place(now), "is new" + with, after.touches(now)));
      } else if (was != null) {
        compare(was, now, changes);
      }
    }
    after.tables().forEach(table -> order(table, changes));
    return Xml.arrangedAnew(before.model, after.model, before.things.keySet(), after.things.keySet());
  }

  private String listed(Element now) {
    Map<String, String> said = own(now);
    said.remove("kind");
    String facts = Facts.listed(said, TableDifference::noun, (path, value) -> quoted(value));
    return facts.isEmpty() ? "" : ": " + facts;
  }

  private static Map<String, String> own(Element thing) {
    Map<String, String> facts = Xml.facts(thing, child -> Drawn.isThing(child)
        || child.getLocalName().endsWith("Entry") && child.getParentNode() == thing);
    facts.put("kind", Xml.name(thing));
    if (!Set.of(Drawn.FILE, "decisionTable").contains(thing.getLocalName())) {
      facts.remove("@id");
    }
    return facts;
  }

  private static String noun(String path) {
    int at = path.lastIndexOf('@');
    return NOUNS.getOrDefault(path, at < 0 ? quoted(path) : "attribute " + quoted(path.substring(at + 1)).replace("camunda:", "")
        + (at == 0 ? "" : " of " + quoted(path.substring(0, at - 1))));
  }

  private void compare(Element was, Element now, List<Change> changes) {
    String place = before.place(was);
    Facts.differing(own(was), own(now)).forEach(fact -> changes.add(new Change(place, said(noun(fact.path()), fact.was(), fact.now()),
        fact.path().matches("description|@label") ? Touches.WORDING : after.touches(now))));
    if (!"rule".equals(now.getLocalName())) {
      return;
    }
    Map<String, Element> cellsBefore = before.cells(was);
    Map<String, Element> cellsNow = after.cells(now);
    cellsBefore.forEach((column, cell) -> {
      // with a column all its cells go
      if (!cellsNow.containsKey(column) && after.things.containsKey(column)) {
        changes.add(new Change(place, said(after.column(column), Drawn.shown(Drawn.value(cell)), null), after.touches(column)));
      }
    });
    cellsNow.forEach((column, cell) -> {
      Element old = cellsBefore.get(column);
      String label = after.column(column);
      if (old == null) {
        if (!Drawn.value(cell).isEmpty()) {
          changes.add(new Change(place, said(label, null, Drawn.shown(Drawn.value(cell))), after.touches(column)));
        }
        return;
      }
      Facts.differing(Xml.facts(old, none -> false), Xml.facts(cell, none -> false)).forEach(fact -> changes.add(new Change(place,
          fact.path().equals("text") ? said(label, shown(fact.was(), fact.now()), shown(fact.now(), fact.was()))
              : label + ": " + said(noun(fact.path()), fact.was(), fact.now()), after.touches(column))));
    });
  }

  /** Without its quotation marks, unless another would then read the same. */
  private static String shown(String value, String beside) {
    return value == null ? null : beside != null && Drawn.shown(value).equals(Drawn.shown(beside)) ? value : Drawn.shown(value);
  }

  private void order(Element table, List<Change> changes) {
    Element old = before.things.get(Drawn.key(table));
    if (old == null) {
      return;
    }
    if (IN_ORDER.contains(table.getAttribute("hitPolicy"))) {
      moved(old, table, "rule").forEach(id -> changes.add(new Change(before.place(before.things.get(id)),
          "stands now" + after.position(after.things.get(id)), after.touches(id))));
    }
    COLUMNS.forEach(kind -> moved(old, table, kind).forEach(id -> changes.add(new Change(after.place(after.things.get(id)),
        "stands at another place of the table", Touches.DRAWING))));
  }

  private List<String> moved(Element old, Element table, String kind) {
    return Facts.moved(Drawn.ids(old, kind), Drawn.ids(table, kind)).stream().filter(after.things::containsKey).toList();
  }

  // A version ----------------------------------------------------------------------------------------------------------

  /** One version, its tables, columns and rows by their ids. */
  private static final class Drawn {

    private static final String FILE = "definitions";

    private final Document model;
    private final Map<String, Element> things = new LinkedHashMap<>();

    Drawn(byte[] xml) {
      model = xml == null ? null : Xml.read(xml);
      if (model != null) {
        find(model.getDocumentElement());
      }
    }

    private void find(Element element) {
      if (isThing(element)) {
        things.put(key(element), element);
        Xml.children(element).forEach(this::find);
      }
    }

    private static boolean isThing(Element element) {
      String name = element.getLocalName();
      return name.equals(FILE) || element.hasAttribute("id") && !Xml.drawing(element)
          && Set.of("decision", "decisionTable", "rule", "input", "output", "inputData", "knowledgeSource",
          "businessKnowledgeModel").contains(name);
    }

    /** A decision has one table, whatever its id. */
    private static String key(Element element) {
      return switch (element.getLocalName()) {
        case FILE -> FILE;
        case "decisionTable" -> ((Element) element.getParentNode()).getAttribute("id") + " table";
        default -> element.getAttribute("id");
      };
    }

    private List<Element> tables() {
      return things.values().stream().filter(one -> "decisionTable".equals(one.getLocalName())).toList();
    }

    /** The ids of columns or rows; what has none is told by its number. */
    private static List<String> ids(Element table, String kind) {
      List<String> ids = new ArrayList<>();
      Xml.children(table, kind).forEach(one -> ids.add(one.hasAttribute("id") ? one.getAttribute("id") : kind + " " + (ids.size() + 1)));
      return ids;
    }

    /** The cells of a row by the ids of their columns. */
    private Map<String, Element> cells(Element row) {
      Element table = (Element) row.getParentNode();
      Map<String, Element> cells = new LinkedHashMap<>();
      for (String kind : COLUMNS) {
        List<String> columns = ids(table, kind);
        List<Element> entries = Xml.children(row, kind + "Entry");
        for (int i = 0; i < entries.size(); i++) {
          cells.put(i < columns.size() ? columns.get(i) : kind + " " + (i + 1), entries.get(i));
        }
      }
      return cells;
    }

    private static String value(Element cell) {
      return Xml.children(cell, "text").stream().map(Xml::text).collect(Collectors.joining());
    }

    private static String shown(String cell) {
      return cell.matches("\"[^\"]*\"") ? cell.substring(1, cell.length() - 1) : cell;
    }

    private String column(String id) {
      Element column = things.get(id);
      return column == null ? quoted(id) : Stream.of("label", "name", "id").map(column::getAttribute)
          .filter(name -> !name.isBlank()).findFirst().orElse(id);
    }

    private boolean ofDeadlines(Element thing) {
      for (var up = thing; up != null; up = up.getParentNode() instanceof Element parent ? parent : null) {
        if (DEADLINES.equals(up.getAttribute("id"))) {
          return true;
        }
      }
      return false;
    }

    private Touches touches(Element thing) {
      return FILE.equals(thing.getLocalName()) ? Touches.WORDING : ofDeadlines(thing) ? Touches.CLOCK : Touches.DECISION;
    }

    /** What a column concerns, and what a row does. */
    private Touches touches(String id) {
      Element column = things.get(id);
      if (column == null || !ofDeadlines(column)) {
        return Touches.DECISION;
      }
      return switch (column.getAttribute("name")) {
        case "escalateTo" -> Touches.OWNER;
        case "source" -> Touches.WORDING;
        default -> Touches.CLOCK;
      };
    }

    private String place(Element thing) {
      return switch (thing.getLocalName()) {
        case FILE -> "the file";
        case "rule" -> row(thing);
        case "input", "output" -> "column " + quoted(column(thing.getAttribute("id")));
        case "decisionTable" -> place((Element) thing.getParentNode());
        default -> quoted(thing.getAttribute("name").isBlank() ? thing.getAttribute("id") : thing.getAttribute("name"));
      };
    }

    /** A row in the words of its table: "referral, Decide response", else its number and what it fits. */
    private String row(Element row) {
      Map<String, Element> cells = cells(row);
      List<String> fits = new ArrayList<>();
      cells.forEach((column, cell) -> {
        String value = shown(value(cell));
        if (cell.getLocalName().equals("inputEntry") && !value.isEmpty()) {
          fits.add(!ofDeadlines(row) ? column(column) + " " + value : fits.isEmpty() ? value : Words.label(value));
        }
      });
      return ofDeadlines(row) ? String.join(", ", fits)
          : "row " + number(row) + (fits.isEmpty() ? " (whatever is given)" : " (" + String.join(", ", fits) + ")");
    }

    private int number(Element row) {
      return Xml.children((Element) row.getParentNode(), "rule").indexOf(row) + 1;
    }

    /** Where a row stands, if that matters. */
    private String position(Element row) {
      if (!IN_ORDER.contains(((Element) row.getParentNode()).getAttribute("hitPolicy"))) {
        return "";
      }
      int number = number(row);
      return number == 1 ? " first of all" : " after " + row(Xml.children((Element) row.getParentNode(), "rule").get(number - 2));
    }

    /** What a row answers; what it fits is its name. */
    private String content(Element row) {
      List<String> content = new ArrayList<>();
      cells(row).forEach((column, cell) -> {
        if (cell.getLocalName().equals("outputEntry") && !value(cell).isEmpty()) {
          content.add(column(column) + " " + quoted(shown(value(cell))));
        }
      });
      Xml.children(row, "description").forEach(one -> content.add("explanation " + quoted(Xml.text(one))));
      return String.join("; ", content);
    }
  }
}
