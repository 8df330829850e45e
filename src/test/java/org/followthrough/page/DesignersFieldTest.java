package org.followthrough.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.camunda.bpm.engine.RepositoryService;
import org.followthrough.Designer;
import org.followthrough.InTheHouse;
import org.followthrough.Practice;
import org.followthrough.referral.Contacts;
import org.followthrough.tasklist.CaseFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A designer adds a field in Modeler and deploys: no code, and nothing of it is lost. */
@InTheHouse
class DesignersFieldTest {

  @LocalServerPort int port;
  @Autowired Practice practice;
  @Autowired RepositoryService repository;
  @Autowired CaseFile file;
  @Autowired Contacts contacts;

  private String deployment;

  @BeforeEach
  void aDesignerAddsAFieldToRecordContact() throws IOException {
    practice.itIs("2026-11-16T10:00");
    // the form alone: its process and the other forms of that come along
    deployment = new Designer(port).changes(
        Map.of("record-contact.form", withOneMoreField(Path.of("forms/contact/record-contact.form"))));
  }

  private static String withOneMoreField(Path form) throws IOException {
    ObjectMapper json = new ObjectMapper();
    var drawing = json.readTree(Files.readString(form));
    ((ArrayNode) drawing.get("components")).addObject().put("type", "textfield").put("id", "Field_dogs").put("key", "dogs")
        .put("label", "Are there dogs in the house?").putObject("validate").put("maxLength", 20);
    return json.writeValueAsString(drawing);
  }

  @AfterEach
  void andTakesItAway() {
    repository.deleteDeployment(deployment, true);
  }

  @Test
  void it_is_kept_under_its_label_and_shows_with_the_tasks_entry() {
    String contact = practice.contactOf(practice.start("contact"));
    practice.handIn("contact", "Record contact", contact, practice.aContact("dogs", "Two, on chains"));

    assertThat(file.open(null, contacts.idOf(contact).orElseThrow(), "manager", "North", false, name -> name, code -> code).chronology())
        .filteredOn(line -> line.what().equals("Contact received")).singleElement()
        .satisfies(line -> assertThat(line.fields()).contains(new Answer("Are there dogs in the house?", "Two, on chains")));
  }

  @Test
  void it_is_checked_by_its_own_drawing() {
    String contact = practice.contactOf(practice.start("contact"));

    assertThatThrownBy(() -> practice.handIn("contact", "Record contact", contact, practice.aContact("dogs", "Two, on chains in the yard")))
        .isInstanceOf(Refusal.class).hasMessageContaining("“Are there dogs in the house?” is longer than 20 characters");
    assertThat(practice.task("Record contact", contact)).isNotNull();
    practice.handIn("contact", "Record contact", contact, practice.aContact("dogs", null));
    assertThat(practice.tasks("Record person", contact)).hasSize(1);
  }
}
