package org.followthrough.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.followthrough.Practice.london;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.Deployment;
import org.followthrough.Designer;
import org.followthrough.InTheHouse;
import org.followthrough.Practice;
import org.followthrough.TheRecord;
import org.followthrough.Visitor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

/** One deployment for all, nothing twice, and no designer's work lost or asked about by installing a release. */
@InTheHouse
@ExtendWith(OutputCaptureExtension.class)
class InstalledReleaseTest {

  private static final String DEADLINES = "bpmn/deadlines.dmn";
  private static final String FORM = "forms/referral/tell-referrer.form";

  @LocalServerPort int port;
  @Autowired InstalledRelease deployer;
  @Autowired RepositoryService repository;
  @Autowired Practice practice;
  @Autowired TheRecord record;

  private Deployment release;
  private Instant built;

  @BeforeEach
  void aDayAfterTheRelease() {
    // what is deployed now is newer than what was deployed at the start
    practice.itIs("2031-01-06T10:00");
    release = newest();
    built = record.moment("select max(built_at) from release_model");
  }

  @AfterEach
  void onlyTheReleaseStays() {
    practice.endEverything();
    repository.createDeploymentQuery().list().stream().filter(deployment -> !deployment.getId().equals(release.getId()))
        .forEach(deployment -> repository.deleteDeployment(deployment.getId(), true));
    for (String table : List.of("release_model", "model_release", "model_proposal_file", "model_proposal")) {
      record.change("delete from " + table);
    }
    deployer.afterSingletonsInstantiated();
  }

  private Deployment newest() {
    return repository.createDeploymentQuery().orderByDeploymentTime().desc().list().get(0);
  }

  private static List<String> files() throws IOException {
    try (Stream<Path> models = Files.walk(Path.of("bpmn")); Stream<Path> forms = Files.walk(Path.of("forms"))) {
      return Stream.concat(models, forms).filter(Files::isRegularFile).map(Path::toString)
          .filter(name -> !name.contains(".camunda") && !name.endsWith(".md")).toList();
    }
  }

  /** This release, with other contents of some files. */
  private static Map<String, byte[]> aRelease(String... changed) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    for (String file : files()) {
      files.put(file, Files.readAllBytes(Path.of(file)));
    }
    for (int i = 0; i < changed.length; i += 2) {
      files.put(changed[i], changed[i + 1].getBytes(StandardCharsets.UTF_8));
    }
    return files;
  }

  private void theNextReleaseStarts(String... changed) throws IOException {
    practice.itIs("2031-01-07T10:00");
    built = built.plus(Duration.ofDays(1));
    deployer.install(aRelease(changed), built);
  }

  private static String daysToDecide(int days) throws IOException {
    String table = Files.readString(Path.of(DEADLINES));
    String changed = table.replaceFirst("(?s)(id=\"Cell_ReferralDecideResponse_Amount\">\\s*<text>)1<", "$1" + days + "<");
    assertThat(changed).isNotEqualTo(table);
    return changed;
  }

  private static String formSayingCaller() throws IOException {
    return Files.readString(Path.of(FORM)).replace("the professional who came to us", "the caller");
  }

  private static String findInsteadOfName() throws IOException {
    return Files.readString(Path.of("bpmn/lead-professional.bpmn")).replace("Name lead professional", "Find lead professional");
  }

  private void aDesignerChanges(Map<String, String> files) {
    new Designer(port).changes(files);
  }

  /** By when a contact of Monday 11 January 2027 is to be decided. */
  private Instant dueForAContact() {
    practice.itIs("2027-01-11T10:00");
    return record.clock("DecideResponse", practice.aRecordedContact("Niall")).dueAt();
  }

  private JsonNode waiting() {
    return Visitor.read(Visitor.at(port, "admin").get("/actuator/health")).at("/components/models/details/releaseFilesThatWait");
  }

  private String deployed(Deployment deployment, String file) throws IOException {
    try (var content = repository.getResourceAsStream(deployment.getId(), file)) {
      return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void everything_is_one_deployment_under_the_names_of_its_files() throws IOException {
    assertThat(repository.createDeploymentQuery().count()).isEqualTo(1);
    assertThat(release.getName()).isEqualTo("follow-through");
    assertThat(repository.getDeploymentResourceNames(release.getId()))
        .containsExactlyInAnyOrderElementsOf(files()).hasSizeGreaterThan(15);
  }

  @Test
  void nothing_is_deployed_when_nothing_changed() {
    deployer.afterSingletonsInstantiated();
    deployer.afterSingletonsInstantiated();
    assertThat(repository.createDeploymentQuery().count()).isEqualTo(1);
    assertThat(repository.createProcessDefinitionQuery().processDefinitionKey("referral").latestVersion().singleResult().getVersion())
        .isEqualTo(1);
  }

  @Test
  void when_one_file_changed_all_of_them_are_deployed_together() throws IOException {
    theNextReleaseStarts(FORM, formSayingCaller());
    assertThat(newest().getId()).isNotEqualTo(release.getId());
    assertThat(newest().getSource()).isEqualTo("follow-through");
    assertThat(repository.getDeploymentResourceNames(newest().getId())).containsExactlyInAnyOrderElementsOf(files());
    assertThat(deployed(newest(), FORM)).isEqualTo(formSayingCaller());
  }

  @Test
  void a_limit_that_a_designer_changed_is_in_force_after_the_next_start() throws IOException {
    assertThat(dueForAContact()).isEqualTo(london("2027-01-12T17:00"));
    practice.itIs("2031-01-06T10:00");
    aDesignerChanges(Map.of("deadlines.dmn", daysToDecide(3)));
    deployer.afterSingletonsInstantiated();
    assertThat(repository.createDeploymentQuery().count()).as("nothing of the release goes over it").isEqualTo(2);
    assertThat(dueForAContact()).isEqualTo(london("2027-01-14T17:00"));
    assertThat(waiting()).isEmpty();
  }

  @Test
  void a_release_that_did_not_change_a_designers_file_leaves_it_in_force_and_brings_the_rest() throws IOException {
    aDesignerChanges(Map.of("deadlines.dmn", daysToDecide(3)));
    theNextReleaseStarts(FORM, formSayingCaller());
    assertThat(deployed(newest(), FORM)).isEqualTo(formSayingCaller());
    assertThat(deployed(newest(), DEADLINES)).isEqualTo(daysToDecide(3));
    assertThat(dueForAContact()).isEqualTo(london("2027-01-14T17:00"));
    assertThat(waiting()).isEmpty();
  }

  @Test
  void where_both_changed_a_file_the_designers_stays_and_the_releases_waits_for_all_to_see(CapturedOutput log) throws IOException {
    aDesignerChanges(Map.of("deadlines.dmn", daysToDecide(3)));
    theNextReleaseStarts(DEADLINES, daysToDecide(5), FORM, formSayingCaller());
    assertThat(dueForAContact()).isEqualTo(london("2027-01-14T17:00"));
    assertThat(deployed(newest(), FORM)).as("what only the release changed").isEqualTo(formSayingCaller());
    assertThat(waiting().fieldNames()).toIterable().containsExactly("deadlines.dmn");
    assertThat(waiting().path("deadlines.dmn").asText()).startsWith("2031-01-07T10:00");
    assertThat(log).contains("Designers’ versions stay in force; of this release wait: deadlines.dmn");

    practice.itIs("2031-01-08T10:00");
    deployer.install(aRelease(DEADLINES, daysToDecide(5), FORM, formSayingCaller()), built);
    assertThat(dueForAContact()).as("after one more start").isEqualTo(london("2027-01-14T17:00"));
    assertThat(waiting().path("deadlines.dmn").asText()).as("since when").startsWith("2031-01-07T10:00");

    practice.itIs("2031-01-09T10:00");
    aDesignerChanges(Map.of("deadlines.dmn", daysToDecide(5)));
    deployer.install(aRelease(DEADLINES, daysToDecide(5), FORM, formSayingCaller()), built);
    assertThat(waiting()).as("once the designer took it over").isEmpty();
    assertThat(dueForAContact()).isEqualTo(london("2027-01-18T17:00"));
  }

  @Test
  void a_designers_process_keeps_the_form_that_no_release_knows() throws IOException {
    String process = findInsteadOfName().replace("\"name-lead-professional\"", "\"thank-lead-professional\"");
    String added = Files.readString(Path.of(FORM)).replace("\"id\": \"tell-referrer\"", "\"id\": \"thank-lead-professional\"");
    aDesignerChanges(Map.of("lead-professional.bpmn", process, "thank-lead-professional.form", added));
    theNextReleaseStarts(FORM, formSayingCaller());
    assertThat(deployed(newest(), "bpmn/lead-professional.bpmn")).isEqualTo(process);
    assertThat(repository.getDeploymentResourceNames(newest().getId())).contains("forms/lead-professional/thank-lead-professional.form")
        .hasSize(files().size() + 1);
    assertThat(waiting()).isEmpty();
  }

  @Test
  void a_designers_form_stays_too() throws IOException {
    aDesignerChanges(Map.of("tell-referrer.form", formSayingCaller()));
    theNextReleaseStarts(DEADLINES, daysToDecide(3));
    assertThat(deployed(newest(), FORM)).isEqualTo(formSayingCaller());
    assertThat(dueForAContact()).isEqualTo(london("2027-01-14T17:00"));
  }

  @Test
  void what_is_in_force_already_is_not_proposed_again() throws IOException {
    String answered = new Designer(port).proposes(Map.of("from Modeler.bpmn", Files.readString(Path.of("bpmn/lead-professional.bpmn"))));
    assertThat(answered).as("the deployment by which it is in force").isEqualTo(release.getId());
    assertThat(repository.createDeploymentQuery().count()).isEqualTo(1);
    assertThat(record.count("select count(*) from model_proposal where outcome is null")).isZero();
  }

  @Test
  void a_model_that_a_designer_drew_under_former_names_goes_on() throws IOException {
    String model = Files.readString(Path.of("bpmn/referral.bpmn"));
    String former = model.replace("${beginProcess}", "${handOn}").replace("${whichProcessFollows", "${whichRoadFollows");
    assertThat(former).isNotEqualTo(model);
    Map<String, String> files = new TreeMap<>(Map.of("referral.bpmn", former));
    try (Stream<Path> forms = Files.list(Path.of("forms/referral"))) {
      for (Path form : forms.toList()) {
        files.put(form.getFileName().toString(), Files.readString(form));
      }
    }
    aDesignerChanges(files);
    practice.itIs("2031-01-06T12:00");
    String contact = practice.aRecordedContact("Niall");
    practice.handIn("manager", "Decide response", contact, practice.aDecision("strategy-discussion"));
    assertThat(practice.process("strategy-discussion", contact)).isNotNull();
  }

  @Test
  void what_todays_rules_refuse_stays_as_it_is_and_keeps_no_start_from_succeeding(CapturedOutput log) throws IOException {
    aDesignerChanges(Map.of("lead-professional.bpmn", findInsteadOfName()));
    String theirs = newest().getId();
    // accepted once, under the rules of its day
    record.change("update camunda.act_ge_bytearray set bytes_ = convert_to(replace(convert_from(bytes_, 'UTF8'), '</bpmn:process>',"
        + " '<bpmn:scriptTask id=\"A\" /></bpmn:process>'), 'UTF8') where deployment_id_ = ?", theirs);
    theNextReleaseStarts(FORM, formSayingCaller());
    assertThat(deployed(newest(), FORM)).isEqualTo(formSayingCaller());
    assertThat(repository.createProcessDefinitionQuery().processDefinitionKey("lead-professional").latestVersion().singleResult()
        .getDeploymentId()).isEqualTo(theirs);
    assertThat(log).contains("Designers’ [lead-professional] stay as they were deployed").contains("contains a script or connector");
  }

  @Test
  void a_release_that_is_broken_itself_does_not_start() throws IOException {
    Map<String, byte[]> broken = aRelease("bpmn/lead-professional.bpmn", "<no model>");
    assertThatThrownBy(() -> deployer.install(broken, built)).hasMessageContaining("bpmn/lead-professional.bpmn");
    assertThat(repository.createDeploymentQuery().count()).isEqualTo(1);
  }

  @Test
  void an_older_release_installs_nothing_over_a_newer_one(CapturedOutput log) throws IOException {
    theNextReleaseStarts(DEADLINES, daysToDecide(3));
    practice.itIs("2031-01-08T10:00");
    deployer.install(aRelease(), built.minus(Duration.ofDays(1)));
    assertThat(repository.createDeploymentQuery().count()).isEqualTo(2);
    assertThat(dueForAContact()).isEqualTo(london("2027-01-14T17:00"));
    assertThat(log).contains("The models in force come from a newer release than this one");
    // and the newer one finds everything as it left it
    deployer.install(aRelease(DEADLINES, daysToDecide(3)), built);
    assertThat(repository.createDeploymentQuery().count()).isEqualTo(2);
  }

  @Test
  void this_release_knows_when_it_was_built() {
    assertThat(record.count("select count(distinct built_at) from release_model")).isEqualTo(1);
    assertThat(built).isBefore(Timestamp.valueOf("2031-01-01 00:00:00").toInstant());
  }
}
