package org.followthrough;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/** A real Chromium, with one person at it. */
class Browser implements AutoCloseable {

  private static final List<String> PLACES = List.of("/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/chromium-browser",
      "/usr/bin/google-chrome", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");

  /** Only a page that never comes takes so long, also on a machine with much to do beside. */
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private static final int WIDE = 1500;
  private static final int HIGH = 1200;

  private final Playwright playwright;
  private final com.microsoft.playwright.Browser chromium;
  private final String base;
  private final Map<String, BrowserContext> machines = new HashMap<>();
  private Page page;

  private Browser(Path executable, String base) {
    this.playwright = Playwright.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    this.chromium = playwright.chromium().launch(new LaunchOptions().setExecutablePath(executable)
        .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")));
    this.base = base;
  }

  /** Opens Chromium; skips the test loudly where there is none, and fails it there in CI. */
  static Browser open(String base) {
    Optional<Path> executable = PLACES.stream().map(Path::of).filter(Files::isExecutable).findFirst();
    if (executable.isEmpty()) {
      String missing = "NO BROWSER TEST: no Chromium was found in " + PLACES;
      if ("true".equals(System.getenv("CI"))) {
        throw new AssertionError(missing);
      }
      System.err.println(missing);
      Assumptions.abort(missing);
    }
    return new Browser(executable.get(), base);
  }

  /** Somebody else sits down, at a machine of this locale, which keeps of those before what browsers may keep. */
  void signIn(String user, String locale) {
    BrowserContext machine = machine(locale, "Europe/London");
    machine.clearCookies();
    page = machine.newPage();
    page.navigate(base + "/");
    page.evaluate("localStorage.clear()");
    page.fill("[name=username]", user);
    page.fill("[name=password]", user + "-demo");
    page.click("button");
    page.waitForURL("**/tasklist/**");
  }

  private BrowserContext machine(String locale, String zone) {
    if (page != null) {
      page.close();
    }
    return machines.computeIfAbsent(locale + " " + zone, unknown -> {
      BrowserContext machine = chromium.newContext(new NewContextOptions().setLocale(locale).setTimezoneId(zone)
          .setViewportSize(WIDE, HIGH));
      machine.setDefaultTimeout(LONGEST.toMillis());
      return machine;
    });
  }

  /**
   * A page with nothing on it, for our modules alone, on a machine of this locale and zone; no server stands behind it. What is
   * asked of one is for the caller to route.
   */
  Page blank(String locale, String zone) {
    page = machine(locale, zone).newPage();
    page.route("**/*", route -> route.fulfill(new Route.FulfillOptions().setContentType("text/html")
        .setBody("<!doctype html><body></body>")));
    page.route("**/*.js", route -> {
      String path = URI.create(route.request().url()).getPath().replaceFirst("^/camunda/", "/webjars/camunda/");
      Path script = Path.of("src/main/resources/META-INF/resources" + path);
      if (Files.exists(script)) {
        route.fulfill(new Route.FulfillOptions().setContentType("text/javascript").setPath(script));
      } else {
        route.abort();
      }
    });
    page.navigate("http://blank.example/camunda/app/tasklist/");
    return page;
  }

  Page page() {
    return page;
  }

  /** Starts a process from the list. */
  void start(String process) {
    page.click("text=Start process");
    page.click(".processes a >> text=" + process);
    page.locator(".modal .fjs-container").waitFor();
    page.click(".modal-footer .btn-primary >> text=Start");
  }

  /** Opens the task of this name on a case, from the list of everything that waits. */
  void openTask(String label, String reference) {
    page.click("text=Everything that waits for us");
    Locator card = page.locator(".task:has-text('" + label + "'):has-text('" + reference + "')").first();
    card.click();
    page.locator("h2:has-text('" + label + "')").first().waitFor();
  }

  /** Opens the task of this name on a case, and claims it. */
  void take(String label, String reference) {
    openTask(label, reference);
    claim();
    shows(label);
  }

  /** Completes the page, and waits until its task has left the list. */
  void done(String label, String reference) {
    complete();
    page.locator(".task:has-text('" + label + "'):has-text('" + reference + "')").first()
        .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
  }

  /** Claims the open task. */
  void claim() {
    page.locator("button:has-text('Claim it'), a.claim, button.claim").first().click();
  }

  /** Waits for the page of this name to be the open task. */
  void shows(String label) {
    page.locator("h2:has-text('" + label + "')").first().waitFor();
    page.locator(".fjs-container").waitFor();
  }

  void type(String key, String text) {
    input(key).fill(text);
    input(key).blur();
  }

  void typeDate(String key, String date) {
    input(key + "-date").fill(date);
    input(key + "-date").press("Tab");
  }

  void typeTime(String key, String time) {
    input(key + "-time").fill(time);
    input(key + "-time").press("Tab");
  }

  /** Chooses by the words a user reads, in a radio group or list of boxes. */
  void choose(String key, String label) {
    page.locator("label[for*='Field_" + key + "-']",
        new Page.LocatorOptions().setHasText(Pattern.compile("^\\s*" + label))).first().click();
  }

  void select(String key, String label) {
    Locator item = page.locator(".fjs-form-field:has([id$='Field_" + key + "']) .fjs-dropdownlist-item:has-text('" + label + "')").first();
    // a list that got the focus by the tab key is open already, and a click would close it
    for (int tries = 0; tries < 5 && !item.isVisible(); tries++) {
      page.locator(".fjs-input-group:has([id$='Field_" + key + "'])").first().click();
      page.waitForTimeout(300);
    }
    item.click();
  }

  /** Adds one of a long list, found by its words. */
  void tag(String key, String label) {
    input(key).fill(label);
    page.locator(".fjs-form-field:has([id$='Field_" + key + "']) .fjs-dropdownlist-item:has-text('" + label + "')").first().click();
    // the list stays open over what comes next
    input(key).blur();
  }

  void complete() {
    page.locator("button.btn-primary:has-text('Complete')").click();
  }

  void openTab(String label) {
    page.locator("ul.nav-tabs a:has-text('" + label + "')").first().click();
  }

  private Locator input(String key) {
    return page.locator("[id$='Field_" + key + "']").first();
  }

  /** Waits until every question of the open form can be read to its end on a screen of this width, in pixels. */
  void readToItsEndAt(int width) {
    page.setViewportSize(width, HIGH);
    // Tasklist moves its columns to their new places, and a word is too wide for a column on its way
    page.waitForFunction("[...document.querySelectorAll('.fjs-form-field-label')]"
        + ".every(label => label.scrollWidth <= label.clientWidth)");
    page.setViewportSize(WIDE, HIGH);
  }

  /** A picture of what is on the screen, when {@code -Dpictures=true} asks for them: each costs a second. */
  void picture(String name) {
    if (Boolean.getBoolean("pictures")) {
      failed(name);
    }
  }

  /** A picture of what is on the screen, for whoever looks for the reason. */
  void failed(String name) {
    page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "screens", name + ".png")).setFullPage(true));
  }

  @Override
  public void close() {
    chromium.close();
    playwright.close();
  }
}
