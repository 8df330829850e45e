package org.followthrough.move.pack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import org.followthrough.page.Refusal;
import org.springframework.core.io.ClassPathResource;

/**
 * The form of a pack: a JSON document with its content and a hash over it, as {@code schema/family-pack-1.json} publishes it.
 *
 * <p>The hash is taken over the canonical form of the content (RFC 8785: keys sorted, no white space, UTF-8), so it says that the content
 * is the same, however somebody's software has laid it out on the way. The form knows no fractions and no control characters, which
 * other canonical writers could spell differently.
 */
final class PackForm {

  /** The version that we write, and the only one that we read. */
  static final String SCHEMA = "follow-through/family-pack/1";
  /** Ten thousand lines of chronology are a tenth of it. */
  static final int LONGEST = 50_000_000;

  static final ObjectMapper JSON = JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  private static final JsonSchema PUBLISHED = published();

  private PackForm() {}

  private static JsonSchema published() {
    try (InputStream file = new ClassPathResource("META-INF/resources/schema/family-pack-1.json").getInputStream()) {
      return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(JSON.readTree(file),
          SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).failFast(true).build());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The document of a content. */
  static ObjectNode document(ObjectNode content) {
    ObjectNode document = JSON.createObjectNode();
    document.put("schema", SCHEMA);
    document.put("sha256", sha256(canonical(content)));
    document.set("content", content);
    return document;
  }

  /** Where a document does not follow the published form, and against which of its words; empty where it does. */
  static String fault(JsonNode document) {
    Set<ValidationMessage> faults = PUBLISHED.validate(document);
    // the place and the rule, never what stands there; from the fourth step on keys may be theirs too
    return faults.stream().findFirst().map(fault -> fault.getInstanceLocation().toString().replaceFirst("^((?:/[^/]*){3}).*", "$1")
        + " (" + fault.getType() + ")").orElse("");
  }

  /**
   * Reads a document that somebody else has made.
   *
   * @throws Refusal when it is none, is too large, follows another form, or its hash is that of another content
   */
  static ObjectNode read(String document) {
    if (document == null || document.length() > LONGEST) {
      throw new Refusal("pack", document == null ? "There is no pack."
          : "The pack is larger than a family’s pack can be. Ask the sender what went wrong.");
    }
    JsonNode read;
    try {
      read = JSON.readTree(document);
    } catch (JsonProcessingException e) {
      // its message quotes what stands there
      throw new Refusal("pack", "The pack cannot be read: it is damaged, or no pack. Ask the sender to send it again.");
    }
    if (!read.path("schema").asText().equals(SCHEMA)) {
      throw new Refusal("pack", "The pack is of a form that is not known here. Known is “" + SCHEMA + "”.");
    }
    String fault = fault(read);
    if (!fault.isEmpty()) {
      throw new Refusal("pack", "The pack does not follow its published form at " + fault + ". Ask the sender to send it again.");
    }
    refuseUnwritable(read);
    if (!sha256(canonical(read.get("content"))).equals(read.get("sha256").asText())) {
      throw new Refusal("pack", "The pack is not as it was made: its hash is that of another content. Ask the sender to send it again.");
    }
    return (ObjectNode) read;
  }

  /** What no database keeps and no two writers spell alike. */
  private static void refuseUnwritable(JsonNode node) {
    if (node.isTextual() && !writable(node.asText()).equals(node.asText())) {
      throw new Refusal("pack", "The pack holds characters that are none. Ask the sender to send it again.");
    }
    node.forEach(PackForm::refuseUnwritable);
  }

  /** A text without control characters, but for line ends and tabs, and without halves of characters. */
  static String writable(String text) {
    boolean odd = text.chars().anyMatch(c -> c < ' ' && c != '\n' && c != '\t' && c != '\r' || Character.isSurrogate((char) c));
    return odd ? new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)
        .replaceAll("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f]", " ") : text;
  }

  /** Keys sorted, no white space. */
  static String canonical(JsonNode node) {
    try {
      return JSON.writeValueAsString(JSON.convertValue(node, Object.class));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** JSON that the database or we have written. */
  static JsonNode parsed(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static String sha256(String text) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
