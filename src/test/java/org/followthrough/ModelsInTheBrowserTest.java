package org.followthrough;

import static org.assertj.core.api.Assertions.assertThat;
import static org.followthrough.Practice.london;

import com.microsoft.playwright.Locator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A designer shortens nothing alone: Modeler's link leads the head of service to what it would change, and back again, in Chromium. */
@InTheHouse
class ModelsInTheBrowserTest {

  @Autowired Practice practice;
  @Autowired TheRecord record;
  @Autowired RepositoryService repository;
  @LocalServerPort int port;

  private Browser browser;

  @AfterEach
  void onlyTheReleaseStays() {
    practice.endEverything();
    repository.createDeploymentQuery().list().stream().filter(deployment -> !"follow-through".equals(deployment.getSource()))
        .forEach(deployment -> repository.deleteDeployment(deployment.getId(), true));
    ClockUtil.reset();
  }

  @Test
  void a_changed_limit_is_looked_at_in_words_put_in_force_and_taken_back() throws IOException {
    practice.itIs("2027-01-11T10:00");
    String proposal = new Designer(port).proposes(Map.of("deadlines.dmn", Files.readString(Path.of("bpmn/deadlines.dmn"))
        .replaceFirst("(?s)(id=\"Cell_ReferralDecideResponse_Amount\">\\s*<text>)1<", "$13<")));
    try (Browser opened = Browser.open("http://127.0.0.1:" + port)) {
      browser = opened;
      try {
        lookAndPutInForce(proposal);
        assertThat(record.clock("DecideResponse", practice.aRecordedContact("Niall")).dueAt()).isEqualTo(london("2027-01-14T17:00"));
        takeBack();
        assertThat(record.clock("DecideResponse", practice.aRecordedContact("Niall")).dueAt()).isEqualTo(london("2027-01-12T17:00"));
        nobodyElse();
      } catch (RuntimeException | AssertionError e) {
        browser.failed("failed-models");
        throw e;
      }
    }
  }

  private String cockpit(String place) {
    return "http://127.0.0.1:" + port + "/camunda/app/cockpit/default/#/" + place;
  }

  private void lookAndPutInForce(String proposal) {
    browser.signIn("head", "en-GB");
    // the link that Modeler shows after a deployment
    browser.page().navigate(cockpit("repository/?deploymentsQuery=%5B%7B%22type%22:%22id%22,%22operator%22:%22eq%22,%22value%22:%22"
        + proposal + "%22%7D%5D"));
    Locator page = browser.page().locator(".ft-models");
    page.locator("summary:has-text('from Modeler by Ines Moreau')").waitFor();
    page.locator(".ft-proposals li li").filter(
        new Locator.FilterOptions().setHasText("referral, Decide response: Amount was “1”, now “3”")).waitFor();
    page.locator("button:has-text('Put in force')").click();
    page.locator(".ft-problem:has-text('Say why')").waitFor();
    page.locator("textarea").fill("Agreed in the practice board of 8 January.");
    page.locator("button:has-text('Put in force')").click();
    page.locator(".ft-told:has-text('New cases follow it from now on')").waitFor();
    page.locator("tr:has(th:text-is('deadlines')):has-text('Helen Adeyemi: Agreed in the practice board of 8 January.')").waitFor();
  }

  private void takeBack() {
    browser.signIn("designer", "en-GB");
    browser.page().navigate(cockpit("dashboard"));
    browser.page().locator("a:text-is('Models')").click();
    Locator page = browser.page().locator(".ft-models");
    Locator limits = page.locator("tr:has(th:text-is('deadlines'))");
    limits.locator("summary").click();
    limits.locator("button:has-text('Propose to return to it')").first().click();
    page.locator("summary:has-text('Return to version 1 of deadlines by Ines Moreau')").waitFor();
    assertThat(page.locator("button:has-text('Put in force')").count()).as("their own").isZero();

    browser.signIn("head", "en-GB");
    browser.page().navigate(cockpit("models"));
    page = browser.page().locator(".ft-models");
    page.locator("summary:has-text('Return to version 1')").click();
    page.locator("textarea").fill("Three days were too many.");
    page.locator("button:has-text('Put in force')").click();
    page.locator(".ft-told:has-text('New cases follow it from now on')").waitFor();
  }

  private void nobodyElse() {
    browser.signIn("manager", "en-GB");
    browser.page().navigate(cockpit("models"));
    browser.page().locator(".ft-models .ft-problem:has-text('for process designers')").waitFor();
    assertThat(browser.page().locator("a:text-is('Models')").count()).isZero();
  }
}
