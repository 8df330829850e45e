package org.followthrough.tasklist;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.followthrough.engine.FormIntake;
import org.followthrough.family.Chronology;
import org.followthrough.page.Refusal;
import org.followthrough.people.Directory;
import org.springframework.boot.autoconfigure.security.SecurityProperties;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Stands between Tasklist and the engine's form calls. What a form shows comes from the record instead of engine
 * variables; what cannot be handed in is answered with one plain sentence.
 */
@Component
@Order(SecurityProperties.DEFAULT_FILTER_ORDER + 10)
class TaskForms extends OncePerRequestFilter {

  private static final Pattern SHOWN = Pattern.compile(".*/task/([^/]+)/form-variables");
  private static final Pattern HANDED_IN = Pattern.compile(".*/(task|process-definition(?:/key)?)/([^/]+)/submit-form");

  private final TaskList taskList;
  private final FormIntake intake;
  private final CaseFile file;
  private final Chronology chronology;
  private final Directory directory;
  private final ObjectMapper json;

  TaskForms(TaskList taskList, FormIntake intake, CaseFile file, Chronology chronology, Directory directory, ObjectMapper json) {
    this.taskList = taskList;
    this.intake = intake;
    this.file = file;
    this.chronology = chronology;
    this.directory = directory;
    this.json = json;
  }

  @Override
  protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Principal user = request.getUserPrincipal();
    Matcher shown = SHOWN.matcher(request.getRequestURI());
    Matcher handedIn = HANDED_IN.matcher(request.getRequestURI());
    if (user != null && "GET".equals(request.getMethod()) && shown.matches()) {
      show(shown.group(1), user, response);
    } else if (user != null && "POST".equals(request.getMethod()) && handedIn.matches()) {
      handIn(handedIn.group(1).equals("task") ? handedIn.group(2) : null, user, request, response, chain);
    } else {
      chain.doFilter(request, response);
    }
  }

  private void show(String taskId, Principal user, HttpServletResponse response) throws IOException {
    try {
      TaskList.Entry on = taskList.task(taskId, user);
      file.looked(on.user(), "form " + on.task().getName(), on.matter().contactId(), on.matter().caseId());
      Map<String, Object> variables = new LinkedHashMap<>();
      for (Map.Entry<String, Object> field : intake.prefilled(on.task(), on.user()).entrySet()) {
        variables.put(field.getKey(), variable(field.getValue()));
      }
      answer(response, HttpServletResponse.SC_OK, variables);
    } catch (ResponseStatusException e) {
      refuse(response, HttpServletResponse.SC_NOT_FOUND, e.getReason());
    }
  }

  /** Lists travel as JSON; everything else as what it is. */
  private Map<String, Object> variable(Object value) throws IOException {
    Map<String, Object> variable = new LinkedHashMap<>();
    boolean list = value instanceof Collection<?>;
    variable.put("type", list ? "Json" : value instanceof Boolean ? "Boolean" : value instanceof Number ? "Double" : "String");
    variable.put("value", list ? json.writeValueAsString(value) : value);
    variable.put("valueInfo", Map.of());
    return variable;
  }

  private void handIn(String taskId, Principal user, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    ContentCachingResponseWrapper answered = new ContentCachingResponseWrapper(response);
    chain.doFilter(request, answered);
    if (answered.getStatus() < 400) {
      answered.copyBodyToResponse();
      return;
    }
    JsonNode said = readable(answered.getContentAsByteArray());
    boolean signedOut = answered.getStatus() == HttpServletResponse.SC_UNAUTHORIZED;
    answered.resetBuffer();
    Optional<String> by = taskId == null ? Optional.empty() : chronology.handedInBy(taskId);
    if (Refusal.class.getSimpleName().equals(said.path("type").asText())) {
      refuse(response, HttpServletResponse.SC_BAD_REQUEST, said.path("message").asText());
    } else if (signedOut) {
      refuse(response, HttpServletResponse.SC_UNAUTHORIZED, "Your session has ended. Sign in again; what you typed is kept.");
    } else if (by.isPresent() && by.get().equals(user.getName())) {
      // a second click on a form that is in already
      response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    } else if (by.isPresent()) {
      refuse(response, HttpServletResponse.SC_BAD_REQUEST, directory.name(by.get())
          + " has handed this in already. What you typed was not taken; add it to the case if it is new.");
    } else {
      refuse(response, HttpServletResponse.SC_BAD_REQUEST, "This could not be handed in: the task is no longer open, or something went "
          + "wrong on our side. What you typed is kept. Open the task again, and tell operations if it happens twice.");
    }
  }

  private JsonNode readable(byte[] body) {
    try {
      JsonNode read = json.readTree(body);
      return read == null ? json.createObjectNode() : read;
    } catch (IOException e) {
      return json.createObjectNode();
    }
  }

  private void refuse(HttpServletResponse response, int status, String sentence) throws IOException {
    answer(response, status, Map.of("type", Refusal.class.getSimpleName(), "message", sentence));
  }

  private void answer(HttpServletResponse response, int status, Object body) throws IOException {
    response.setStatus(status);
    response.setContentType(MediaType.APPLICATION_JSON_VALUE);
    response.setCharacterEncoding("UTF-8");
    json.writeValue(response.getOutputStream(), body);
  }
}
