package org.followthrough.model;

import static org.followthrough.model.Facts.quoted;
import static org.followthrough.model.Facts.said;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.followthrough.page.DeployedForm;

/** What is otherwise between two versions of a page: its fields and texts, matched by their ids, else by their keys. */
final class PageDifference {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CHOICES = "values";
  private static final String REQUIRED = "validate/required";
  private static final Pattern CHOICE = Pattern.compile("values\\[(.*)](?:/(\\w+))?");
  private static final Map<String, String> NOUNS = Map.ofEntries(Map.entry("label", "label"), Map.entry("description", "explanation"),
      Map.entry("type", "kind of field"), Map.entry("subtype", "kind of date"), Map.entry("key", "key under which the answer is kept"),
      Map.entry("text", "text"), Map.entry("conditional/hide", "when it is hidden"), Map.entry("valuesKey", "list of its choices"),
      Map.entry("dateLabel", "label of the day"), Map.entry("timeLabel", "label of the time"),
      Map.entry("validate/maxLength", "number of letters at most"), Map.entry("validate/minLength", "number of letters at least"),
      Map.entry("validate/max", "largest number"), Map.entry("validate/min", "smallest number"),
      Map.entry("defaultValue", "what is filled in already"), Map.entry("readonly", "only to be read"),
      Map.entry("showOutline", "drawn with a frame"), Map.entry("properties/learning", "learning points"));

  private final Drawn before;
  private final Drawn after;

  /** @throws IllegalArgumentException when one of them cannot be read */
  PageDifference(byte[] before, byte[] after) {
    this.before = new Drawn(before);
    this.after = new Drawn(after);
  }

  /** Adds what differs; answers whether what stands in both is only laid out in other columns. */
  boolean collect(List<Change> changes) {
    Map<String, String> pairs = pairs();
    boolean[] arranged = {false};
    after.parts.forEach((id, part) -> {
      String old = pairs.get(id);
      if (old == null) {
        if (part.id().equals(Drawn.PAGE)) {
          return;
        }
        Map<String, String> facts = facts(part.drawn());
        facts.keySet().removeIf(path -> path.startsWith("layout/") || path.matches("id|label|type"));
        changes.add(new Change(after.place(part), "is new" + after.where(part) + ": "
            + DeployedForm.inModeler(part.drawn().path("type").asText()) + (facts.isEmpty() ? "" : "; ")
            + Facts.listed(facts, PageDifference::noun, PageDifference::spoken), Touches.PAGE));
        return;
      }
      Part was = before.parts.get(old);
      List<String> choicesGone = new ArrayList<>();
      List<String> choicesNew = new ArrayList<>();
      for (Facts.Fact fact : Facts.differing(facts(was.drawn()), facts(part.drawn()))) {
        Matcher choice = CHOICE.matcher(fact.path());
        boolean labelled = choice.matches() && "label".equals(choice.group(2));
        if (labelled && fact.now() == null) {
          choicesGone.add(quoted(fact.was()));
        } else if (labelled && fact.was() == null) {
          choicesNew.add(spoken(fact.path(), fact.now()));
        } else if (fact.path().startsWith("layout/")) {
          arranged[0] = true;
        } else {
          changes.add(new Change(before.place(was), said(fact.path(), fact.was(), fact.now()), Touches.PAGE));
        }
      }
      choices("gone", choicesGone, was, changes);
      choices("new", choicesNew, was, changes);
      order(was, part, changes);
      if (!Objects.equals(part.in().isEmpty() ? "" : pairs.get(part.in()), was.in())) {
        changes.add(new Change(before.place(was), "stood " + before.inside(was) + ", stands now " + after.inside(part), Touches.PAGE));
      }
    });
    before.parts.forEach((id, part) -> {
      boolean withItsGroup = !part.in().isEmpty() && !pairs.containsValue(part.in());
      if (!pairs.containsValue(id)) {
        changes.add(new Change(before.place(part), "is gone" + (withItsGroup ? ", with the group it stood in" : ""), Touches.PAGE));
      }
    });
    order(pairs, changes);
    return arranged[0];
  }

  /** Whom each part of the newer version is in the older: by id, else by the key under which the answer is kept. */
  private Map<String, String> pairs() {
    Map<String, String> pairs = new LinkedHashMap<>();
    after.parts.keySet().stream().filter(before.parts::containsKey).forEach(id -> pairs.put(id, id));
    after.parts.forEach((id, part) -> {
      String key = part.drawn().path("key").asText();
      if (!pairs.containsKey(id) && !key.isEmpty()) {
        before.parts.entrySet().stream().filter(one -> key.equals(one.getValue().drawn().path("key").asText())
            && !pairs.containsValue(one.getKey())).findFirst().ifPresent(one -> pairs.put(id, one.getKey()));
      }
    });
    return pairs;
  }

  private void order(Map<String, String> pairs, List<Change> changes) {
    Map<String, List<String>> inside = new LinkedHashMap<>();
    after.parts.forEach((id, part) -> inside.computeIfAbsent(part.in(), none -> new ArrayList<>()).add(id));
    inside.forEach((group, ids) -> {
      List<String> now = ids.stream().filter(pairs::containsKey).map(pairs::get)
          .filter(old -> before.parts.get(old).in().equals(group.isEmpty() ? "" : pairs.get(group))).toList();
      List<String> was = before.parts.keySet().stream().filter(now::contains).toList();
      Set<String> moved = new LinkedHashSet<>(Facts.moved(was, now));
      ids.stream().filter(id -> moved.contains(pairs.get(id))).forEach(id -> changes.add(
          new Change(after.place(after.parts.get(id)), "has moved; it stands now" + after.where(after.parts.get(id)), Touches.PAGE)));
    });
  }

  private void choices(String are, List<String> choices, Part of, List<Change> changes) {
    if (!choices.isEmpty()) {
      changes.add(new Change(before.place(of), (choices.size() == 1 ? "choice is " : "choices are ") + are + ": "
          + String.join("; ", choices), Touches.PAGE));
    }
  }

  private void order(Part was, Part now, List<Change> changes) {
    List<String> moved = Facts.moved(values(was), values(now));
    if (!moved.isEmpty()) {
      changes.add(new Change(before.place(was), "its choices stand in another order: "
          + String.join(", ", values(now).stream().map(value -> quoted(words(now.drawn(), value))).toList()), Touches.PAGE));
    }
  }

  private static Set<String> values(Part part) {
    Set<String> values = new LinkedHashSet<>();
    part.drawn().path(CHOICES).forEach(choice -> values.add(choice.path("value").asText()));
    return values;
  }

  /** A choice as it is offered. */
  private static String words(JsonNode field, String value) {
    for (JsonNode choice : field.path(CHOICES)) {
      if (choice.path("value").asText().equals(value)) {
        return choice.path("label").asText(value);
      }
    }
    return value;
  }

  private static String noun(String path) {
    Matcher choice = CHOICE.matcher(path);
    if (choice.matches()) {
      return "choice" + ("label".equals(choice.group(2)) ? "" : " " + quoted(choice.group(1)))
          + (choice.group(2) == null || "label".equals(choice.group(2)) ? "" : ", " + quoted(choice.group(2)));
    }
    return path.equals(REQUIRED) ? "must be answered" : NOUNS.getOrDefault(path, quoted(path));
  }

  /** What a new part says of itself. */
  private static String spoken(String path, String value) {
    Matcher choice = CHOICE.matcher(path);
    return path.equals(REQUIRED) && value.equals("true") ? "" : quoted(value)
        + (choice.matches() && "label".equals(choice.group(2)) ? ", kept as " + quoted(choice.group(1)) : "");
  }

  private static String said(String path, String was, String now) {
    if (path.equals(REQUIRED) && (was == null || now == null)) {
      return was == null && now.equals("true") ? "must be answered now" : now == null && was.equals("true")
          ? "need not be answered any more" : Facts.said(noun(path), was, now);
    }
    Matcher choice = CHOICE.matcher(path);
    if (choice.matches() && "label".equals(choice.group(2)) && was != null && now != null) {
      return "choice " + quoted(was) + " is called " + quoted(now) + " now";
    }
    if (path.equals("type") && was != null && now != null) {
      return Facts.said(noun(path), DeployedForm.inModeler(was), DeployedForm.inModeler(now));
    }
    return Facts.said(noun(path), was, now);
  }

  // Facts --------------------------------------------------------------------------------------------------------------

  private static Map<String, String> facts(JsonNode part) {
    Map<String, String> facts = new LinkedHashMap<>();
    collect(part, "", facts);
    if ("false".equals(facts.get(REQUIRED))) {
      facts.remove(REQUIRED);
    }
    return facts;
  }

  private static void collect(JsonNode node, String path, Map<String, String> facts) {
    if (node.isObject()) {
      node.properties().forEach(one -> {
        // parts are compared by themselves; which program saved the file changes nothing
        if (!(path.isEmpty() && Set.of("components", "exporter").contains(one.getKey()))) {
          collect(one.getValue(), path.isEmpty() ? one.getKey() : path + "/" + one.getKey(), facts);
        }
      });
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        JsonNode item = node.get(i);
        if (path.equals(CHOICES) && item.path("value").isTextual()) {
          String choice = CHOICES + "[" + item.path("value").asText() + "]";
          item.properties().stream().filter(one -> !one.getKey().equals("value"))
              .forEach(one -> collect(one.getValue(), choice + "/" + one.getKey(), facts));
          if (item.size() == 1) {
            Facts.add(facts, choice, "");
          }
        } else {
          collect(item, path + "[" + (i + 1) + "]", facts);
        }
      }
    } else if (!node.isNull()) {
      String text = node.asText();
      // a number that is written as a text is another thing
      Facts.add(facts, path, node.isTextual() && text.matches("true|false|-?\\d+(\\.\\d+)?") ? node.toString() : text);
    }
  }

  // A version ----------------------------------------------------------------------------------------------------------

  /** One field, text or group; the page itself too, under an empty id. */
  private record Part(String id, JsonNode drawn, String in, String label) {}

  /** One version, its parts in their order. */
  private static final class Drawn {

    private static final String PAGE = "the page";

    private final Map<String, Part> parts = new LinkedHashMap<>();

    Drawn(byte[] json) {
      if (json == null) {
        return;
      }
      try {
        JsonNode form = JSON.readTree(json);
        if (!form.isObject()) {
          throw new IllegalArgumentException("this is no page that can be read: it is no drawing of a form");
        }
        parts.put(PAGE, new Part(PAGE, form, "", PAGE));
        find(form, "");
      } catch (IOException unreadable) {
        throw new IllegalArgumentException("this is no page that can be read: " + unreadable.getMessage(), unreadable);
      }
    }

    private void find(JsonNode holder, String in) {
      for (JsonNode part : holder.path("components")) {
        String id = part.path("id").asText(part.path("key").asText());
        while (id.isEmpty() || parts.containsKey(id)) {
          id += "again";
        }
        parts.put(id, new Part(id, part, in, named(part, id)));
        find(part, id);
      }
    }

    /** Where a change is: a part, and its group where others are called the same. */
    private String place(Part part) {
      boolean alone = parts.values().stream().filter(other -> other.label().equals(part.label())).count() < 2;
      return alone || part.in().isEmpty() ? part.label() : part.label() + " in " + parts.get(part.in()).label();
    }

    /** A part as people see it. */
    private static String named(JsonNode part, String id) {
      String label = part.path("label").asText(part.path("dateLabel").asText(part.path("timeLabel").asText())).strip();
      if (!label.isEmpty()) {
        return quoted(label);
      }
      String text = part.path("text").asText().replaceAll("\\{\\{.*?}}|[*#_>]", "").strip().replaceAll("\\s+", " ");
      return text.isEmpty() ? quoted(part.path("key").asText(id))
          : "the text " + quoted(text.length() <= 40 ? text : text.substring(0, Math.max(20, text.lastIndexOf(' ', 40))) + "…");
    }

    private String inside(Part part) {
      return part.in().isEmpty() ? "outside of all groups" : "in " + parts.get(part.in()).label();
    }

    /** Where a part stands: after which other, in which group. */
    private String where(Part part) {
      String before = "";
      for (Part other : parts.values()) {
        if (other == part) {
          break;
        }
        before = other.in().equals(part.in()) && !other.id().equals(PAGE) ? " after " + other.label() : before;
      }
      return (before.isEmpty() ? " first" : before) + (part.in().isEmpty() ? "" : " in " + parts.get(part.in()).label());
    }
  }
}
