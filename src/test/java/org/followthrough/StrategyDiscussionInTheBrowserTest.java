package org.followthrough;

import static org.assertj.core.api.Assertions.assertThat;
import static org.followthrough.Practice.london;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.sql.Timestamp;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** From a contact to the last receipt as the demo people walk it, out of hours and an agency included, click by click. */
@InTheHouse
class StrategyDiscussionInTheBrowserTest {

  @Autowired Practice practice;
  @Autowired JdbcClient jdbc;
  @LocalServerPort int port;

  private Browser browser;
  private String reference;

  @AfterEach
  void realTime() {
    practice.endEverything();
    ClockUtil.reset();
  }

  @Test
  void a_child_is_protected_tonight_talked_about_in_time_and_every_professional_has_the_minutes() {
    practice.itIs("2026-12-04T18:20");
    String family = "Protected" + System.nanoTime();
    try (Browser opened = Browser.open("http://127.0.0.1:" + port)) {
      browser = opened;
      try {
        ReferralInTheBrowserTest.recordContact(browser, "en-GB", family);
        reference = jdbc.sql("select f.reference from family_case f join case_person c on c.case_id = f.id "
            + "join person_name n on n.person_id = c.person_id where n.last_name = :name").param("name", family)
            .query(String.class).single();
        decide();
        protect();
        discuss();
        promise();
        minutes();
        receipts();
        assertThat(jdbc.sql("select k.obligation || ' ' || k.ended_as from clock k join family_case f on f.id = k.case_id "
            + "where f.reference = :ref and k.process in ('minutes', 'receipts') order by 1").param("ref", reference)
            .query(String.class).list()).containsExactly("ConfirmReceipts met", "ProduceMinutes met");
        assertThat(jdbc.sql("select count(*) from minutes_copy c join minutes v on v.id = c.minutes_id "
            + "join meeting m on m.id = v.meeting_id join family_case f on f.id = m.case_id where f.reference = :ref "
            + "and c.received_at is null").param("ref", reference).query(Integer.class).single())
            .as("receipts still missing").isZero();
      } catch (RuntimeException | AssertionError e) {
        browser.failed("failed-strategy-discussion");
        throw e;
      }
    }
  }

  private void decide() {
    browser.signIn("manager", "en-GB");
    browser.take("Decide response", reference);
    browser.choose("response", "Strategy discussion");
    browser.type("reasons", "Two years old, cold and alone.");
    browser.choose("childNeedsProtectingNow", "Yes");
    if (browser.page().locator("[id$='Field_overruleReason']").count() > 0) {
      browser.type("overruleReason", "The night makes it urgent.");
    }
    browser.done("Decide response", reference);
  }

  /** Friday evening: the emergency duty team finds the page, and the arrangement stands on top of the case from then on. */
  private void protect() {
    browser.signIn("out-of-hours", "en-GB");
    browser.take("Arrange protection", reference);
    browser.choose("children", "Aoife");
    browser.choose("kind", "Police protection");
    browser.typeDate("since", "04/12/2026");
    browser.typeTime("since", "18:05");
    browser.type("details", "PC Hughes took her to her aunt, who is known to us.");
    browser.type("whereChildren", "With her aunt");
    browser.picture("arrange-protection");
    browser.done("Arrange protection", reference);

    browser.openTask("Arrange what follows", reference);
    browser.openTab("Case");
    Locator banner = browser.page().locator(".ft-protection");
    banner.waitFor();
    // the law's hours, counted from when the police took her, on a Friday before a weekend
    assertThat(banner.innerText()).contains("Aoife", "olice protection", "Monday 7 December 2026 at 18:05", "With her aunt");
    browser.picture("protection-on-top");
    assertThat(jdbc.sql("select k.due_at from clock k join family_case f on f.id = k.case_id where f.reference = :ref "
        + "and obligation = 'ArrangeWhatFollows'")
        .param("ref", reference).query(Timestamp.class).single().toInstant()).isEqualTo(london("2026-12-07T14:05"));
  }

  private void discuss() {
    browser.openTask("Convene discussion", reference);
    browser.openTab("Form");
    browser.claim();
    browser.shows("Convene discussion");
    browser.choose("when", "It is being held now");
    browser.select("how", "By telephone");
    browser.choose("asked", "Police");
    browser.done("Convene discussion", reference);

    browser.take("Record attendance", reference);
    browser.choose("discussionHeld", "Yes");
    browser.choose("socialWork", "Yes");
    browser.type("socialWorkName", "Tom Okafor");
    browser.choose("police", "Yes");
    browser.type("policeName", "Dan Hughes");
    browser.choose("health", "Yes");
    assertThat(browser.page().locator("[id$='Field_healthName']").inputValue()).as("the health visitor who told us")
        .isEqualTo("Siobhán Doyle");
    browser.choose("school", "There is none");
    browser.picture("record-attendance");
    browser.readToItsEndAt(768);
    browser.done("Record attendance", reference);

    // the pages that follow open by themselves
    browser.shows("Record discussion");
    browser.type("known", "Police: found alone at six. Health: thin, and cold at every visit.");
    browser.type("tonight", "Aoife is with her aunt; EDT rings at nine and at midnight.");
    browser.type("whoIsTold", "Her mother, by Tom, tonight. Her father after the police have spoken with him.");
    browser.picture("record-discussion");
    browser.complete();
    browser.shows("Agree action");
    browser.choose("agreed", "The action below");
    browser.type("what", "Examine Aoife");
    browser.type("namedPerson", "Siobhán Doyle");
    browser.select("agency", "Health");
    browser.choose("accepted", "Yes, in the meeting");
    browser.typeDate("dueOn", "05/12/2026");
    browser.choose("anotherAction", "No");
    browser.picture("agree-action");
    browser.complete();

    browser.take("Decide outcome", reference);
    browser.choose("children", "Aoife");
    browser.choose("outcome", "Section 47 enquiry, together with the police");
    browser.type("reasons", "Left alone at two, in the cold.");
    browser.picture("decide-outcome");
    browser.done("Decide outcome", reference);
  }

  /** What was promised for Saturday is late on Monday: the manager finds it in one line, and its owner says that it is done. */
  private void promise() {
    practice.itIs("2026-12-07T08:30");
    practice.timersFire();
    browser.signIn("manager", "en-GB");
    browser.page().click("text=What is late");
    Locator line = browser.page().locator(".ft-find li.ft-clock:has-text('" + reference + "')");
    line.waitFor();
    browser.picture("what-is-late");
    assertThat(line.count()).as("one line to a family").isEqualTo(1);
    line.locator("summary").all().forEach(Locator::click);
    // it was due on Saturday, and this is Monday; by the clock where nobody leads the work for a child in danger
    assertThat(line.innerText()).contains("Aoife", "Name lead professional", "2 days late", "Carry out action", "1 working day late",
        "Nobody has taken it: Health", "You are asked", "no answer yet: North team manager");
    assertThat(browser.page().locator(".ft-find").innerText()).doesNotContain("null", "undefined");
    line.locator("button:has-text('Carry out action')").click();
    browser.shows("Agree what happens now");
    assertThat(browser.page().locator(".fjs-container").innerText()).contains("Examine Aoife", "Siobhán Doyle",
        "Does the plan still hold?");
    browser.picture("late-action");
    allocate();

    browser.signIn("health", "en-GB");
    browser.take("Report on action", reference);
    browser.choose("stands", "Done");
    browser.type("evidence", "Dr Khan has examined her; the letter is on its way.");
    browser.picture("report-on-action");
    browser.done("Report on action", reference);
    browser.signIn("worker", "en-GB");
    browser.take("Confirm action", reference);
    browser.choose("doneIndeed", "Yes");
    browser.type("howKnown", "I have the letter.");
    browser.done("Confirm action", reference);
  }

  /** Whom the enquiry asks is found in a list that may be long, kind by kind and organisation by organisation. */
  private void allocate() {
    browser.take("Allocate enquiry", reference);
    browser.select("worker", "Sam Carter");
    browser.choose("knowsFamily", "No");
    browser.choose("relatedFamily", "No");
    browser.tag("agencies", "Police");
    browser.tag("agencies", "Riverside Surgery");
    browser.choose("checksAgreed", "Yes");
    browser.choose("medical", "No");
    browser.picture("allocate-enquiry");
    browser.done("Allocate enquiry", reference);
    assertThat(jdbc.sql("select coalesce(a.named, a.agency) from enquiry_agency a join enquiry q on q.id = a.enquiry_id "
        + "join family_case f on f.id = q.case_id where f.reference = :ref order by a.position").param("ref", reference)
        .query(String.class).list())
        .containsExactly("police", "Riverside Surgery");
  }

  private void minutes() {
    practice.itIs("2026-12-07T09:30");
    browser.signIn("out-of-hours", "en-GB");
    browser.take("Write minutes", reference);
    browser.type("summary", "Aoife was found alone. All agencies fear for her.");
    browser.picture("write-minutes");
    browser.done("Write minutes", reference);

    // who wrote them chairs as well, and is told that a second person reads them
    browser.openTask("Agree minutes", reference);
    Locator told = browser.page().locator(".ft-take:has-text('Somebody else must do this')");
    told.waitFor();
    assertThat(told.innerText()).contains("You wrote these minutes yourself. Somebody else who may chair reads them");
    assertThat(browser.page().locator("button:has-text('Claim it')").count()).isZero();
    browser.page().locator("[cam-tasklist-task-meta] .claim").waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN));
    browser.picture("somebody-else-must-do-this");

    // whoever took a task gives it back, and it is everybody's again
    browser.signIn("manager", "en-GB");
    browser.take("Agree minutes", reference);
    browser.page().locator("[cam-tasklist-task-meta] .unclaim").click();
    browser.page().locator("button:has-text('Claim it')").waitFor();
    assertThat(browser.page().locator(".notifications .alert-danger").count()).isZero();
    browser.picture("given-back");
    browser.claim();
    browser.shows("Agree minutes");
    browser.choose("minutesAgreed", "Yes");
    browser.type("challenged", "Nothing.");
    browser.page().locator("label[for$='Field_plainWords']").first().click();
    browser.picture("agree-minutes");
    browser.done("Agree minutes", reference);

    browser.signIn("worker", "en-GB");
    browser.take("Circulate minutes", reference);
    assertThat(browser.page().locator("input[type=radio]:checked").count()).as("proposed for everybody").isGreaterThanOrEqualTo(3);
    for (Locator checked : browser.page().locator("label[for$='Checked']").all()) {
      checked.click();
    }
    for (Locator reach : browser.page().locator("input[id$='Reach']").all()) {
      if (reach.inputValue().isEmpty()) {
        reach.fill("01632 960200");
      }
    }
    browser.choose("anotherRecipient", "No");
    browser.picture("circulate-minutes");
    browser.done("Circulate minutes", reference);
  }

  private void receipts() {
    // the police have not had them: the same minute somebody is asked to send them again
    browser.signIn("police", "en-GB");
    browser.take("Confirm receipt", reference);
    assertThat(browser.page().locator(".fjs-container").innerText()).contains("All agencies fear for her");
    browser.choose("received", "No");
    browser.picture("confirm-receipt");
    browser.done("Confirm receipt", reference);
    browser.signIn("worker", "en-GB");
    browser.take("Send minutes again", reference);
    browser.select("way", "In this system");
    browser.done("Send minutes again", reference);
    for (String agency : new String[] {"police", "health"}) {
      confirm(agency, false);
    }
    browser.signIn("worker", "en-GB");
    confirm("worker", true);
    browser.openTask("Arrange what follows", reference);
    browser.openTab("Case");
    browser.page().locator(".ft-meeting").first().waitFor();
    browser.page().locator(".ft-meeting summary").all().forEach(Locator::click);
    assertThat(browser.page().locator(".ft-meeting").innerText()).contains("section 47 joint", "Examine Aoife",
        "done since 7 December 2026", "Received").doesNotContain("not confirmed");
    browser.picture("case-with-minutes");
    Page paper = browser.page().waitForPopup(() -> browser.page().locator(".ft-meeting a:has-text('Read')").first().click());
    assertThat(paper.locator("h1").innerText()).isEqualTo("Minutes");
    assertThat(paper.locator("main").innerText()).contains("All agencies fear for her", "Examine Aoife");
    paper.screenshot(new Page.ScreenshotOptions().setPath(java.nio.file.Path.of("target", "screens", "paper.png")).setFullPage(true));
  }

  private void confirm(String user, boolean forAnother) {
    if (!forAnother) {
      browser.signIn(user, "en-GB");
    }
    browser.take("Confirm receipt", reference);
    browser.choose("received", "Yes");
    if (browser.page().locator("[id$='Field_acted']").count() > 0) {
      browser.type("acted", "We do it tomorrow.");
    }
    if (forAnother) {
      browser.type("onBehalfOf", "Tom Okafor");
      browser.select("onBehalfHow", "In person");
    }
    browser.done("Confirm receipt", reference);
  }
}
