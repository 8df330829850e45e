package org.followthrough.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.followthrough.Practice.london;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.camunda.bpm.engine.RepositoryService;
import org.followthrough.Designer;
import org.followthrough.InTheHouse;
import org.followthrough.Practice;
import org.followthrough.TheRecord;
import org.followthrough.Visitor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.dao.DataIntegrityViolationException;

/** A designer changes how the county works; a second person puts it in force; it can be taken back. */
@InTheHouse
class ProposalsTest {

  private static final String TABLE = "bpmn/deadlines.dmn";
  private static final String FORM = "forms/referral/tell-referrer.form";

  @LocalServerPort int port;
  @Autowired Proposals proposals;
  @Autowired RepositoryService repository;
  @Autowired Practice practice;
  @Autowired TheRecord record;

  private Designer designer;
  private String release;

  @BeforeEach
  void aMondayMorning() {
    practice.itIs("2027-01-11T10:00");
    nothingIsProposed();
    designer = new Designer(port);
    release = repository.createDeploymentQuery().singleResult().getId();
  }

  @AfterEach
  void onlyTheReleaseStays() {
    practice.endEverything();
    repository.createDeploymentQuery().list().stream().filter(deployment -> !deployment.getId().equals(release))
        .forEach(deployment -> repository.deleteDeployment(deployment.getId(), true));
    nothingIsProposed();
  }

  private void nothingIsProposed() {
    record.change("delete from model_release where proposal_id is not null");
    record.change("delete from model_proposal_file");
    record.change("delete from model_proposal");
  }

  private static String daysToDecide(int days) throws IOException {
    String changed = Files.readString(Path.of(TABLE))
        .replaceFirst("(?s)(id=\"Cell_ReferralDecideResponse_Amount\">\\s*<text>)1<", "$1" + days + "<");
    assertThat(changed).contains(">" + days + "<");
    return changed;
  }

  private static String formSayingCaller() throws IOException {
    return Files.readString(Path.of(FORM)).replace("the professional who came to us", "the caller");
  }

  private Instant dueForAContact() {
    return record.clock("DecideResponse", practice.aRecordedContact("Niall")).dueAt();
  }

  private long deployments() {
    return repository.createDeploymentQuery().count();
  }

  private Visitor as(String person) {
    Visitor visitor = Visitor.at(port, person);
    visitor.get("/api/session");
    return visitor;
  }

  private HttpResponse<String> decide(String person, String id, String decision, Object answer) {
    return as(person).json("POST", "/api/models/proposals/" + id + "/" + decision, answer);
  }

  private Map<String, String> havingLooked(String id) {
    return Map.of("against", designer.proposal(id).path("against").asText(), "reason", "Agreed.");
  }

  @Test
  void what_a_designer_deploys_is_answered_as_a_deployment_and_changes_nothing_until_a_second_person_puts_it_in_force() throws IOException {
    HttpResponse<String> answer = designer.deploys(Map.of("limits.dmn", daysToDecide(3)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode told = Visitor.read(answer);
    assertThat(told.path("name").asText()).isEqualTo("from Modeler");
    assertThat(told.path("deployedProcessDefinitions").isNull()).isTrue();
    assertThat(deployments()).isEqualTo(1);
    assertThat(dueForAContact()).isEqualTo(london("2027-01-12T17:00"));

    String id = told.path("id").asText();
    JsonNode seen = designer.proposal(id);
    assertThat(seen.at("/proposal/by").asText()).isEqualTo("Ines Moreau");
    assertThat(seen.path("inShort").asText()).isEqualTo("Changes 1 time limit.");
    assertThat(seen.at("/files/0/key").asText()).isEqualTo("deadlines.dmn");
    assertThat(seen.at("/files/0/changes/0/place").asText()).isEqualTo("referral, Decide response");
    assertThat(seen.at("/files/0/changes/0/what").asText()).isEqualTo("Amount was “1”, now “3”");
    assertThat(designer.putInForce(id).statusCode()).isEqualTo(200);

    assertThat(dueForAContact()).isEqualTo(london("2027-01-14T17:00"));
    assertThat(record.texts("select put_in_force_by from model_release where proposal_id is not null")).containsExactly("head");
    JsonNode newest = versions("deadlines.dmn").get(0);
    assertThat(newest.path("by").asText()).isEqualTo("Helen Adeyemi");
    assertThat(newest.path("reason").asText()).isEqualTo("Agreed with the designer.");
  }

  private JsonNode versions(String key) {
    for (JsonNode model : Visitor.read(as("head").get("/api/models")).path("inForce")) {
      if (model.path("key").asText().equals(key)) {
        return model.path("versions");
      }
    }
    throw new AssertionError(key);
  }

  @Test
  void the_same_again_is_the_same_proposal_and_another_is_another() throws IOException {
    String first = designer.proposes(Map.of("deadlines.dmn", daysToDecide(3)));
    assertThat(designer.proposes(Map.of("copy of deadlines.dmn", daysToDecide(3)))).isEqualTo(first);
    assertThat(designer.proposes(Map.of("deadlines.dmn", daysToDecide(5)))).isNotEqualTo(first);
    // once it is decided, it may be proposed again
    assertThat(decide("designer", first, "withdrawal", Map.of("reason", "Not yet.")).statusCode()).isEqualTo(204);
    assertThat(designer.proposes(Map.of("deadlines.dmn", daysToDecide(3)))).isNotEqualTo(first);
  }

  @Test
  void a_form_brings_its_process_and_all_other_forms_along() throws IOException {
    String deployment = designer.changes(Map.of("form_1.form", formSayingCaller()));
    try (var forms = Files.list(Path.of("forms/referral"))) {
      List<String> together = new ArrayList<>(forms.map(form -> "forms/referral/" + form.getFileName()).toList());
      together.add("bpmn/referral.bpmn");
      assertThat(repository.getDeploymentResourceNames(deployment)).containsExactlyInAnyOrderElementsOf(together);
    }
    String contact = practice.aRecordedContact("Niall");
    assertThat(as("manager").get("/camunda/api/engine/engine/default/task/" + practice.task("Decide response", contact).getId()
        + "/deployed-form").statusCode()).isEqualTo(200);
  }

  @Test
  void a_process_that_opens_a_form_which_there_is_not_and_a_form_that_no_task_opens_are_refused() throws IOException {
    String process = Files.readString(Path.of("bpmn/lead-professional.bpmn")).replace("\"name-lead-professional\"", "\"name-them\"");
    HttpResponse<String> answer = designer.deploys(Map.of("lead-professional.bpmn", process,
        "another.form", formSayingCaller().replace("\"id\": \"tell-referrer\"", "\"id\": \"another\"")));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(Visitor.read(answer).path("message").asText()).contains("opens the form “name-them.form”, which there is not",
        "No task opens the form “another.form”");
    assertThat(designer.proposed()).isEmpty();
  }

  @Test
  void nobody_puts_in_force_what_they_proposed_themselves() throws IOException {
    String id = designer.proposes(Map.of("deadlines.dmn", daysToDecide(3)));
    record.change("update model_proposal set proposed_by = 'head'");
    HttpResponse<String> own = decide("head", id, "in-force", havingLooked(id));
    assertThat(own.statusCode()).isEqualTo(422);
    assertThat(Visitor.read(own).path("message").asText()).isEqualTo("You proposed this yourself. A second person puts it in force.");
    assertThat(deployments()).isEqualTo(1);
    // and the database would not keep it either
    assertThatThrownBy(() -> record.change("update model_proposal set outcome = 'in-force', decided_at = now(), decided_by = 'head', "
        + "reason = 'x'")).isInstanceOf(DataIntegrityViolationException.class).hasMessageContaining("two_pairs_of_eyes");
  }

  @Test
  void only_who_may_put_models_in_force_does_and_only_who_works_on_models_sees_them() throws IOException {
    String id = designer.proposes(Map.of("deadlines.dmn", daysToDecide(3)));
    for (String person : List.of("designer", "admin")) {
      assertThat(decide(person, id, "in-force", havingLooked(id)).statusCode()).as(person).isEqualTo(403);
    }
    for (String person : List.of("worker", "manager", "service-manager", "contact", "health", "police", "chair")) {
      assertThat(as(person).get("/api/models").statusCode()).as(person).isEqualTo(403);
      assertThat(as(person).get("/api/models/proposals/" + id).statusCode()).as(person).isEqualTo(403);
      for (String decision : List.of("in-force", "withdrawal")) {
        assertThat(decide(person, id, decision, havingLooked(id)).statusCode()).as(person).isEqualTo(403);
      }
      assertThat(as(person).json("POST", "/api/models/proposals", Map.of("key", "deadlines.dmn", "version", 1)).statusCode())
          .as(person).isEqualTo(403);
    }
    assertThat(Visitor.at(port).get("/api/models").statusCode()).isEqualTo(401);
    assertThat(Visitor.at(port).get("/rest/models").statusCode()).isEqualTo(401);
    assertThat(Visitor.at(port).withBasic("head", "head-demo").get("/rest/models").statusCode()).isEqualTo(401);
    assertThat(Visitor.at(port).withBasic("designer", "designer-demo").get("/rest/models").statusCode()).isEqualTo(200);
    assertThat(deployments()).isEqualTo(1);
  }

  @Test
  void it_is_decided_with_a_reason_once_and_on_what_was_looked_at() throws IOException {
    String three = designer.proposes(Map.of("deadlines.dmn", daysToDecide(3)));
    String five = designer.proposes(Map.of("deadlines.dmn", daysToDecide(5)));
    Map<String, String> looked = havingLooked(five);

    HttpResponse<String> silent = decide("head", three, "in-force", Map.of("against", looked.get("against"), "reason", " "));
    assertThat(silent.statusCode()).isEqualTo(422);
    assertThat(Visitor.read(silent).path("field").asText()).isEqualTo("reason");

    assertThat(decide("head", three, "in-force", havingLooked(three)).statusCode()).isEqualTo(200);
    HttpResponse<String> late = decide("head", five, "in-force", looked);
    assertThat(Visitor.read(late).path("message").asText())
        .isEqualTo("Something else has come in force since you looked. Look at the difference once more.");
    assertThat(decide("head", five, "in-force", havingLooked(five)).statusCode()).isEqualTo(200);
    assertThat(Visitor.read(decide("head", five, "in-force", havingLooked(five))).path("message").asText())
        .isEqualTo("This has been decided already.");
    assertThat(dueForAContact()).isEqualTo(london("2027-01-18T17:00"));
  }

  @Test
  void it_is_taken_back_by_two_people_in_the_same_way() throws IOException {
    designer.changes(Map.of("deadlines.dmn", daysToDecide(3)));
    assertThat(dueForAContact()).isEqualTo(london("2027-01-14T17:00"));
    HttpResponse<String> back = as("designer").json("POST", "/api/models/proposals", Map.of("key", "deadlines.dmn", "version", 1));
    assertThat(back.statusCode()).as(back.body()).isEqualTo(200);
    String id = Visitor.read(back).path("id").asText();
    assertThat(designer.proposal(id).at("/proposal/title").asText()).isEqualTo("Return to version 1 of deadlines");
    assertThat(designer.putInForce(id).statusCode()).isEqualTo(200);
    assertThat(dueForAContact()).isEqualTo(london("2027-01-12T17:00"));
    assertThat(versions("deadlines.dmn")).hasSize(3);
  }

  @Test
  void who_puts_the_same_in_force_at_one_moment_puts_it_in_force_once() throws IOException {
    String id = designer.proposes(Map.of("deadlines.dmn", daysToDecide(3)));
    Map<String, String> looked = havingLooked(id);
    List<CompletableFuture<Boolean>> both = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      both.add(CompletableFuture.supplyAsync(() -> {
        try {
          proposals.putInForce(UUID.fromString(id), looked.get("against"), "head", "Agreed.");
          return true;
        } catch (RuntimeException refused) {
          return false;
        }
      }));
    }
    assertThat(both.stream().filter(CompletableFuture::join)).hasSize(1);
    assertThat(deployments()).isEqualTo(2);
    assertThat(record.count("select count(*) from model_release where proposal_id is not null")).isEqualTo(1);
  }

  @Test
  void whatever_fails_on_the_way_leaves_what_was_in_force_whole() throws IOException {
    String id = designer.proposes(Map.of("deadlines.dmn", daysToDecide(3)));
    String against = designer.proposal(id).path("against").asText();
    // the last step of all cannot be kept
    record.change("alter table model_release add constraint fails check (proposal_id is null)");
    try {
      assertThatThrownBy(() -> proposals.putInForce(UUID.fromString(id), against, "head", "Agreed."))
          .isInstanceOf(DataIntegrityViolationException.class);
    } finally {
      record.change("alter table model_release drop constraint fails");
    }
    assertThat(deployments()).isEqualTo(1);
    assertThat(dueForAContact()).isEqualTo(london("2027-01-12T17:00"));
    assertThat(designer.putInForce(id).statusCode()).as("and it can be put in force after that").isEqualTo(200);
    assertThat(dueForAContact()).isEqualTo(london("2027-01-14T17:00"));
  }

  @Test
  void an_earlier_deployment_deployed_again_is_a_proposal_too() throws IOException {
    designer.changes(Map.of("deadlines.dmn", daysToDecide(3)));
    HttpResponse<String> again = Visitor.at(port).withBasic("designer", "designer-demo")
        .json("POST", "/engine-rest/deployment/" + release + "/redeploy", Map.of("resourceNames", List.of(TABLE)));
    assertThat(again.statusCode()).as(again.body()).isEqualTo(200);
    assertThat(deployments()).isEqualTo(2);
    assertThat(designer.proposal(Visitor.read(again).path("id").asText()).at("/files/0/key").asText()).isEqualTo("deadlines.dmn");
    assertThat(dueForAContact()).isEqualTo(london("2027-01-14T17:00"));
  }
}
