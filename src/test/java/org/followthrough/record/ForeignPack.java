package org.followthrough.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.regex.Pattern;

/** A pack of ours as if another authority had made it of people whom nobody here knows. */
public final class ForeignPack {

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
}
