package org.followthrough;

import static org.assertj.core.api.Assertions.assertThat;
import static org.followthrough.Practice.london;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.WaitForSelectorState;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Two workers and a manager take a child with a plan from one team to another, in Chromium. */
@InTheHouse
class TeamTransferInTheBrowserTest {

  @Autowired Practice practice;
  @Autowired PlannedFamily family;
  @Autowired TheRecord record;
  @LocalServerPort int port;

  private Browser browser;
  private String reference;

  @AfterEach
  void realTime() {
    practice.endEverything();
    ClockUtil.reset();
  }

  @Test
  void a_family_goes_to_the_south_team_which_says_back_what_it_has_understood_and_accepts() {
    practice.itIs("2027-01-12T09:00");
    String contact = family.contact();
    reference = practice.caseOf(contact);
    family.visits(contact, family.wholePlan(contact, "Aoife", family.conference(contact, london("2027-01-11T10:00"))));
    try (Browser opened = Browser.open("http://127.0.0.1:" + port)) {
      browser = opened;
      try {
        learn();
        prepare();
        takeOver();
      } catch (RuntimeException | AssertionError e) {
        browser.failed("failed-team-transfer");
        throw e;
      }
    }
    assertThat(record.texts("select distinct r.team from responsibility r join family_case f on f.id = r.case_id where f.reference = ? "
        + "and r.until is null", reference))
        .containsExactly("south");
    assertThat(practice.taskList("worker", contact)).isEmpty();
    assertThat(practice.taskList("south-worker", contact)).contains("Record visit");
    assertThat(record.text("select ended_as from move m join family_case f on f.id = m.case_id where f.reference = ?", reference))
        .isEqualTo("handed-over");
  }

  private void learn() {
    browser.signIn("worker", "en-GB");
    browser.openTask("Record visit", reference);
    browser.openTab("Case");
    browser.page().click("text=Do something for this family…");
    browser.page().click("button:has-text('The family is moving')");
    Locator form = browser.page().locator("form.ft-form");
    form.locator("select[name=destination]").selectOption("team");
    form.locator("select[name=team]").selectOption("south");
    form.locator("select[name=onlyForATime]").selectOption("no");
    Locator learned = form.locator("fieldset:has-text('When did we learn of it?') input");
    learned.nth(0).fill("12");
    learned.nth(1).fill("1");
    learned.nth(2).fill("2027");
    learned.nth(3).fill("08:30");
    form.locator("[name=learnedFrom]").fill("Joan Patel, head teacher");
    form.locator("[name=address]").fill("5 Quay Street");
    form.locator("[name=why]").fill("They have a flat there.");
    browser.picture("family-is-moving");
    form.locator("button[type=submit]").click();
    form.waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
  }

  private void prepare() {
    browser.page().reload();
    browser.take("Make first call", reference);
    browser.type("spokeWith", "Leila Haddad");
    browser.type("reach", "01632 960300");
    browser.type("told", "Two girls, one with a plan.");
    browser.type("safety", "Sam sees Aoife every day until then.");
    browser.type("callerReach", "01632 960100");
    browser.picture("make-first-call");
    browser.done("Make first call", reference);

    browser.take("Weigh up move", reference);
    browser.type("distance", "Nine miles; the school changes.");
    browser.type("supportLost", "Their aunt.");
    browser.type("newServices", "The school has confirmed.");
    browser.type("appointments", "The hospital on 19 January.");
    browser.type("nobodyBehindWhy", "The health visitor goes on.");
    browser.type("networkThen", "A new school.");
    browser.choose("risk", "rises");
    browser.type("comesTo", "Nobody there knows them yet.");
    browser.picture("weigh-up-move");
    browser.done("Weigh up move", reference);
  }

  private void takeOver() {
    browser.signIn("south-manager", "en-GB");
    browser.take("Take family on", reference);
    browser.choose("takenOn", "Yes");
    browser.select("worker", "Leila");
    browser.done("Take family on", reference);

    browser.signIn("south-worker", "en-GB");
    browser.take("Write understanding", reference);
    browser.type("dangers", "Aoife is left alone at night.");
    browser.type("notReached", "Nobody is at home every night.");
    browser.type("tried", "A rota, which held for a week.");
    browser.choose("jointVisit", "Yes, agreed");
    browser.picture("write-understanding");
    browser.done("Write understanding", reference);

    browser.signIn("worker", "en-GB");
    browser.take("Confirm understanding", reference);
    browser.choose("understood", "Yes");
    browser.done("Confirm understanding", reference);

    browser.signIn("south-manager", "en-GB");
    browser.take("Accept family", reference);
    browser.choose("accepted", "Yes");
    browser.picture("accept-family");
    browser.done("Accept family", reference);

    browser.signIn("south-worker", "en-GB");
    browser.take("Tell family", reference);
    browser.type("toldBy", "Sam Carter and Leila Haddad");
    browser.type("childWords", "Leila comes to you now.");
    browser.type("childrenSaid", "Aoife asked why.");
    browser.type("parentsSaid", "Their mother wanted Sam to stay.");
    browser.type("whyAgain", "They live in the South now.");
    browser.picture("tell-family");
    browser.done("Tell family", reference);
  }
}
