package org.followthrough.move.pack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.followthrough.page.Words;

/** A pack of ours as if another authority had made it of people whom nobody here knows. */
public final class ForeignPack {

  private static final int LONG = 100_000;
  private static final String WRITTEN = "2026-12-01T09:00:00.000000Z";
  private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private ForeignPack() {}

  /** The same under their code, with ids of their own. */
  public static String from(String code, String document) {
    String theirs = ID.matcher(document).replaceAll(ours -> id(UUID.fromString(ours.group())).toString())
        .replace("\"authority\":\"borsetshire\"", "\"authority\":\"" + code + "\"");
    ObjectNode content = (ObjectNode) PackForm.parsed(theirs).get("content");
    ((ObjectNode) content.get("move").get("from")).put("code", code).put("name", Words.sentence(code));
    return PackForm.canonical(PackForm.document(content));
  }

  /** What they call whom we call so. */
  public static UUID id(UUID ours) {
    return UUID.nameUUIDFromBytes(ours.toString().getBytes(StandardCharsets.UTF_8));
  }

  public static JsonNode content(String document) {
    return PackForm.parsed(document).get("content");
  }

  /**
   * A pack of few words.
   *
   * @param children who moves, by their ids there
   * @param actions what is open, by the fields of an agreed action
   * @param mustChange what is not reached for the first of them
   */
  public static String of(String code, UUID move, List<String> children, List<Map<String, Object>> actions, List<String> mustChange) {
    ObjectNode content = PackForm.JSON.createObjectNode();
    List.of("people", "network", "legalStatus", "chronology", "episodes", "plans", "actions", "meetings", "assessments",
        "visits", "enquiries", "protections", "support")
        .forEach(content::putArray);
    ObjectNode about = content.putObject("move").put("id", move.toString()).put("madeAt", WRITTEN).put("madeBy", "Ann Boyle")
        .put("destination", "england-or-wales").put("onlyForATime", false).put("learnedAt", WRITTEN);
    about.putObject("from").put("code", code).put("name", code);
    children.forEach(child -> about.withArray("children").addObject().put("child", child));
    about.withArray("children");
    children.forEach(child -> content.withArray("people").addObject().put("id", child).put("child", true).put("addressProtected", false)
        .put("interpreter", false).putArray("names"));
    actions.forEach(action -> content.withArray("actions").add(child(PackForm.JSON.valueToTree(action)).put("authority", code)
        .put("stands", "accepted").put("recordedAt", WRITTEN).put("recordedBy", "Ann Boyle")
        .set("reviews", PackForm.JSON.createArrayNode())));
    if (!mustChange.isEmpty()) {
      ObjectNode plan = content.withArray("plans").addObject().put("id", UUID.randomUUID().toString()).put("authority", code)
          .put("child", children.get(0)).put("kind", "child-in-need").put("begunOn", WRITTEN.substring(0, 10)).put("recordedAt", WRITTEN)
          .put("recordedBy", "Ann Boyle");
      mustChange.forEach(one -> plan.withArray("rows").addObject().put("id", UUID.randomUUID().toString()).put("risk", "he is left alone")
          .put("mustChange", one).put("recordedAt", WRITTEN).put("recordedBy", "Ann Boyle"));
    }
    return PackForm.canonical(PackForm.document(content));
  }

  /** A whole pack that is at least so many characters long. */
  public static String ofSize(String code, UUID move, int size) {
    List<Map<String, Object>> actions = new ArrayList<>();
    for (int length = 0; length < size; length += LONG) {
      actions.add(Map.of("id", UUID.randomUUID().toString(), "what", "x".repeat(LONG), "namedPerson", "Joan Patel",
          "agency", "school", "dueOn", "2026-12-24"));
    }
    return of(code, move, List.of(), actions, List.of());
  }

  private static ObjectNode child(ObjectNode action) {
    JsonNode child = action.remove("forChild");
    return child == null ? action : action.set("child", child);
  }
}
