package org.followthrough.exchange;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.followthrough.move.Messages;
import org.followthrough.move.pack.Packs;
import org.followthrough.page.Refusal;
import org.springframework.core.io.ClassPathResource;

/**
 * One message as it came in, after everything that can be said about it without knowing the family was checked.
 *
 * @param body the whole message, as it came
 * @param sha256 of the body
 */
record Envelope(UUID id, String type, UUID move, String from, String to, Instant at, String body, String sha256) {

  /** The forms of message that we understand. */
  static final List<Integer> VERSIONS = List.of(Messages.VERSION);

  /** What only the authority says that the family comes from. */
  private static final Set<String> FROM_THE_SENDER = Set.of("first-call", "pack", "understood", "handed-over", "asked-again", "called-off");
  private static final Set<String> FROM_EITHER = Set.of("chase", "protecting");

  private static final String SCHEMA = "META-INF/resources/schema/exchange-message-1.json";
  private static final int DEEPEST = 32;
  private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final JsonSchema FORM;

  static {
    JSON.getFactory().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION).setStreamReadConstraints(StreamReadConstraints.builder()
        .maxStringLength(Integer.MAX_VALUE).maxNestingDepth(DEEPEST).build());
    try (InputStream schema = new ClassPathResource(SCHEMA).getInputStream()) {
      FORM = JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(schema,
          SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).pathType(PathType.JSON_POINTER).build());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether this word can only come from the authority that the family leaves, or reach it. */
  boolean fits(boolean incoming) {
    return FROM_EITHER.contains(type) || FROM_THE_SENDER.contains(type) == incoming;
  }

  /**
   * Reads what came in as JSON.
   *
   * @throws Refused when it is none
   */
  static JsonNode parsed(String content) throws Refused {
    try {
      JsonNode message = JSON.readTree(content);
      if (content.contains("\\u0000")) {
        throw new Refused(400, "There is a character in it that is no text.");
      }
      if (message.isObject()) {
        return message;
      }
    } catch (IOException e) {
      // falls through: what it says would quote the message
    }
    throw new Refused(400, "This is not one JSON object.");
  }

  /**
   * Checks what was read.
   *
   * @param content the same as it came in
   * @throws Refused when it is no message of a form that we understand
   */
  static Envelope of(JsonNode message, String content) throws Refused {
    JsonNode version = message.path("version");
    if (version.isIntegralNumber() && !VERSIONS.contains(version.asInt())) {
      throw new Refused(422, "We do not understand this version. We understand " + VERSIONS + ".");
    }
    for (ValidationMessage wrong : FORM.validate(message)) {
      // where, and which rule: never what stands there
      throw new Refused(422, "/type".equals(wrong.getInstanceLocation().toString()) ? "We know no message of this type."
          : "The message does not keep to its schema: " + wrong.getInstanceLocation() + " (" + wrong.getType() + ").");
    }
    if (message.path("type").asText().equals("pack")) {
      refuseUnlessWhole(message.path("fields"));
    }
    return new Envelope(UUID.fromString(message.path("id").asText()), message.path("type").asText(),
        UUID.fromString(message.path("move").asText()), message.path("from").asText(), message.path("to").asText(),
        at(message), content, Fingerprint.of(bytes(content)));
  }

  private static void refuseUnlessWhole(JsonNode fields) throws Refused {
    String pack = fields.path("pack").asText();
    if (!Fingerprint.of(bytes(pack)).equals(fields.path("sha256").asText())) {
      throw new Refused(422, "The pack is not the one that its fingerprint is of: /fields/sha256.");
    }
    try {
      Packs.check(pack);
    } catch (Refusal refusal) {
      throw new Refused(422, refusal.getMessage());
    }
  }

  private static Instant at(JsonNode message) throws Refused {
    try {
      return Instant.parse(message.path("at").asText());
    } catch (DateTimeException e) {
      throw new Refused(422, "The message does not keep to its schema: /at (no such moment).");
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
