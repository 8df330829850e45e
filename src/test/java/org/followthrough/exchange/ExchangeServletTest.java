package org.followthrough.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.followthrough.InTheHouse;
import org.followthrough.Practice;
import org.followthrough.TheRecord;
import org.followthrough.Visitor;
import org.followthrough.move.pack.ForeignPack;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Nobody comes in who has not shown who they are, and nothing that is not what it says it is. */
@InTheHouse
@ExtendWith(OutputCaptureExtension.class)
class ExchangeServletTest extends Neighbours {

  private static final ObjectMapper JSON = new ObjectMapper();
  /** In no model, form or message of ours. */
  private static final String PLANTED = "Quillfeather";

  @LocalServerPort int port;
  @Autowired ExchangeConnector connector;
  @Autowired Practice practice;
  @Autowired TheRecord record;

  @BeforeEach
  void aMondayMorning() {
    practice.itIs("2026-11-23T10:00");
    record.change("delete from inbox");
    record.change("delete from exchange_audit");
  }

  // Who they are ------------------------------------------------------------------------------------------------------

  @Test
  void whoever_shows_a_certificate_of_the_address_book_hears_which_versions_we_understand() throws Exception {
    HttpResponse<String> answer = as("barchester").send(HttpRequest.newBuilder(door("/exchange")).build(), BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(JSON.readTree(answer.body())).isEqualTo(JSON.readTree("{\"authority\":\"borsetshire\",\"versions\":[1]}"));
    assertThat(audit()).containsExactly("barchester: versions asked");
  }

  @Test
  void whoever_shows_no_certificate_does_not_come_in_at_all() {
    HttpClient nobody = HttpClient.newBuilder().sslContext(KEYS.context(null, "barchester")).build();
    assertThatThrownBy(() -> nobody.send(HttpRequest.newBuilder(door("/exchange")).build(), BodyHandlers.ofString()))
        .isInstanceOf(IOException.class);
    assertThat(audit()).isEmpty();
  }

  @Test
  void whoever_stands_in_no_address_book_is_refused_although_trusted() throws Exception {
    HttpResponse<String> answer = post("plumstead", text(aReceipt()));
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("Nobody in our address book");
    assertThat(audit()).containsExactly("nobody: refused 403");
    assertThat(record.count("select count(*) from inbox where authority = 'plumstead'")).isZero();
  }

  @Test
  void an_older_way_to_encrypt_is_refused() {
    HttpClient old = HttpClient.newBuilder().sslContext(KEYS.context("barchester", "barchester"))
        .sslParameters(new SSLParameters(null, new String[] {"TLSv1.2"})).build();
    assertThatThrownBy(() -> old.send(HttpRequest.newBuilder(door("/exchange")).build(), BodyHandlers.ofString()))
        .isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/exchange", "/exchange/", "/exchange/messages", "/exchange;x=y", "/%65xchange", "//exchange",
      "/./exchange/messages"})
  void the_exchange_is_nowhere_but_behind_its_own_door(String path) {
    Visitor worker = Visitor.at(port, "worker");
    for (String method : List.of("GET", "POST", "PUT", "OPTIONS")) {
      HttpResponse<String> answer = worker.send(method, path, null, null);
      assertThat(answer.statusCode()).as("%s %s", method, path).isIn(302, 400, 403, 404);
      assertThat(answer.body()).as("%s %s", method, path).doesNotContain("address book", "versions");
    }
    assertThat(audit()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/login", "/camunda/app/tasklist/default/", "/engine-rest/task", "/api/session", "/actuator/health",
      "/actuator/env", "/assets/login.css", "/schema/exchange-message-1.json", "/error", "/exchangeable", "/exchange/../login",
      "/exchange/..;/api/session", "/no-such-page"})
  void nothing_but_the_exchange_is_behind_its_door(String path) throws Exception {
    for (String method : List.of("GET", "POST")) {
      HttpResponse<String> answer = as("barchester").send(HttpRequest.newBuilder(door(path)).method(method, BodyPublishers.noBody())
          .build(), BodyHandlers.ofString());
      assertThat(answer.statusCode()).as("%s %s", method, path).isIn(400, 404);
      assertThat(answer.body()).as("%s %s", method, path).doesNotContain("<html", "UP", "$schema");
    }
  }

  @Test
  void anything_else_that_is_asked_there_is_not_there() throws Exception {
    for (String method : List.of("PUT", "DELETE", "PATCH", "GET")) {
      assertThat(as("barchester").send(HttpRequest.newBuilder(door("/exchange/messages")).method(method, BodyPublishers.noBody()).build(),
          BodyHandlers.ofString()).statusCode()).as(method).isEqualTo(404);
    }
    assertThat(audit()).hasSize(4).containsOnly("barchester: refused 404");
  }

  // What they bring -----------------------------------------------------------------------------------------------------

  @Test
  void a_message_is_kept_once_however_often_it_comes() throws Exception {
    ObjectNode message = aReceipt();
    assertThat(post("barchester", text(message)).statusCode()).isEqualTo(202);
    assertThat(post("barchester", text(message)).statusCode()).isEqualTo(200);
    assertThat(record.texts("select authority || ' ' || type || ' ' || (body = ?) || ' ' || sha256 from inbox where id = ?",
        text(message), id(message)))
        .containsExactly("barchester receipt true " + Fingerprint.of(text(message).getBytes(StandardCharsets.UTF_8)));
    assertThat(audit()).containsExactly("barchester: message kept", "barchester: message here before");
  }

  @Test
  void another_message_under_the_same_id_is_refused_and_the_first_stays() throws Exception {
    ObjectNode message = aReceipt();
    post("barchester", text(message));
    fields(message).put("receivedBy", PLANTED);
    refused(409, "Another message is here under this id.", post("barchester", text(message)));
    assertThat(record.text("select body from inbox where id = ?", id(message))).doesNotContain(PLANTED);
  }

  @Test
  void one_authority_cannot_speak_for_another() throws Exception {
    ObjectNode message = aReceipt();
    refused(403, "the one whom this message is from", post("framley", text(message)));
    assertThat(record.count("select count(*) from inbox where id = ?", id(message))).isZero();
  }

  @Test
  void a_message_to_somebody_else_is_refused() throws Exception {
    ObjectNode message = aReceipt();
    message.put("to", "framley");
    refused(403, "not to us", post("barchester", text(message)));
  }

  @Test
  void one_authority_cannot_speak_about_the_moves_of_another() throws Exception {
    ObjectNode message = aReceipt();
    message.put("from", "framley");
    refused(403, "This move is not between you and us.", post("framley", text(message)));

    // nor take over one that is only announced yet
    ObjectNode announced = aMessage("called-off", UUID.randomUUID(), fields -> fields.put("why", "They stay."));
    assertThat(post("barchester", text(announced)).statusCode()).isEqualTo(202);
    announced.put("id", UUID.randomUUID().toString()).put("from", "framley");
    refused(403, "This move is not between you and us.", post("framley", text(announced)));
  }

  @Test
  void nobody_says_what_is_for_the_other_side_to_say() throws Exception {
    refused(403, "not for you to say", post("barchester", text(aMessage("handed-over", aMove(false, null), fields -> {
      fields.put("happenedAt", "2026-11-23T09:00");
      fields.putArray("children").add(UUID.randomUUID().toString());
    }))));
    // a move of which we never told them
    refused(403, "not for you to say", post("barchester", text(aMessage("receipt", UUID.randomUUID(),
        fields -> fields.put("receivedBy", "Ann Lee").put("happenedAt", "2026-11-23T09:00")))));
  }

  @Test
  void a_pack_under_a_new_id_is_refused_once_its_family_is_accepted() throws Exception {
    UUID accepted = aMove(true, "2026-11-20T10:00");
    ObjectNode pack = aPack(accepted, whole(accepted, 0));
    refused(409, "accepted this family already", post("barchester", text(pack)));
    UUID open = aMove(true, null);
    assertThat(post("barchester", text(aPack(open, whole(open, 0)))).statusCode()).isEqualTo(202);
  }

  @Test
  void a_family_is_announced_once() throws Exception {
    refused(409, "announced to us before", post("barchester", text(aFirstCall(aMove(true, null)))));
    UUID move = UUID.randomUUID();
    assertThat(post("barchester", text(aFirstCall(move))).statusCode()).isEqualTo(202);
    refused(409, "announced to us before", post("barchester", text(aFirstCall(move))));
  }

  @Test
  void a_stay_may_be_announced_once_more_for_good() throws Exception {
    UUID move = UUID.randomUUID();
    ObjectNode stay = aFirstCall(move);
    fields(stay).put("onlyForATime", true);
    assertThat(post("barchester", text(stay)).statusCode()).isEqualTo(202);
    stay.put("id", UUID.randomUUID().toString());
    refused(409, "announced to us before", post("barchester", text(stay)));
    assertThat(post("barchester", text(aFirstCall(move))).statusCode()).isEqualTo(202);
    refused(409, "announced to us before", post("barchester", text(aFirstCall(move))));
    refused(409, "announced to us before", post("barchester", text(stay)));
  }

  @Test
  void a_pack_that_is_not_the_one_of_its_fingerprint_is_refused() throws Exception {
    ObjectNode pack = aPack(UUID.randomUUID(), "{}");
    fields(pack).put("pack", "{\"" + PLANTED + "\":1}");
    refused(422, "/fields/sha256", post("barchester", text(pack)));

    UUID move = UUID.randomUUID();
    String made = ForeignPack.of("barchester", move, List.of(), List.of(), List.of());
    refused(422, "not as it was made", post("barchester", text(aPack(move, made.replace("Ann Boyle", PLANTED)))));
    refused(422, "published form", post("barchester", text(aPack(move, made.replace("\"madeBy\"", "\"" + PLANTED + "\"")))));
    refused(422, "form that is not known", post("barchester", text(aPack(move, made.replace("family-pack/1", "family-pack/2")))));
  }

  @Test
  void what_is_too_large_is_refused_whatever_it_says_of_its_length() throws Exception {
    byte[] large = text(aPack(UUID.randomUUID(), "x".repeat(1_100_000))).getBytes(StandardCharsets.UTF_8);
    refused(413, "larger than", as("barchester").send(HttpRequest.newBuilder(door("/exchange/messages"))
        .POST(BodyPublishers.ofByteArray(large)).build(), BodyHandlers.ofString()));
    // in pieces, without a length
    refused(413, "larger than", as("barchester").send(HttpRequest.newBuilder(door("/exchange/messages"))
        .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large))).build(), BodyHandlers.ofString()));
    // just below it passes
    UUID move = UUID.randomUUID();
    assertThat(post("barchester", text(aPack(move, whole(move, 900_000)))).statusCode()).isEqualTo(202);
  }

  @Test
  void half_a_message_leaves_nothing_behind() throws Exception {
    String message = text(aPack(UUID.randomUUID(), "x".repeat(100_000)));
    try (SSLSocket socket = (SSLSocket) KEYS.context("barchester", "barchester").getSocketFactory()
        .createSocket("localhost", connector.port())) {
      OutputStream out = socket.getOutputStream();
      out.write(("POST /exchange/messages HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + message.length() + "\r\n\r\n"
          + message.substring(0, 50_000))
          .getBytes(StandardCharsets.UTF_8));
      out.flush();
    }
    for (int i = 0; i < 100 && audit().isEmpty(); i++) {
      Installation.pause(50);
    }
    assertThat(audit()).containsExactly("barchester: cut off");
    assertThat(record.count("select count(*) from inbox where body like ?", message.substring(0, 100) + "%")).isZero();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
      "nothing                | ~~                       | 400 | not one JSON object",
      "no JSON                | {\"id\": Quillfeather}   | 400 | not one JSON object",
      "half of it             | {\"id\": \"Quillfeather  | 400 | not one JSON object",
      "a list                 | [\"Quillfeather\"]       | 400 | not one JSON object",
      "two of them            | {} {\"Quillfeather\":1}  | 400 | not one JSON object",
      "one key twice          | {\"id\":\"Quillfeather\",\"id\":1} | 400 | not one JSON object",
      "nothing of a message   | {\"Quillfeather\":1}     | 422 | does not keep to its schema",
      "another version        | {\"version\":2,\"by\":\"Quillfeather\"} | 422 | We do not understand this version"})
  void what_is_no_message_is_refused(String what, String body, int status, String why) throws Exception {
    refused(status, why, post("barchester", body));
  }

  @Test
  void an_unknown_version_hears_which_ones_are_known() throws Exception {
    ObjectNode message = aReceipt();
    message.put("version", 7);
    HttpResponse<String> answer = post("barchester", text(message));
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(JSON.readTree(answer.body()).path("versions")).isEqualTo(JSON.readTree("[1]"));
  }

  @Test
  void deep_and_broken_text_is_refused() throws Exception {
    refused(400, "not one JSON object", post("barchester", "{\"a\":".repeat(500) + "1" + "}".repeat(500)));
    refused(400, "no text", post("barchester", "{\"Quillfeather\":\"a\\u0000\"}"));
    refused(400, "UTF-8", as("barchester").send(HttpRequest.newBuilder(door("/exchange/messages"))
        .POST(BodyPublishers.ofByteArray(new byte[] {'{', '"', (byte) 0xc3, '"', ':', '1', '}'})).build(), BodyHandlers.ofString()));
  }

  @ParameterizedTest(name = "{0} = {1}")
  @CsvSource(delimiter = '|', value = {
      "/type          | \"Quillfeather\"          | We know no message of this type",
      "/id            | \"Quillfeather\"          | /id",
      "/move          | null                      | /move",
      "/at            | \"2026-02-30T10:00:00Z\"  | /at",
      "/at            | \"yesterday\"             | /at",
      "/by            | \"\"                      | /by",
      "/fields        | [\"Quillfeather\"]        | /fields",
      "/fields/happenedAt | \"Quillfeather\"      | /fields/happenedAt",
      "/fields/happenedAt | \"2026-11-23T10:61\"  | /fields/happenedAt",
      "/fields/receivedBy | 5                     | /fields/receivedBy",
      "/fields/Quillfeather | \"more\"            | /fields",
      "/Quillfeather  | 1                         | does not keep to its schema"})
  void what_does_not_keep_to_the_schema_hears_where_and_never_what(String where, String value, String why) throws Exception {
    ObjectNode message = aReceipt();
    ObjectNode into = where.startsWith("/fields/") ? fields(message) : message;
    into.set(where.substring(where.lastIndexOf('/') + 1), JSON.readTree(value));
    refused(422, why, post("barchester", text(message)));
    assertThat(record.count("select count(*) from inbox where body like '%" + PLANTED + "%'")).isZero();
  }

  @Test
  void a_refusal_repeats_no_word_of_the_message_to_anybody(CapturedOutput log) throws Exception {
    ObjectNode message = aReceipt();
    fields(message).put("receivedBy", PLANTED.repeat(100));
    HttpResponse<String> answer = post("barchester", text(message));
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("/fields/receivedBy").doesNotContain(PLANTED);
    assertThat(record.texts("select why from exchange_audit")).singleElement().asString().doesNotContain(PLANTED);
    assertThat(log.getAll()).doesNotContain(PLANTED);
  }

  @Test
  void a_fault_of_ours_is_no_refusal_and_tells_nothing(CapturedOutput log) throws Exception {
    record.change("alter table inbox add constraint planted check (type <> 'receipt') not valid");
    try {
      ObjectNode message = aReceipt();
      fields(message).put("receivedBy", PLANTED);
      HttpResponse<String> answer = post("barchester", text(message));
      assertThat(answer.statusCode()).isEqualTo(500);
      assertThat(answer.body()).contains("Try again").doesNotContain(PLANTED);
      assertThat(audit()).containsExactly("barchester: failed here");
      assertThat(log.getAll()).doesNotContain(PLANTED);
    } finally {
      record.change("alter table inbox drop constraint planted");
    }
  }

  @Test
  void everybody_may_read_the_schema() throws Exception {
    HttpResponse<String> schema = Visitor.at(port).get("/schema/exchange-message-1.json");
    assertThat(schema.statusCode()).isEqualTo(200);
    assertThat(JSON.readTree(schema.body()).path("properties").path("type").path("enum")).hasSize(14);
    assertThat(Visitor.at(port).get("/schema/").statusCode()).isNotEqualTo(200);
  }

  @Test
  void only_operations_see_how_much_waits() {
    assertThat(Visitor.at(port).get("/actuator/health").body()).doesNotContain("waiting");
    assertThat(Visitor.at(port, "worker").get("/actuator/health").body()).doesNotContain("waiting");
    JsonNode seen = Visitor.read(Visitor.at(port, "admin").get("/actuator/health")).path("components").path("exchange");
    assertThat(seen.path("status").asText()).isEqualTo("UP");
    assertThat(seen.path("details").fieldNames()).toIterable().contains("waitingToGoOut", "waitingToBeTakenIn",
        "notTakenThoughTheirTurnCame");
  }

  // Messages ------------------------------------------------------------------------------------------------------------

  private ObjectNode aReceipt() {
    return aMessage("receipt", aMove(false, null), fields -> fields.put("receivedBy", "Ann Lee, business support")
        .put("happenedAt", "2026-11-23T09:00"));
  }

  private static String whole(UUID move, int size) {
    return ForeignPack.ofSize("barchester", move, size);
  }

  private ObjectNode aPack(UUID move, String pack) {
    return aMessage("pack", move, fields -> fields.put("pack", pack).put("sha256", Fingerprint.of(pack.getBytes(StandardCharsets.UTF_8))));
  }

  private ObjectNode aFirstCall(UUID move) {
    return aMessage("first-call", move, fields -> {
      fields.put("destination", "england-or-wales").put("onlyForATime", false).put("learnedAt", "2026-11-20T15:00")
          .put("callerName", "Zoë O’Neill").put("onPlan", true);
      fields.putArray("adults");
      fields.putArray("children").addObject().put("id", UUID.randomUUID().toString()).put("child", true).putArray("names")
          .addObject().put("first", "Aoife");
    });
  }

  private static ObjectNode aMessage(String type, UUID move, Consumer<ObjectNode> says) {
    ObjectNode message = JSON.createObjectNode().put("id", UUID.randomUUID().toString()).put("version", 1).put("type", type)
        .put("move", move.toString()).put("from", "barchester").put("to", "borsetshire").put("at", "2026-11-23T09:30:00Z")
        .put("by", "Ann Lee, social worker");
    says.accept(message.putObject("fields"));
    return message;
  }

  /** A move between Barchester and us, as it stands in the record. */
  private UUID aMove(boolean incoming, String acceptedAt) {
    UUID move = UUID.randomUUID();
    record.change("insert into move (id, incoming, destination, authority, connected, learned_at, learned_from, accepted_at, accepted_by) "
        + "values (?, ?, 'england-or-wales', 'barchester', true, '2026-11-20T10:00Z', 'the mother', ?::timestamptz, 'Grace Mensah')",
        move, incoming, acceptedAt);
    return move;
  }

  private static ObjectNode fields(ObjectNode message) {
    return (ObjectNode) message.path("fields");
  }

  private static UUID id(ObjectNode message) {
    return UUID.fromString(message.path("id").asText());
  }

  private static String text(ObjectNode message) {
    return message.toString();
  }

  private void refused(int status, String why, HttpResponse<String> answer) throws IOException {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(JSON.readTree(answer.body()).path("why").asText()).contains(why);
    assertThat(answer.body()).doesNotContain(PLANTED);
    assertThat(record.texts("select what || ' ' || coalesce(why, '') from exchange_audit order by at").stream().reduce("", String::concat))
        .contains("refused " + status).doesNotContain(PLANTED);
  }

  private List<String> audit() {
    return record.texts("select coalesce(authority, 'nobody') || ': ' || what from exchange_audit order by ctid");
  }

  private HttpResponse<String> post(String who, String body) throws IOException, InterruptedException {
    return as(who).send(HttpRequest.newBuilder(door("/exchange/messages")).header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
  }

  private static HttpClient as(String who) {
    return HttpClient.newBuilder().sslContext(KEYS.context(who, who)).version(HttpClient.Version.HTTP_1_1).build();
  }

  private URI door(String path) {
    return URI.create("https://localhost:" + connector.port() + path);
  }
}
