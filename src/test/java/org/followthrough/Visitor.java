package org.followthrough;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Somebody at the door, with a browser's habits: keeps cookies, carries tokens, follows no redirect unasked. */
public class Visitor {

  private static final Pattern TOKEN = Pattern.compile("name=\"?_csrf\"?[^>]*value=\"([^\"]+)\"");
  private static final String ENGINE = "/camunda/api/engine/engine/default";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final String house;
  private final Map<String, String> cookies = new LinkedHashMap<>();
  private final Map<String, String> headers = new LinkedHashMap<>();
  private boolean tokens = true;

  private Visitor(String house) {
    this.house = house;
  }

  /** Somebody who has not said who they are. */
  public static Visitor at(int port) {
    return new Visitor("http://localhost:" + port);
  }

  /** A demo person who has signed in. */
  public static Visitor at(int port, String demoPerson) {
    Visitor visitor = at(port);
    assertThat(visitor.signIn(demoPerson, demoPerson + "-demo").headers().firstValue("Location")).as("sign-in of " + demoPerson)
        .get().asString().endsWith("/camunda/app/tasklist/default/");
    return visitor;
  }

  /** Signs in through the page, with its token. */
  public HttpResponse<String> signIn(String user, String password) {
    return post("/login", Map.of("username", user, "password", password, "_csrf", tokenOfThePage()));
  }

  /** The token that the sign-in page hands out. */
  public String tokenOfThePage() {
    Matcher token = TOKEN.matcher(get("/login").body());
    assertThat(token.find()).as("token in the sign-in page").isTrue();
    return token.group(1);
  }

  /** Sends a user name and password with every request, as Modeler does. */
  public Visitor withBasic(String user, String password) {
    return with("Authorization", "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8)));
  }

  /** Sends a header with every request. */
  public Visitor with(String header, String value) {
    headers.put(header, value);
    return this;
  }

  /** A page of somebody else's that makes this browser send requests: cookies go along, tokens do not. */
  public Visitor lured() {
    Visitor lured = new Visitor(house);
    lured.cookies.putAll(cookies);
    lured.tokens = false;
    return lured;
  }

  public String cookie(String name) {
    return cookies.get(name);
  }

  public void cookie(String name, String value) {
    cookies.put(name, value);
  }

  public HttpResponse<String> get(String path) {
    return send("GET", path, null, null);
  }

  public HttpResponse<String> post(String path, Map<String, String> form) {
    StringBuilder body = new StringBuilder();
    form.forEach((key, value) -> body.append(body.isEmpty() ? "" : "&").append(key).append('=')
        .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
    return send("POST", path, "application/x-www-form-urlencoded", body.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Sends JSON; {@code body} may be a text that is JSON already, or none. */
  public HttpResponse<String> json(String method, String path, Object body) {
    try {
      return send(method, path, "application/json",
          (body instanceof String text ? text : JSON.writeValueAsString(body)).getBytes(StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Deploys files as Modeler does. */
  public HttpResponse<String> deploy(String path, Map<String, String> files) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    part(body, "name=\"deployment-name\"", "from Modeler");
    part(body, "name=\"deployment-source\"", "Camunda Modeler");
    files.forEach((name, content) -> part(body, "name=\"" + name + "\"; filename=\"" + name + "\"", content));
    body.writeBytes("--edge--\r\n".getBytes(StandardCharsets.UTF_8));
    return send("POST", path, "multipart/form-data; boundary=edge", body.toByteArray());
  }

  private static void part(ByteArrayOutputStream body, String name, String content) {
    body.writeBytes(("--edge\r\nContent-Disposition: form-data; " + name + "\r\n\r\n" + content + "\r\n").getBytes(StandardCharsets.UTF_8));
  }

  public HttpResponse<String> send(String method, String path, String type, byte[] body) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(house + path))
        .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    if (type != null) {
      request.header("Content-Type", type);
    }
    if (!cookies.isEmpty()) {
      StringBuilder all = new StringBuilder();
      cookies.forEach((name, value) -> all.append(all.isEmpty() ? "" : "; ").append(name).append('=').append(value));
      request.header("Cookie", all.toString());
    }
    if (tokens && cookies.containsKey("XSRF-TOKEN")) {
      request.header("X-XSRF-TOKEN", cookies.get("XSRF-TOKEN"));
    }
    if (tokens && cookies.containsKey("FT-CSRF")) {
      request.header("X-FT-CSRF", cookies.get("FT-CSRF"));
    }
    try {
      HttpResponse<String> answer = HTTP.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
      answer.headers().allValues("Set-Cookie").forEach(this::keep);
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void keep(String setCookie) {
    String[] pair = setCookie.split(";", 2)[0].split("=", 2);
    if (pair[1].isEmpty() || setCookie.contains("Max-Age=0")) {
      cookies.remove(pair[0]);
    } else {
      cookies.put(pair[0], pair[1]);
    }
  }

  /** Starts a referral, as Tasklist does; returns its process instance. */
  public String start() {
    return read(json("POST", ENGINE + "/process-definition/key/referral/submit-form", Map.of("variables", Map.of()))).path("id").asText();
  }

  /** The page that follows a start or a hand-in, or null. */
  public String next(String query) {
    HttpResponse<String> next = get("/api/next?" + query);
    return next.statusCode() == 200 ? read(next).path("taskId").asText() : null;
  }

  /** Hands a task's form in, as Tasklist posts it: lists travel as JSON. */
  public HttpResponse<String> handIn(String taskId, Map<String, Object> fields) {
    Map<String, Object> variables = new LinkedHashMap<>();
    fields.forEach((key, value) -> variables.put(key, value instanceof List<?> list
        ? Map.of("type", "Json", "value", JSON.valueToTree(list).toString()) : Map.of("value", value)));
    return json("POST", ENGINE + "/task/" + taskId + "/submit-form", Map.of("variables", variables));
  }

  /** An answer as JSON. */
  public static JsonNode read(HttpResponse<String> answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (JsonProcessingException e) {
      throw new AssertionError("No JSON: " + answer.statusCode() + " " + answer.body(), e);
    }
  }
}
