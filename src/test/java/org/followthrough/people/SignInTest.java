package org.followthrough.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.followthrough.InTheHouse;
import org.followthrough.Practice;
import org.followthrough.Visitor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The walls from outside, over real HTTP: who gets through which door, and that every other door is shut. */
@InTheHouse
class SignInTest {

  private static final String ENGINE = "/camunda/api/engine/engine/default";
  private static final List<String> PEOPLE = DemoPeople.ALL.stream().map(DemoPeople.Person::id).toList();

  private static final Pattern NONCE = Pattern.compile("nonce=\"([^\"]*)\"");

  @LocalServerPort int port;
  @Autowired Practice practice;
  @Autowired IdentityService identity;

  @BeforeEach
  void aMondayMorning() {
    practice.itIs("2026-11-16T10:00");
    PEOPLE.forEach(identity::unlockUser);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/engine-rest/task", "/engine-rest/engine", "/engine-rest/engine/default/task", "/engine-rest/process-definition",
      "/engine-rest/user", "/engine-rest/history/task", "/engine-rest/", "/engine-rest/deployment", "/engine-rest/version",
      "/camunda/api/engine/engine", "/camunda/api/engine/engine/default/task", "/camunda/api/engine/engine/default/user",
      "/camunda/api/admin/auth/user/default", "/camunda/api/admin/setup/default/user/create",
      "/camunda/api/cockpit/plugin/base/default/incident", "/camunda/api/welcome/plugin/x/static/app/plugin.js",
      "/api/session", "/api/cards?tasks=x", "/api/tasks/x/case", "/api/tasks/x/changes", "/api/next?after=x", "/api/whatever"})
  void a_call_without_a_login_is_refused(String path) {
    for (String method : List.of("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS")) {
      HttpResponse<String> answer = method.equals("GET") ? Visitor.at(port).get(path) : Visitor.at(port).json(method, path, "{}");
      assertThat(answer.statusCode()).as("%s %s", method, path).isIn(401, 403);
      assertThat(answer.body()).as("%s %s", method, path).doesNotContain("[{", "links");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/camunda", "/camunda/", "/camunda/app/tasklist/default/", "/camunda/app/cockpit/default/",
      "/camunda/app/admin/default/", "/camunda/app/admin/default/setup/", "/camunda/app/welcome/default/", "/camunda/app/",
      "/camunda/lib/deps.js", "/actuator", "/actuator/env", "/actuator/beans", "/actuator/heapdump", "/actuator/loggers",
      "/actuator/info", "/actuator/metrics", "/actuator/healthy", "/error", "/index.html", "/swaggerui", "/webjars/camunda/",
      "/application.yaml", "/login.html", "/login/other", "/no-such-page",
      "/CAMUNDA/app/tasklist/default/", "/Engine-Rest/task", "/API/session"})
  void a_page_without_a_login_leads_to_the_sign_in_page(String path) {
    HttpResponse<String> answer = Visitor.at(port).get(path);
    assertThat(answer.statusCode()).as(path).isIn(302, 401, 403);
    answer.headers().firstValue("Location").ifPresent(to -> assertThat(to).endsWith("/login"));
  }

  @Test
  void only_health_and_the_sign_in_page_are_open() {
    assertThat(Visitor.at(port).get("/actuator/health").body()).isEqualTo("{\"status\":\"UP\",\"groups\":[\"liveness\",\"readiness\"]}");
    assertThat(Visitor.at(port).get("/actuator/health/liveness").statusCode()).isEqualTo(200);
    HttpResponse<String> door = Visitor.at(port).get("/login");
    assertThat(door.statusCode()).isEqualTo(200);
    assertThat(door.headers().firstValue("Content-Security-Policy")).get().asString()
        .contains("default-src 'self'", "frame-ancestors 'none'");
    assertThat(door.headers().firstValue("Cache-Control")).get().asString().contains("no-store");
  }

  /** Every way to write a path that a proxy, Tomcat, Spring and Jersey could read differently. */
  @ParameterizedTest
  @ValueSource(strings = {"//engine-rest/task", "/engine-rest//task", "/login/../engine-rest/task", "/actuator/health/../env",
      "/actuator/health/%2e%2e/env", "/actuator/health/..;/env", "/login;/../api/session", "/engine-rest;x=y/task", "/api;/session",
      "/assets/../api/session", "/assets/%2e%2e/api/session", "/assets/%2e%2e%2fapi/session", "/assets/..%5capi/session",
      "/camunda/./api/engine/engine", "/%61pi/session", "/engine%2drest/task", "/camunda/api/admin/%73etup/default/user/create",
      "/favicon.ico/../engine-rest/task", "/assets/%252e%252e/api/session", "/META-INF/resources/login.html", "/WEB-INF/web.xml",
      "/login%00/../api/session"})
  void no_other_spelling_of_a_path_gets_through(String path) {
    for (String method : List.of("GET", "POST", "HEAD")) {
      HttpResponse<String> answer = Visitor.at(port).send(method, path, null, null);
      assertThat(answer.statusCode()).as("%s %s", method, path).isIn(302, 400, 401, 403, 404);
      answer.headers().firstValue("Location").ifPresent(to -> assertThat(to).as(path).endsWith("/login"));
    }
  }

  @Test
  void the_webapps_open_redirect_is_shut() {
    for (String path : List.of("//evil.example/../camunda/app", "//evil.example/..;/camunda/app", "//evil.example/%2e%2e/camunda/app",
        "/\\evil.example/../camunda/app".replace("\\", "%5c"), "/camunda/app?to=//evil.example")) {
      for (Visitor visitor : List.of(Visitor.at(port), Visitor.at(port, "worker"))) {
        assertThat(visitor.get(path).headers().firstValue("Location").orElse("")).as(path).doesNotContain("evil.example/");
      }
    }
  }

  @Test
  void strange_methods_are_refused() {
    for (String method : List.of("TRACE", "TRACK", "PROPFIND", "DEBUG")) {
      assertThat(Visitor.at(port, "worker").send(method, "/api/session", null, null).statusCode()).as(method).isIn(400, 405, 501);
    }
  }

  static Stream<String> people() {
    return PEOPLE.stream();
  }

  private static final Set<String> REST = Set.of("designer", "admin");

  @ParameterizedTest
  @MethodSource("people")
  void the_engines_interface_answers_designers_and_operations_only(String person) {
    int open = REST.contains(person) ? 200 : 401;
    assertThat(Visitor.at(port).withBasic(person, person + "-demo").get("/engine-rest/process-definition?maxResults=50").statusCode())
        .isEqualTo(open);
    assertThat(Visitor.at(port).withBasic(person, person + "-demo").get("/engine-rest/engine/default/task?maxResults=50").statusCode())
        .isEqualTo(open);
    // a session of the web pages is no login here, and basic none there
    assertThat(Visitor.at(port, person).get("/engine-rest/process-definition?maxResults=50").statusCode()).isEqualTo(401);
    assertThat(Visitor.at(port).withBasic(person, person + "-demo").get("/api/session").statusCode()).isEqualTo(401);
    assertThat(Visitor.at(port).withBasic(person, "wrong").get("/engine-rest/process-definition?maxResults=50").statusCode())
        .isEqualTo(401);
  }

  /** Who may open what. One line per door; everybody not named is refused. */
  @Test
  void each_role_opens_its_doors_and_no_other() {
    Map<String, Set<String>> doors = new LinkedHashMap<>();
    doors.put("GET /camunda/app/tasklist/default/", Set.copyOf(PEOPLE));
    doors.put("GET /camunda/app/cockpit/default/", Set.of("manager", "south-manager", "service-manager", "head", "designer", "admin"));
    doors.put("GET /camunda/app/admin/default/", Set.of("admin"));
    doors.put("GET /api/session", Set.copyOf(PEOPLE));
    doors.put("GET " + ENGINE + "/task?maxResults=50", Set.copyOf(PEOPLE));
    doors.put("POST " + ENGINE + "/task/count", Set.copyOf(PEOPLE));
    doors.put("POST " + ENGINE + "/group/create", Set.of("admin"));
    doors.put("POST " + ENGINE + "/authorization/create", Set.of("admin"));
    doors.put("GET " + ENGINE + "/deployment/count", Set.copyOf(PEOPLE));
    doors.put("POST /api/holidays", Set.of("head", "admin"));
    doors.put("POST /api/agencies", Set.of("admin"));
    doors.put("POST /api/organisations", Set.of("admin"));
    doors.put("POST /camunda/api/admin/setup/default/user/create", Set.of());
    doors.put("GET /camunda/app/admin/default/setup/", Set.of());
    doors.put("POST " + ENGINE + "/filter/create", Set.of());
    doors.put("GET /actuator/env", Set.of());
    Map<String, Set<String>> opened = new TreeMap<>();
    for (String person : PEOPLE) {
      Visitor visitor = Visitor.at(port, person);
      visitor.get("/camunda/app/tasklist/default/");
      doors.forEach((door, who) -> {
        String[] call = door.split(" ");
        HttpResponse<String> answer = call[0].equals("GET") ? visitor.get(call[1]) : visitor.json(call[0], call[1], sent(call[1], person));
        // an empty body is no holiday: who is let in is told so, who is not is refused before
        if (!Set.of(401, 403, 404, 302).contains(answer.statusCode())) {
          opened.computeIfAbsent(door, key -> new TreeSet<>()).add(person);
        }
      });
    }
    doors.forEach((door, who) -> assertThat(opened.getOrDefault(door, Set.of())).as(door).containsExactlyInAnyOrderElementsOf(who));
  }

  private static String sent(String path, String person) {
    return path.endsWith("/group/create") ? "{\"id\":\"door-" + person + "\",\"name\":\"door\",\"type\":\"WORKFLOW\"}"
        : path.endsWith("/authorization/create")
        ? "{\"type\":1,\"permissions\":[],\"userId\":\"nobody\",\"resourceType\":1,\"resourceId\":\"door-" + person + "\"}"
        : "{}";
  }

  @ParameterizedTest
  @MethodSource("people")
  void the_first_administrator_cannot_be_made_again(String person) {
    Visitor visitor = Visitor.at(port, person);
    visitor.get("/camunda/app/tasklist/default/");
    String somebody =
        "{\"profile\":{\"id\":\"intruder\",\"firstName\":\"In\",\"lastName\":\"Truder\"},"
            + "\"credentials\":{\"password\":\"Long-Enough-47\"}}";
    // the engine's own check lets everybody in while nobody is an administrator
    identity.deleteMembership("admin", Grants.ADMIN);
    try {
      for (String path : List.of("/camunda/api/admin/setup/default/user/create", "/camunda/api/admin/setup/default/user/create/",
          "/camunda/api/admin/%73etup/default/user/create")) {
        assertThat(visitor.json("POST", path, somebody).statusCode()).as(path).isIn(403, 404);
      }
    } finally {
      identity.createMembership("admin", Grants.ADMIN);
    }
    assertThat(identity.createUserQuery().userId("intruder").count()).isZero();
  }

  @Test
  void signing_out_of_tasklist_ends_the_session_everywhere() {
    Visitor visitor = Visitor.at(port, "manager");
    visitor.get("/camunda/app/tasklist/default/");
    Visitor sameSession = visitor.lured();
    assertThat(visitor.get("/camunda/api/admin/auth/user/default").body()).contains("\"userId\":\"manager\"");
    assertThat(visitor.get(ENGINE + "/task?maxResults=50").statusCode()).isEqualTo(200);

    assertThat(visitor.json("POST", "/camunda/api/admin/auth/user/default/logout", "{}").statusCode()).isEqualTo(204);

    for (Visitor after : List.of(visitor, sameSession)) {
      assertThat(after.get("/api/session").statusCode()).isEqualTo(401);
      assertThat(after.get(ENGINE + "/task?maxResults=50").statusCode()).isEqualTo(401);
      assertThat(after.get("/camunda/app/cockpit/default/").headers().firstValue("Location")).get().asString().endsWith("/login");
      assertThat(after.get("/camunda/app/tasklist/default/").headers().firstValue("Location")).get().asString().endsWith("/login");
    }
  }

  @Test
  void nobody_signs_in_past_the_one_door() {
    Visitor worker = Visitor.at(port, "worker");
    worker.get("/camunda/app/tasklist/default/");
    assertThat(worker.post("/camunda/api/admin/auth/user/default/login/tasklist", Map.of("username", "head", "password", "head-demo"))
        .statusCode()).isEqualTo(403);
    assertThat(worker.get("/camunda/api/admin/auth/user/default").body()).contains("\"userId\":\"worker\"");
    assertThat(worker.get("/api/session").body()).contains("\"user\":\"worker\"");
  }

  @Test
  void a_forged_write_is_refused() {
    Visitor head = Visitor.at(port, "head");
    head.get("/camunda/app/tasklist/default/");
    head.get("/api/session");
    Visitor lured = head.lured();
    assertThat(lured.json("PUT", "/api/tasks/x/draft", "{}").statusCode()).isEqualTo(403);
    assertThat(lured.json("POST", "/api/holidays", "{\"day\":\"2026-12-24\",\"name\":\"a\",\"source\":\"b\",\"working\":false}")
        .statusCode()).isEqualTo(403);
    assertThat(lured.post("/logout", Map.of()).statusCode()).isEqualTo(403);
    assertThat(lured.post("/login", Map.of("username", "worker", "password", "worker-demo")).statusCode()).isEqualTo(403);
    assertThat(head.get("/api/session").body()).contains("\"user\":\"head\"");
    // with the token it is the user's own
    assertThat(head.json("PUT", "/api/tasks/x/draft", "{}").statusCode()).isEqualTo(404);
    assertThat(head.json("POST", ENGINE + "/task/count", "{}").statusCode()).isEqualTo(200);
    // the webapps' own filter refuses as well, and ends the session it was lured with
    assertThat(lured.json("POST", ENGINE + "/task/count", "{}").statusCode()).isEqualTo(403);
  }

  @Test
  void the_sessions_cookie_is_shut_and_changes_at_the_door() {
    Visitor visitor = Visitor.at(port);
    visitor.get("/camunda/app/tasklist/default/");
    visitor.cookie("JSESSIONID", visitor.cookie("JSESSIONID") == null ? "0123456789ABCDEF0123456789ABCDEF" : visitor.cookie("JSESSIONID"));
    String before = visitor.cookie("JSESSIONID");
    HttpResponse<String> in = visitor.signIn("worker", "worker-demo");
    assertThat(visitor.cookie("JSESSIONID")).isNotEqualTo(before);
    assertThat(in.headers().allValues("Set-Cookie")).filteredOn(cookie -> cookie.startsWith("JSESSIONID")).isNotEmpty()
        .allSatisfy(cookie -> assertThat(cookie).contains("HttpOnly", "SameSite=Strict"));
    HttpResponse<String> tasklist = visitor.get("/camunda/app/tasklist/default/");
    assertThat(tasklist.headers().allValues("Set-Cookie")).allSatisfy(cookie -> assertThat(cookie).containsIgnoringCase("SameSite=Strict"));
    Visitor held = Visitor.at(port);
    held.cookie("JSESSIONID", before);
    assertThat(held.get("/api/session").statusCode()).isEqualTo(401);
  }

  @Test
  void the_pages_headers_shut_out_strangers_frames_and_scripts() {
    HttpResponse<String> tasklist = Visitor.at(port, "worker").get("/camunda/app/tasklist/default/");
    assertThat(tasklist.headers().allValues("Content-Security-Policy")).singleElement().asString()
        .contains("base-uri 'self'", "frame-ancestors 'none'", "object-src 'none'");
    assertThat(tasklist.headers().allValues("X-Content-Type-Options")).isNotEmpty().allMatch("nosniff"::equals);
    assertThat(tasklist.headers().allValues("X-Frame-Options")).containsOnly("DENY");
    HttpResponse<String> ours = Visitor.at(port, "worker").get("/api/session");
    assertThat(ours.headers().firstValue("Cache-Control")).get().asString().contains("no-store");
    assertThat(ours.headers().allValues("X-Content-Type-Options")).containsOnly("nosniff");
  }

  @Test
  void whatever_others_ask_for_meanwhile_a_page_has_the_nonce_of_its_own_policy() {
    List<Visitor> office = Stream.of("worker", "contact", "manager").map(user -> Visitor.at(port, user)).toList();
    List<String> broken = office.parallelStream().flatMap(somebody -> IntStream.range(0, 60).boxed().flatMap(turn -> {
      HttpResponse<String> page = somebody.get("/camunda/app/" + (turn % 3 == 0 ? "welcome" : "tasklist") + "/default/");
      String policy = page.headers().firstValue("Content-Security-Policy").orElse("");
      assertThat(page.body().strip()).contains("nonce=\"").endsWith("</html>");
      return NONCE.matcher(page.body()).results().map(script -> script.group(1)).filter(nonce -> !policy.contains("'nonce-" + nonce + "'"));
    })).toList();
    assertThat(broken).as("scripts that the browser would refuse").isEmpty();
  }

  @Test
  void a_browser_keeps_what_camunda_ships_and_nothing_else() {
    Visitor worker = Visitor.at(port, "worker").with("Accept-Encoding", "gzip");
    for (String shipped : List.of("/camunda/lib/deps.js?bust=7.24.0", "/camunda/app/tasklist/camunda-tasklist-bootstrap.css?bust=7.24.0",
        "/camunda/app/cockpit/camunda-cockpit-bootstrap.js?bust=7.24.0", "/camunda/assets/IBMPlexSans-Regular.woff2")) {
      assertThat(worker.get(shipped).headers().firstValue("Cache-Control")).as(shipped).contains("max-age=604800, private");
    }
    assertThat(worker.get("/camunda/lib/deps.js?bust=7.24.0").headers().firstValue("Content-Encoding")).contains("gzip");
    for (String ours : List.of("/camunda/app/tasklist/default/?bust=7.24.0", "/camunda/app/tasklist/styles/user-styles.css?bust=7.24.0",
        "/camunda/app/tasklist/scripts/work/case.js?bust=7.24.0", "/camunda/lib/deps.js", "/camunda/lib/deps.js?bust=7.25.0",
        "/camunda/lib/absent.js?bust=7.24.0",
        "/camunda/api/engine/engine/default/task?bust=7.24.0", "/api/session?bust=7.24.0")) {
      assertThat(worker.get(ours).headers().firstValue("Cache-Control")).as(ours).get().asString().contains("no-store");
    }
    // beside a secret, compressed lengths would tell it letter by letter
    assertThat(worker.get("/camunda/app/tasklist/default/").headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(worker.get("/camunda/api/engine/engine/default/process-definition").headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(Visitor.at(port).get("/camunda/lib/deps.js?bust=7.24.0").headers().firstValue("Cache-Control"))
        .as("a stranger's").get().asString().contains("no-store");
  }

  @Test
  void guessing_is_slowed_down_and_the_right_password_is_refused_meanwhile() {
    somebody("guessed", "Right-Password-1");
    Visitor visitor = Visitor.at(port);
    for (int guess = 0; guess < 4; guess++) {
      assertThat(visitor.signIn("guessed", "guess" + guess).headers().firstValue("Location")).get().asString().endsWith("/login?refused");
    }
    assertThat(visitor.signIn("guessed", "Right-Password-1").headers().firstValue("Location")).get().asString().endsWith("/login?refused");
    ClockUtil.setCurrentTime(new java.util.Date(ClockUtil.getCurrentTime().getTime() + 120_000));
    assertThat(visitor.signIn("guessed", "Right-Password-1").headers().firstValue("Location")).get().asString()
        .endsWith("/tasklist/default/");
    // by the other door the guesses count as well
    for (int guess = 0; guess < 4; guess++) {
      Visitor.at(port).withBasic("guessed", "guess" + guess).get("/engine-rest/task");
    }
    assertThat(visitor.signIn("guessed", "Right-Password-1").headers().firstValue("Location")).get().asString().endsWith("/login?refused");
  }

  @Test
  void who_does_not_exist_is_refused_in_the_same_words() {
    Visitor visitor = Visitor.at(port);
    somebody("known", "Right-Password-1");
    HttpResponse<String> unknown = visitor.signIn("nobody-at-all", "x");
    HttpResponse<String> wrong = visitor.signIn("known", "x");
    assertThat(unknown.statusCode()).isEqualTo(wrong.statusCode());
    assertThat(unknown.headers().firstValue("Location")).isEqualTo(wrong.headers().firstValue("Location"));
    assertThat(visitor.signIn("", "").headers().firstValue("Location")).get().asString().endsWith("/login?refused");
    assertThat(visitor.signIn("worker\u0000", "x").headers().firstValue("Location").orElse("")).doesNotContain("tasklist");
  }

  @Test
  void nobody_renames_or_deletes_themselves_or_another() {
    for (String person : List.of("worker", "manager", "designer")) {
      Visitor visitor = Visitor.at(port, person);
      visitor.get("/camunda/app/tasklist/default/");
      Map<String, String> profile = Map.of("id", person, "firstName", "Grace", "lastName", "Mensah");
      for (String whom : List.of(person, "head")) {
        assertThat(visitor.json("PUT", ENGINE + "/user/" + whom + "/profile", profile).statusCode()).isEqualTo(403);
        assertThat(visitor.json("PUT", ENGINE + "/user/" + whom + "/profile/", profile).statusCode()).isEqualTo(403);
        assertThat(visitor.send("DELETE", ENGINE + "/user/" + whom, null, null).statusCode()).isEqualTo(403);
      }
      assertThat(visitor.json("PUT", ENGINE + "/user/head/credentials", Map.of("password", "Stolen-Password-1",
          "authenticatedUserPassword", person + "-demo"))
          .statusCode()).isIn(400, 403, 404);
      assertThat(visitor.json("PUT", ENGINE + "/user/" + person + "/credentials",
          Map.of("password", "New-Password-1", "authenticatedUserPassword", "wrong"))
          .statusCode()).isGreaterThanOrEqualTo(400);
    }
    identity.unlockUser("designer");
    Visitor designer = Visitor.at(port).withBasic("designer", "designer-demo");
    assertThat(designer.send("DELETE", "/engine-rest/user/designer", null, null).statusCode()).isEqualTo(403);
    for (DemoPeople.Person person : DemoPeople.ALL) {
      assertThat(identity.createUserQuery().userId(person.id()).singleResult().getFirstName()).isEqualTo(person.first());
      identity.unlockUser(person.id());
      assertThat(identity.checkPassword(person.id(), person.id() + "-demo")).as(person.id()).isTrue();
    }
  }

  @Test
  void a_role_taken_away_is_gone_within_a_minute() {
    somebody("mover", "Right-Password-1");
    identity.createMembership("mover", "north.team-manager");
    Visitor visitor = Visitor.at(port);
    visitor.signIn("mover", "Right-Password-1");
    assertThat(visitor.get("/camunda/app/cockpit/default/").statusCode()).isEqualTo(200);
    identity.deleteMembership("mover", "north.team-manager");
    ClockUtil.setCurrentTime(new java.util.Date(ClockUtil.getCurrentTime().getTime() + 61_000));
    assertThat(visitor.get("/camunda/app/cockpit/default/").statusCode()).isNotEqualTo(200);
  }

  @Test
  void errors_say_nothing_about_the_inside() {
    Visitor worker = Visitor.at(port, "worker");
    for (HttpResponse<String> answer : List.of(worker.json("PUT", "/api/tasks/x/draft", "{"), worker.get("/api/cards"),
        worker.json("POST", "/api/tasks/x/changes/y", "[]"), worker.get("/no-such-page"), worker.json("DELETE", "/api/session", "{}"),
        worker.get("/api/tasks/%27%20or%201=1/case"))) {
      assertThat(answer.statusCode()).isBetween(400, 499);
      assertThat(answer.body()).doesNotContain("Exception", "org.", "java.", "SQL", "trace", "\tat ");
    }
  }

  private void somebody(String id, String password) {
    if (identity.createUserQuery().userId(id).count() > 0) {
      identity.deleteUser(id);
    }
    User user = identity.newUser(id);
    user.setFirstName("Test");
    user.setLastName("Person");
    user.setPassword(password);
    identity.saveUser(user);
  }
}
