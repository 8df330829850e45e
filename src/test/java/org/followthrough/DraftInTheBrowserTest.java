package org.followthrough;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Locator.WaitForOptions;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.followthrough.page.Drafts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Nothing typed is ever lost: another tab, another task, a refusal, a session that ended, a closed laptop. */
@InTheHouse
class DraftInTheBrowserTest {

  private static final String DRAFT = "**/api/tasks/*/draft";
  private static final String TYPED = "Aoife says: “I sleep in my coat.” Ünïcode, too: 你好 👧🏽";

  @Autowired Practice practice;
  @Autowired Drafts drafts;
  @LocalServerPort int port;

  @AfterEach
  void nothingWaits() {
    practice.endEverything();
  }

  @Test
  void what_is_typed_survives_tab_task_refusal_lost_session_and_another_machine() {
    ClockUtil.reset();
    String contact = practice.contactOf(practice.start("contact"));
    practice.handIn("contact", "Record contact", contact, practice.aContact());
    practice.handIn("contact", "Record person", contact, practice.aChild("firstName", "Draft", "lastName", "Kept" + System.nanoTime(),
        "birthDate", "2017-05-05", "address", System.nanoTime() + " Far Road"));
    practice.tasks("Choose person", contact).forEach(choice -> practice.handIn("contact", choice.getId(),
        java.util.Map.of("samePerson", "new")));
    String other = practice.contactOf(practice.start("contact"));
    try (Browser browser = Browser.open("http://127.0.0.1:" + port)) {
      try {
        browser.signIn("contact", "en-GB");
        open(browser, contact, "Record concern");
        browser.type("narrative", TYPED);
        browser.choose("factors", "Neglect");
        saved(browser);

        browser.openTab("Case");
        browser.page().locator("text=" + contact).first().waitFor();
        browser.openTab("Form");
        assertKept(browser);

        open(browser, other, "Record contact");
        open(browser, contact, "Record concern");
        assertKept(browser);

        // refused by the server: it was reported, and nobody says by whom
        browser.choose("nature", "Reported");
        browser.choose("whereHarm", "Inside the home");
        browser.choose("anotherConcern", "No");
        browser.complete();
        browser.page().locator("text=Say who reported it").first().waitFor();
        assertKept(browser);
        saved(browser);

        // the database goes away; the page says so, keeps what was typed, and saves it when the database is back
        TestDatabase.away(() -> {
          browser.type("allegedPerson", "Somebody");
          browser.page().locator("text=Not saved yet: the database is away").first().waitFor();
          browser.complete();
          browser.page().locator("text=The database is away just now").first().waitFor();
          assertKept(browser);
        });
        saved(browser);
        assertKept(browser);

        // the session ends on the server; typing goes on and says what to do
        browser.page().context().clearCookies();
        browser.type("allegedPerson", "Nobody named");
        browser.page().locator("text=Sign in").first().waitFor();
        assertKept(browser);

        browser.signIn("contact", "en-GB");
        open(browser, contact, "Record concern");
        assertKept(browser);

        assertThat(browser.page().evaluate("Object.keys(localStorage).filter(key => key.startsWith('camunda-form') "
            + "|| key.startsWith('camForm'))"))
            .as("drafts left in the browser").isEqualTo(List.of());
      } catch (RuntimeException | AssertionError e) {
        browser.failed("draft-failed");
        throw e;
      }
    }
  }

  @Test
  void whoever_types_reads_that_nothing_is_saved_and_why() {
    ClockUtil.reset();
    String contact = practice.contactOf(practice.start("contact"));
    try (Browser browser = Browser.open("http://127.0.0.1:" + port)) {
      try {
        browser.signIn("contact", "en-GB");
        open(browser, contact, "Record contact");
        Locator line = browser.page().locator(".ft-draft");
        Locator trouble = browser.page().locator(".ft-draft-trouble");
        assertThat(line.textContent()).isEqualTo("What you type is saved as you go.");

        browser.page().route(DRAFT, Route::abort);
        browser.type("childrenWhereabouts", "With her aunt.");
        browser.page().locator("text=Not saved yet: connection lost, keep this page open.").waitFor();
        assertThat(line.textContent()).isEmpty();
        assertThat(trouble.getAttribute("role")).isEqualTo("alert");

        answers(browser, 413, "{\"message\":\"This is longer than a form can be.\"}");
        browser.type("childrenWhereabouts", "With her aunt, since Monday.");
        browser.page().locator("text=Not saved: This is longer than a form can be.").waitFor();

        // a stale token is renewed without a word; whoever may not save at all is told so
        answers(browser, 403, "");
        browser.type("childrenWhereabouts", "With her aunt, since Tuesday.");
        browser.page().locator("text=Not saved: the server did not accept it.").waitFor();

        browser.page().unroute(DRAFT);
        saved(browser);
        assertThat(trouble.textContent()).isEmpty();
        assertThat(drafts.of(practice.task("Record contact", contact).getId(), "contact").orElseThrow())
            .containsEntry("childrenWhereabouts", "With her aunt, since Tuesday.");
      } catch (RuntimeException | AssertionError e) {
        browser.failed("draft-trouble-failed");
        throw e;
      }
    }
  }

  /** As after an update of Camunda in which its library looks otherwise: the form is drawn, and we cannot see it. */
  @Test
  void where_no_draft_is_kept_the_form_says_so_before_anything_is_typed() throws IOException {
    ClockUtil.reset();
    String ours = Files.readString(Path.of("src/main/resources/META-INF/resources/webjars/camunda/app/tasklist/scripts/work/forms.js"));
    String contact = practice.contactOf(practice.start("contact"));
    try (Browser browser = Browser.open("http://127.0.0.1:" + port)) {
      try {
        browser.signIn("contact", "en-GB");
        browser.page().route("**/work/forms.js", route -> route.fulfill(new Route.FulfillOptions().setContentType("text/javascript")
            .setBody(ours.replace("typeof Form?.prototype?.importSchema === 'function'", "false"))));
        browser.page().reload();
        open(browser, contact, "Record contact");

        Locator said = browser.page().locator(".ft-no-draft").first();
        said.waitFor();
        assertThat(said.textContent()).isEqualTo("Nothing is saved here while you type: leave this page before it is completed, "
            + "and what you typed is lost. Please tell operations that drafts are not kept.");
        assertThat(said.getAttribute("role")).isEqualTo("alert");
        assertThat(said.boundingBox().y).isLessThan(browser.page().locator(".fjs-container").first().boundingBox().y);
        assertThat(browser.page().locator(".ft-drafts").count()).isZero();
      } catch (RuntimeException | AssertionError e) {
        browser.failed("no-draft-failed");
        throw e;
      }
    }
  }

  @Test
  void a_page_whose_parts_come_late_is_shown_all_the_same() {
    try (Browser browser = Browser.open("http://127.0.0.1:" + port)) {
      browser.signIn("contact", "en-GB");
      browser.page().clock().install();
      browser.page().route("**/plugin/tasklistPlugins/**/plugin.js*", late -> {
        browser.page().clock().runFor(30_000);
        late.resume();
      });
      browser.page().reload();
      browser.page().locator("text=My tasks").first().waitFor();
    }
  }

  private static void answers(Browser browser, int status, String body) {
    browser.page().unroute(DRAFT);
    browser.page().route(DRAFT, route -> route.fulfill(new Route.FulfillOptions().setStatus(status)
        .setContentType("application/json").setBody(body)));
  }

  private static void open(Browser browser, String contact, String label) {
    browser.page().click("text=My tasks");
    browser.page().locator(".task:has-text('" + contact + "')").first().click();
    browser.shows(label);
    browser.page().locator("h2:has-text('" + label + "')").first().waitFor();
  }

  private static void saved(Browser browser) {
    browser.page().locator("text=/Saved \\d\\d:\\d\\d/").first().waitFor(new WaitForOptions().setState(WaitForSelectorState.VISIBLE));
    browser.page().waitForTimeout(1200);
  }

  private static void assertKept(Browser browser) {
    browser.page().waitForFunction("typed => document.querySelector(\"[id$='Field_narrative']\")?.value === typed", TYPED);
    assertThat(browser.page().locator("label[for*='Field_factors-']:has-text('Neglect')").first().isVisible()).isTrue();
    assertThat((Boolean) browser.page().evaluate("[...document.querySelectorAll(\"input[id*='Field_factors-']\")].some(box "
        + "=> box.checked)")).isTrue();
  }
}
