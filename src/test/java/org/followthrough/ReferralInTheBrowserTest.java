package org.followthrough;

import static org.assertj.core.api.Assertions.assertThat;
import static org.followthrough.Practice.london;

import java.sql.Timestamp;
import java.time.LocalDate;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A referral as the demo people walk it, click by click, at machines of two countries. */
@InTheHouse
class ReferralInTheBrowserTest {

  @Autowired Practice practice;
  @Autowired JdbcClient jdbc;
  @LocalServerPort int port;

  @AfterEach
  void realTime() {
    practice.endEverything();
    ClockUtil.reset();
  }

  @ParameterizedTest
  @ValueSource(strings = {"en-US", "en-GB"})
  void from_a_contact_to_the_referrers_word_escalation_included(String locale) {
    practice.itIs("2026-12-07T10:00");
    String family = "Browser" + locale.substring(3) + System.nanoTime();
    try (Browser browser = Browser.open("http://127.0.0.1:" + port)) {
      try {
        recordContact(browser, locale, family);
        String contact = jdbc.sql("select c.reference from contact c join contact_person p on p.contact_id = c.id "
            + "where p.typed ->> 'lastName' = :name")
            .param("name", family).query(String.class).single();
        // typed as 1 December in both countries, whatever the browser's own order
        assertThat(jdbc.sql("select received_at from contact where reference = :ref").param("ref", contact).query(Timestamp.class).single()
            .toInstant()).isEqualTo(london("2026-12-01T09:05"));
        assertThat(jdbc.sql("select born_on from person join person_name on person_id = id where last_name = :name").param("name", family)
            .query(LocalDate.class).single()).isEqualTo("2024-02-29");
        String reference = jdbc.sql("select f.reference from family_case f join contact c on c.case_id = f.id where c.reference = :ref")
            .param("ref", contact).query(String.class).single();

        practice.timersFire();
        answerEscalation(browser, locale, reference);
        decide(browser, locale, reference);
        tell(browser, locale, reference);
        hear(browser, locale, reference);
        find(browser, locale, family, reference);

        assertThat(jdbc.sql("""
                select c.ended_as || ' ' || c.met_at::text from clock c join contact t on t.id = c.contact_id
                where t.reference = :ref and obligation = 'DecideResponse'""").param("ref", contact).query(String.class).single())
            .startsWith("met 2026-12-07");
        assertThat(practice.tasks("Agree what happens now", contact)).isEmpty();
        assertThat(practice.tasks("Name lead professional", contact)).hasSize(1);
      } catch (RuntimeException | AssertionError e) {
        browser.failed("failed-" + locale);
        throw e;
      }
    }
  }

  static void recordContact(Browser browser, String locale, String family) {
    browser.signIn("contact", locale);
    browser.start("Referral");
    browser.shows("Record contact");
    browser.typeDate("happenedAt", "01/12/2026");
    browser.typeTime("happenedAt", "09:05");
    assertThat(browser.page().locator(".ft-echo").first().innerText()).isEqualTo("Tuesday 1 December 2026");
    browser.select("how", "Telephone");
    browser.choose("whoReferred", "A professional");
    browser.type("referrerName", "Siobhán Doyle");
    browser.select("agency", "Health");
    browser.select("sourceCode", "3B");
    browser.type("childrenWhereabouts", "At home with their mother");
    browser.choose("safeNow", "Yes");
    browser.select("team", "North");
    browser.choose("parentsKnow", "Yes, and they agree");
    browser.picture("record-contact-" + locale);
    browser.complete();

    browser.shows("Record person");
    browser.choose("kind", "A child");
    browser.type("firstName", "Aoife");
    browser.type("lastName", family);
    browser.typeDate("birthDate", "29/02/2024");
    browser.select("relation", "Child we are worried about");
    browser.choose("livesWhere", "With the children");
    browser.choose("anotherPerson", "No");
    browser.picture("record-person-" + locale);
    browser.complete();

    // another Aoife may be known from earlier: then the worker is asked
    browser.page().locator("h2:has-text('Record concern'), h2:has-text('Choose person')").first().waitFor();
    if (browser.page().locator("h2:has-text('Choose person')").count() > 0) {
      browser.shows("Choose person");
      browser.choose("samePerson", "None of these");
      browser.complete();
    }
    browser.shows("Record concern");
    browser.choose("nature", "Fact");
    browser.type("narrative", "No coat in the frost, for the third week.");
    browser.choose("whereHarm", "Inside the home");
    browser.choose("factors", "Neglect");
    browser.choose("anotherConcern", "No");
    browser.picture("record-concern-" + locale);
    browser.complete();
    browser.page().locator(".task:has-text('Record concern')").first().waitFor(new com.microsoft.playwright.Locator.WaitForOptions()
        .setState(com.microsoft.playwright.options.WaitForSelectorState.DETACHED));
  }

  private static void answerEscalation(Browser browser, String locale, String reference) {
    browser.signIn("service-manager", locale);
    browser.take("Agree what happens now", reference);
    assertThat(browser.page().locator(".fjs-container").innerText()).contains("Decide response", "was due on",
        "Wednesday 2 December 2026 at 17:00");
    browser.select("cause", "Somebody is away");
    browser.type("agreed", "Grace decides today; Sam brings the history.");
    browser.typeDate("newDate", "08/12/2026");
    browser.typeTime("newDate", "12:00");
    browser.picture("agree-" + locale);
    browser.complete();
    browser.page().locator(".task:has-text('" + reference + "')").first().waitFor(new com.microsoft.playwright.Locator.WaitForOptions()
        .setState(com.microsoft.playwright.options.WaitForSelectorState.DETACHED));
  }

  private static void decide(Browser browser, String locale, String reference) {
    browser.signIn("manager", locale);
    browser.openTask("Decide response", reference);
    browser.openTab("Case");
    browser.page().locator("text=Aoife").first().waitFor();
    browser.page().locator("text=Due Wednesday 2 December 2026 at 17:00").first().waitFor();
    browser.picture("case-" + locale);
    browser.openTab("Form");
    browser.claim();
    browser.shows("Decide response");
    browser.choose("response", "Strategy discussion");
    browser.type("reasons", "Two years old, and the third report of cold.");
    browser.choose("childNeedsProtectingNow", "No");
    browser.picture("decide-" + locale);
    if (browser.page().locator("[id$='Field_overruleReason']").count() > 0) {
      browser.type("overruleReason", "The cold makes it urgent.");
    }
    browser.done("Decide response", reference);
  }

  private static void tell(Browser browser, String locale, String reference) {
    browser.signIn("contact", locale);
    browser.take("Tell referrer", reference);
    browser.select("toldHow", "Telephone");
    browser.type("toldTo", "Siobhán Doyle");
    browser.type("toldWhat", "A strategy discussion will be held.");
    browser.done("Tell referrer", reference);
  }

  /** Nothing of this family waits for the head of service, who finds it by name and reads what happened. */
  private static void find(Browser browser, String locale, String family, String reference) {
    browser.signIn("head", locale);
    browser.page().click("text=Find a case");
    browser.page().locator(".ft-input").first().fill(family);
    browser.page().keyboard().press("Enter");
    browser.page().locator("button:has-text('" + reference + "')").first().click();
    browser.page().locator("text=A strategy discussion will be held.").first().waitFor();
    assertThat(browser.page().url()).doesNotContain(family).doesNotContain(reference);
    assertThat(browser.page().locator("body").innerText()).contains("Strategy discussion", "A strategy discussion will be held.");
    browser.picture("find-" + locale);
  }

  private static void hear(Browser browser, String locale, String reference) {
    browser.signIn("health", locale);
    browser.take("Confirm outcome heard", reference);
    browser.choose("heard", "Yes");
    browser.done("Confirm outcome heard", reference);
  }
}
