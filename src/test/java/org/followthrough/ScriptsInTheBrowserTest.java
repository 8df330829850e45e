package org.followthrough;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Clock;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The modules that reckon and remember, each by itself on an empty page. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScriptsInTheBrowserTest {

  /** Two Camunda Forms as {@code forms.js} finds them, with one field each, and who is signed in. */
  private static final String TASKLIST = """
      const taskOf = container => ({ getParams: () => ({ taskId: container.dataset.task }) });
      window.angular = { element: container => ({ inheritedData: () => taskOf(container) }) };
      class Form {
        constructor(task) {
          const container = document.createElement('div');
          container.setAttribute('cam-tasklist-form-camunda', '');
          container.dataset.task = task;
          this._container = container.appendChild(document.createElement('div'));
          document.body.append(container);
          this.changed = [];
        }
        async importSchema(schema, data) { this.data = data; }
        get(part) {
          return {
            formFieldRegistry: { getAll: () => [{ type: 'textfield', key: 'why' }] },
            pathRegistry: { getValuePath: field => [field.key] },
            formFields: { get: () => ({ config: { keyed: true } }) },
          }[part];
        }
        _getState() { return { data: this.data }; }
        on(event, heard) { this.changed.push(heard); }
        type(why) { this.data = { ...this.data, why }; this.changed.forEach(heard => heard()); }
        close() { this._container.parentElement.nextElementSibling.remove(); this._container.parentElement.remove(); }
      }
      const load = () => ({ Form });
      load.m = { 57661: () => {} };
      self.webpackChunkcamunda_bpm_webapp = { push: ([, , run]) => run(load) };
      window.drafts = await import('/camunda/app/tasklist/scripts/work/drafts.js');
      const { watchForms } = await import('/camunda/app/tasklist/scripts/work/forms.js');
      window.drafts.keepDrafts();
      watchForms();
      window.openForm = async task => { const form = new Form(task); await form.importSchema({}, {}); return form; };
      window.form = await window.openForm('task-1');
      """;

  private static final String WORDS = "/assets/webapps/words.js";
  private static final String DATES = "/camunda/app/tasklist/scripts/work/dates.js";

  private Browser browser;

  @BeforeAll
  void aBrowser() {
    browser = Browser.open("http://blank.example");
  }

  @AfterAll
  void closed() {
    if (browser != null) {
      browser.close();
    }
  }

  private String machine;

  /** Sits down at a machine of this locale and zone, unless we sit there already. */
  private void at(String locale, String zone) {
    if (!(locale + zone).equals(machine)) {
      browser.blank(locale, zone);
      machine = locale + zone;
    }
  }

  /** Calls a function of a module; an argument that begins with @ is that moment. */
  private Object call(String module, String function, Object... arguments) {
    return browser.page().evaluate("""
        async ([module, name, given]) => {
          const all = await import(module);
          const answer = all[name](...given.map(one => typeof one === 'string' && one[0] === '@' ? new Date(one.slice(1)) : one));
          return answer instanceof Date ? `${answer.getFullYear()}-${answer.getMonth() + 1}-${answer.getDate()}` : answer ?? null;
        }""", List.of(module, function, Arrays.asList(arguments)));
  }

  // Words -----------------------------------------------------------------------------------------------------------

  @ParameterizedTest
  @CsvSource({"en-GB, Europe/London", "en-US, America/New_York", "de-DE, Pacific/Auckland"})
  void dates_are_londons_and_british_whatever_the_machine(String locale, String zone) {
    at(locale, zone);

    assertThat(call(WORDS, "day", "2026-12-01")).isEqualTo("1 December 2026");
    assertThat(call(WORDS, "day", "2026-11-30T23:59:59Z")).isEqualTo("30 November 2026");
    assertThat(call(WORDS, "longDay", "2026-12-01")).isEqualTo("Tuesday 1 December 2026");
    assertThat(call(WORDS, "time", "2026-07-01T16:30:00Z")).as("in summer").isEqualTo("17:30");
    assertThat(call(WORDS, "time", "2026-12-01T00:00:00Z")).as("midnight").isEqualTo("00:00");
    assertThat(call(WORDS, "moment", "2026-07-01T23:30:00Z")).as("next day in London").isEqualTo("2 July 2026, 00:30");
    assertThat(call(WORDS, "moment", "2026-07-01")).as("a plain day has no time").isEqualTo("1 July 2026");
  }

  @ParameterizedTest(name = "at {1}, what is due at {0} and late by {2} is “{3}”")
  @CsvSource(nullValues = "-", value = {
      "2026-11-20T17:00:00Z, 2026-11-20T10:00:00Z, -, due today 17:00",
      "2026-11-20T17:00:00Z, 2026-11-20T16:35:00Z, -, due in 25 minutes",
      "2026-11-20T17:00:00Z, 2026-11-20T16:00:01Z, -, due in 60 minutes",
      "2026-11-20T17:00:00Z, 2026-11-20T16:59:50Z, -, due in 1 minute",
      "2026-11-20T17:00:00Z, 2026-11-20T17:00:30Z, -, late now",
      "2026-11-20T17:00:00Z, 2026-11-20T17:01:00Z, -, late now",
      "2026-11-20T17:00:00Z, 2026-11-20T19:30:00Z, 2 hours, 2 hours late",
      "2026-11-20T17:00:00Z, 2026-11-22T16:59:00Z, less than a working day, less than a working day late",
      "2026-11-20T17:00:00Z, 2026-11-24T17:00:00Z, 2 working days, 2 working days late",
      "2026-11-20T17:00:00Z, 2026-11-19T23:30:00Z, -, due tomorrow 17:00",
      "2026-11-25T17:00:00Z, 2026-11-20T10:00:00Z, -, due Wednesday 17:00",
      "2026-11-26T17:00:00Z, 2026-11-20T10:00:00Z, -, due Thursday 17:00",
      "2026-11-27T17:00:00Z, 2026-11-20T10:00:00Z, -, due 27 November 2026 17:00",
      // the clocks go back in that night: 25 hours, and still tomorrow
      "2026-10-25T23:30:00Z, 2026-10-24T22:30:00Z, -, due tomorrow 23:30",
      "2026-03-29T22:30:00Z, 2026-03-28T23:45:00Z, -, due tomorrow 23:30"})
  void what_is_due_is_said_as_somebody_would_say_it(String due, String now, String lateBy, String said) {
    at("en-US", "America/New_York");

    assertThat(call(WORDS, "due", due, lateBy, "@" + now)).isEqualTo(said);
  }

  @ParameterizedTest(name = "happened {0}, recorded {1}: {2}")
  @CsvSource(nullValues = "at once", value = {
      "2026-11-13, 2026-11-16T10:00:00Z, 3 days",
      "2026-11-15, 2026-11-16T00:10:00Z, 1 day",
      "2026-11-16, 2026-11-16T23:00:00Z, at once",
      "2026-11-16T09:10:00Z, 2026-11-16T10:00:00Z, at once",
      "2026-11-16T08:00:00Z, 2026-11-16T10:00:00Z, 2 hours",
      "2026-11-15T23:50:00Z, 2026-11-16T00:10:00Z, 1 day",
      "2026-10-24T12:00:00Z, 2026-10-26T12:00:00Z, 2 days"})
  void how_long_after_it_happened_something_was_written_down(String happened, String recorded, String said) {
    at("en-US", "America/New_York");

    assertThat(call(WORDS, "delay", happened, recorded)).isEqualTo(said);
  }

  @Test
  void names_are_joined_as_in_a_sentence() {
    at("en-US", "America/New_York");

    assertThat(call(WORDS, "names", List.of())).isEqualTo("");
    assertThat(call(WORDS, "names", List.of("Zoë"))).isEqualTo("Zoë");
    assertThat(call(WORDS, "names", List.of("Niall", "Zoë"))).isEqualTo("Niall and Zoë");
    assertThat(call(WORDS, "names", List.of("Aoife", "Niall", "Zoë"))).isEqualTo("Aoife, Niall and Zoë");
  }

  // Dates -----------------------------------------------------------------------------------------------------------

  @ParameterizedTest(name = "“{0}” is {1}")
  @CsvSource(quoteCharacter = '"', value = {"1/12/2026, 2026-12-1", "01.12.2026, 2026-12-1", "1-12-2026, 2026-12-1",
      "\" 1 12 2026 \", 2026-12-1", "29/02/2024, 2024-2-29",
      "1/12/26, 2026-12-1", "5/5/31, 2031-5-5", "5/5/32, 1932-5-5", "5/5/97, 1997-5-5", "31/12/1899, 1899-12-31"})
  void a_date_is_read_as_it_is_written_in_britain(String typed, String date) {
    at("en-US", "America/New_York");

    assertThat(call(DATES, "written", typed, "@2026-11-16T10:00:00Z")).isEqualTo(date);
  }

  @ParameterizedTest(name = "“{0}” is no date")
  @ValueSource(strings = {"30/02/2026", "29/02/2026", "31/4/2026", "12/13/2026", "0/1/2026", "1/0/2026", "2026-12-01", "1/12", "1/12/202",
      "yesterday", "", "1/12/2026 10:00"})
  void what_is_no_day_of_the_calendar_is_never_taken_for_another(String typed) {
    at("en-US", "America/New_York");

    assertThat(call(DATES, "written", typed)).isNull();
  }

  // Drafts ----------------------------------------------------------------------------------------------------------

  /** What the server was sent, in order; and how it answers. */
  private final List<String> sent = Collections.synchronizedList(new ArrayList<>());
  private volatile int status;

  private Page tasklist() {
    Page page = browser.blank("en-GB", "Europe/London");
    machine = null;
    sent.clear();
    status = 200;
    page.route("**/api/session", route -> route.fulfill(json(200, "{\"user\":\"worker\"}")));
    page.route("**/api/tasks/*/draft", route -> {
      sent.add(route.request().url().replaceAll(".*/tasks/(.*)/draft", "$1 ") + route.request().postData());
      if (status == 0) {
        route.abort();
      } else {
        route.fulfill(json(status, status == 200 ? "" : "{\"message\":\"This task is done already.\"}"));
      }
    });
    page.clock().install(new Clock.InstallOptions().setTime("2026-11-16T09:59:00Z"));
    page.clock().pauseAt("2026-11-16T10:00:00Z");
    page.evaluate("async () => {" + TASKLIST + "}");
    return page;
  }

  private static Route.FulfillOptions json(int status, String body) {
    return new Route.FulfillOptions().setStatus(status).setContentType("application/json").setBody(body);
  }

  /** Lets this time pass, and then what was asked of the server be answered. */
  private void pass(Page page, Duration time) {
    page.clock().runFor(time.toMillis());
    page.evaluate("() => fetch('api/session').then(answer => answer.text())");
  }

  private void reads(Page page, String said) {
    page.waitForFunction("said => document.querySelector('.ft-drafts')?.textContent === said", said);
  }

  @Test
  void what_is_typed_is_sent_once_the_hands_rest_and_the_last_of_it_counts() {
    Page page = tasklist();
    reads(page, "What you type is saved as you go.");

    page.evaluate("() => { form.type('B'); form.type('Be'); form.type('Because'); }");
    pass(page, Duration.ofMillis(600));
    assertThat(sent).isEmpty();
    pass(page, Duration.ofMillis(200));
    reads(page, "Saved 10:00");
    assertThat(sent).containsExactly("task-1 {\"why\":\"Because\"}");

    page.evaluate("() => form.type('Because')");
    pass(page, Duration.ofSeconds(2));
    assertThat(sent).as("nothing new").hasSize(1);
  }

  @Test
  void what_could_not_be_saved_is_said_tried_again_and_not_lost() {
    Page page = tasklist();
    status = 0;
    page.evaluate("() => form.type('Because')");
    pass(page, Duration.ofMillis(800));
    reads(page, "Not saved yet: connection lost, keep this page open.");
    assertThat(page.evaluate("() => drafts.isFilling()")).isEqualTo(true);

    // the form is drawn anew before the server has it: what was typed is laid over what it sends
    page.evaluate("async () => { form.close(); window.form = await window.openForm('task-1'); }");
    assertThat(page.evaluate("() => form.data.why")).isEqualTo("Because");

    status = 200;
    pass(page, Duration.ofSeconds(20));
    page.waitForFunction("() => /^Saved/.test(document.querySelector('.ft-drafts').textContent)");
    assertThat(sent.get(sent.size() - 1)).isEqualTo("task-1 {\"why\":\"Because\"}");
  }

  @Test
  void a_refusal_is_said_in_the_servers_words() {
    Page page = tasklist();
    status = 404;
    page.evaluate("() => form.type('Because')");
    pass(page, Duration.ofMillis(800));

    reads(page, "This task is done already.");
  }

  @Test
  void while_a_task_is_being_completed_its_draft_rests_and_after_a_refusal_it_goes_on() {
    Page page = tasklist();
    page.evaluate("() => { form.type('Because'); drafts.completing('task-1'); }");
    pass(page, Duration.ofSeconds(5));
    assertThat(sent).as("while it is completed").isEmpty();

    page.evaluate("() => drafts.notCompleted('task-1')");
    reads(page, "Saved 10:00");
    assertThat(sent).containsExactly("task-1 {\"why\":\"Because\"}");

    page.evaluate("() => { form.type('Because of him'); drafts.completed('task-1'); }");
    pass(page, Duration.ofSeconds(5));
    assertThat(sent).as("nothing is kept of what is handed in").hasSize(1);
    assertThat(page.evaluate("() => drafts.isFilling()")).isEqualTo(false);
  }

  @Test
  void each_task_keeps_its_own_and_all_are_saved_at_once() {
    Page page = tasklist();
    page.evaluate("""
        async () => {
          const other = await openForm('task-2');
          form.type('One');
          other.type('Two');
          await drafts.saveAll();
        }""");

    assertThat(sent).containsExactlyInAnyOrder("task-1 {\"why\":\"One\"}", "task-2 {\"why\":\"Two\"}");
  }

  @Test
  void nothing_that_was_typed_is_kept_in_the_browsers_storage() {
    Page page = tasklist();
    Object left = page.evaluate("""
        () => {
          localStorage.setItem('camunda-form:task-1', 'a name');
          localStorage.setItem('camForm:task-1', 'a name');
          localStorage.setItem('columns', 'wide');
          drafts.keepOutOfStorage();
          localStorage.setItem('camunda-form:task-2', 'a name');
          sessionStorage.setItem('camForm:task-2', 'a name');
          return Object.entries({ ...localStorage, ...sessionStorage });
        }""");

    assertThat(left).isEqualTo(List.of(List.of("columns", "wide")));
  }
}
