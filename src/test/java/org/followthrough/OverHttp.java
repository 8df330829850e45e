package org.followthrough;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Somebody signed in over HTTP, doing what Tasklist does: the same addresses, cookies and tokens. */
public class OverHttp {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern CSRF = Pattern.compile("name=\"?_csrf\"?[^>]*value=\"([^\"]+)\"");
  private static final String ENGINE = "/camunda/api/engine/engine/default";

  private final String base;
  private final CookieManager cookies = new CookieManager();
  private final HttpClient http = HttpClient.newBuilder().cookieHandler(cookies).build();

  private OverHttp(String base) {
    this.base = base;
  }

  /** Signs a demo person in; fails when the door stays shut. */
  public static OverHttp as(String user, String base) throws IOException, InterruptedException {
    OverHttp session = new OverHttp(base);
    Matcher token = CSRF.matcher(session.get("/login").body());
    if (!token.find()) {
      throw new AssertionError("The sign-in page carries no token");
    }
    String form = "username=" + user + "&password=" + user + "-demo&_csrf=" + URLEncoder.encode(token.group(1), StandardCharsets.UTF_8);
    HttpResponse<String> answer = session.send(HttpRequest.newBuilder(URI.create(base + "/login"))
        .header("Content-Type", "application/x-www-form-urlencoded").POST(BodyPublishers.ofString(form)));
    if (answer.statusCode() != 302 || answer.headers().firstValue("Location").orElse("").contains("login")) {
      throw new AssertionError("Sign-in of " + user + " was refused: " + answer.statusCode());
    }
    session.get("/camunda/app/tasklist/default/");
    return session;
  }

  public HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(URI.create(base + path)));
  }

  public HttpResponse<String> post(String path, Object body) throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path)).header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)));
    cookies.getCookieStore().getCookies().forEach(cookie -> {
      if (cookie.getName().equals("XSRF-TOKEN")) {
        request.header("X-XSRF-TOKEN", cookie.getValue());
      }
      if (cookie.getName().equals("FT-CSRF")) {
        request.header("X-FT-CSRF", cookie.getValue());
      }
    });
    return send(request);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return http.send(request.header("Accept", "application/json, text/html").build(), BodyHandlers.ofString());
  }

  /** Starts a referral; returns its process instance. */
  public String start() throws IOException, InterruptedException {
    HttpResponse<String> started = post(ENGINE + "/process-definition/key/referral/submit-form", Map.of("variables", Map.of()));
    return JSON.readTree(started.body()).path("id").asText();
  }

  /** The page that follows a start, or a hand-in. */
  public String next(String query) throws IOException, InterruptedException {
    HttpResponse<String> next = get("/api/next?" + query);
    return next.statusCode() == 200 ? JSON.readTree(next.body()).path("taskId").asText() : null;
  }

  /** Hands a task's form in, as Tasklist posts it. */
  public HttpResponse<String> handIn(String taskId, Map<String, Object> fields) throws IOException, InterruptedException {
    Map<String, Object> variables = new HashMap<>();
    for (Map.Entry<String, Object> field : fields.entrySet()) {
      variables.put(field.getKey(), field.getValue() instanceof List<?>
          ? Map.of("type", "Json", "value", JSON.writeValueAsString(field.getValue())) : Map.of("value", field.getValue()));
    }
    return post(ENGINE + "/task/" + taskId + "/submit-form", Map.of("variables", variables));
  }

  public static JsonNode json(HttpResponse<String> answer) throws IOException {
    return JSON.readTree(answer.body());
  }
}
