package org.followthrough;

import static org.assertj.core.api.Assertions.assertThat;
import static org.followthrough.Practice.london;

import com.microsoft.playwright.Locator;
import java.util.List;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A conference and the first core group as chair, minute taker and social worker walk them, click by click. */
@InTheHouse
class ConferenceInTheBrowserTest {

  @Autowired Practice practice;
  @Autowired HeldConference conferences;
  @Autowired TheRecord record;
  @LocalServerPort int port;

  private Browser browser;
  private String contact;
  private String reference;

  @AfterEach
  void realTime() {
    practice.endEverything();
    ClockUtil.reset();
  }

  @Test
  void a_conference_decides_on_a_plan_and_the_core_group_finds_what_it_still_lacks() {
    practice.itIs("2027-01-11T09:00");
    contact = practice.aContactAbout(List.of(practice.aNewChild("Aoife"), practice.aNewChild("Zoë", "kind", "adult", "relation", "mother",
        "birthDate", "1994-05-05")), practice.aConcern());
    practice.handIn("manager", "Decide response", contact, practice.aDecision("strategy-discussion"));
    reference = practice.caseOf(contact);
    conferences.knownBefore(contact, "health", "school", "police");
    conferences.needed(contact, london("2027-01-05T10:00"));
    try (Browser opened = Browser.open("http://127.0.0.1:" + port)) {
      browser = opened;
      try {
        arrangeAndInvite();
        hold();
        decide();
        coreGroup();
      } catch (RuntimeException | AssertionError e) {
        browser.failed("failed-conference");
        throw e;
      }
    }
    assertThat(record.texts("select obligation || ' ' || ended_as from clock k join family_case f on f.id = k.case_id "
        + "where f.reference = ? and obligation in ('HoldConference', 'DecidePlans', 'SendDecisionLetter', 'HoldCoreGroup', "
        + "'ReviewPlan') and ended_at is not null order by 1", reference))
        .containsExactly("DecidePlans met", "HoldConference met", "HoldCoreGroup met", "ReviewPlan met", "SendDecisionLetter met");
  }

  private void arrangeAndInvite() {
    browser.signIn("chair", "en-GB");
    browser.take("Arrange conference", reference);
    browser.typeDate("plannedAt", "12/01/2027");
    browser.typeTime("plannedAt", "10:00");
    browser.select("how", "In one room");
    browser.type("place", "Town Hall, room 3");
    browser.select("chair", "Martin Walsh");
    browser.type("purpose", "Whether Aoife needs a plan.");
    browser.picture("arrange-conference");
    browser.done("Arrange conference", reference);

    browser.take("Invite to conference", reference);
    browser.choose("whom", "Professionals who were");
    tickAll("known");
    browser.choose("anotherInvitation", "Yes");
    browser.picture("invite-known");
    String first = practice.task("Invite to conference", contact).getId();
    browser.complete();
    // the next invitation has a page of its own, under the same name
    for (int tries = 0; tries < 100 && practice.tasks("Invite to conference", contact).stream()
        .allMatch(task -> task.getId().equals(first)); tries++) {
      browser.page().waitForTimeout(200);
    }
    browser.page().reload();
    browser.take("Invite to conference", reference);
    browser.choose("whom", "One of the family");
    browser.select("person", "Zoë");
    browser.select("part", "Comes to the conference");
    browser.choose("anotherInvitation", "No");
    browser.type("notInvitedWhy", "Aoife is at school; her words are in the report.");
    browser.picture("invite-family");
    browser.done("Invite to conference", reference);
  }

  private void hold() {
    practice.itIs("2027-01-12T11:30");
    browser.signIn("minutes", "en-GB");
    browser.take("Record conference", reference);
    browser.choose("tookPlace", "Yes");
    browser.type("chair", "Martin Walsh");
    tickAll("tookPart");
    browser.type("otherName", "Sam Carter");
    browser.select("otherAgency", "Children’s social care");
    browser.select("c1Part", "Not there, sent views");
    browser.picture("record-conference");
    browser.done("Record conference", reference);

    browser.take("Record view", reference);
    browser.select("agency", "Health");
    browser.type("name", "Niamh Byrne");
    browser.type("view", "She is thin, and needs a plan.");
    browser.choose("dissents", "No");
    browser.choose("anotherView", "No");
    browser.picture("record-view");
    browser.done("Record view", reference);
  }

  private void decide() {
    browser.signIn("chair", "en-GB");
    browser.take("Decide plan", reference);
    tickAll("children");
    browser.choose("decision", "A child protection plan begins");
    browser.choose("category", "Neglect");
    browser.type("reasons", "Nobody gets up; harm is likely while that is so.");
    browser.picture("decide-plan");
    browser.done("Decide plan", reference);

    browser.take("Add to plan", reference);
    browser.choose("adding", "Something that must change");
    browser.type("risk", "Aoife is hungry and late.");
    browser.type("mustChange", "Breakfast before eight");
    browser.choose("addMore", "No");
    browser.picture("add-to-plan");
    browser.done("Add to plan", reference);

    browser.take("Name core group", reference);
    tickAll("members");
    browser.typeDate("coreGroupAt", "20/01/2027");
    browser.typeTime("coreGroupAt", "10:00");
    browser.typeDate("reviewAt", "08/04/2027");
    browser.typeTime("reviewAt", "10:00");
    browser.type("mustNotMiss", "The dietician on 2 February.");
    browser.picture("name-core-group");
    browser.done("Name core group", reference);

    // what was said is written down by whoever has written so far: the page is theirs already
    browser.signIn("minutes", "en-GB");
    browser.openTask("Agree action", reference);
    browser.shows("Agree action");
    browser.choose("agreed", "Nothing more");
    browser.done("Agree action", reference);

    browser.take("Send decision letter", reference);
    tickAll("sentTo");
    browser.select("how", "Handed over");
    browser.page().locator("label[for$='Field_complaints']").first().click();
    browser.picture("send-decision-letter");
    browser.done("Send decision letter", reference);
  }

  private void coreGroup() {
    practice.itIs("2027-01-20T11:00");
    browser.signIn("worker", "en-GB");
    browser.take("Arrange core group", reference);
    browser.typeDate("plannedAt", "20/01/2027");
    browser.typeTime("plannedAt", "11:30");
    browser.type("place", "At the school");
    browser.picture("arrange-core-group");
    browser.done("Arrange core group", reference);
    practice.itIs("2027-01-20T12:30");
    browser.take("Record core group", reference);
    browser.choose("coreGroupHeld", "Yes");
    browser.type("ledBy", "Joan Patel");
    browser.choose("socialWorker", "Yes");
    browser.type("socialWorkerName", "Sam Carter");
    tickAll("tookPart");
    browser.picture("record-core-group");
    browser.done("Record core group", reference);
    browser.openTask("Agree action", reference);
    if (browser.page().locator("button:has-text('Claim it'), a.claim, button.claim").count() > 0) {
      browser.claim();
    }
    browser.shows("Agree action");
    browser.choose("agreed", "Nothing more");
    browser.done("Agree action", reference);
    browser.take("Add to plan", reference);
    assertThat(browser.page().locator(".fjs-container").innerText()).contains("Still lacking", "Breakfast before eight");
    browser.choose("adding", "Nothing more now");
    browser.picture("plan-in-core-group");
    browser.complete();

    // what the plan lacks stays somebody’s task with a clock of its own, and stands on the Case tab
    browser.page().locator(".task:has-text('Add to plan'):has-text('27 January 2027')").first().waitFor();
    browser.openTask("Record visit", reference);
    browser.openTab("Case");
    browser.page().locator(".ft-plan").waitFor();
    assertThat(browser.page().locator(".ft-plan").innerText()).contains("Aoife", "neglect", "Breakfast before eight", "Still lacking",
        "No action is for the child directly");
    browser.picture("case-with-plan");
  }

  private void tickAll(String key) {
    List<Locator> boxes = browser.page().locator("input[type=checkbox][id*='Field_" + key + "-']").all();
    assertThat(boxes).as("choices of %s", key).isNotEmpty();
    boxes.stream().filter(box -> !box.isChecked()).forEach(Locator::check);
  }
}
