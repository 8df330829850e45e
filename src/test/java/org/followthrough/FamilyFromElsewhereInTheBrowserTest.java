package org.followthrough;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A family that came from another authority, as the social worker who takes it on reads it. */
@InTheHouse
class FamilyFromElsewhereInTheBrowserTest {

  @Autowired Practice practice;
  @Autowired PackedFamily moving;
  @LocalServerPort int port;

  @AfterEach
  void realTime() {
    practice.endEverything();
    ClockUtil.reset();
  }

  @Test
  void what_others_have_recorded_is_read_as_theirs_and_their_pack_is_taken_home_on_paper() throws IOException {
    practice.itIs("2026-12-17T09:00");
    String reference = moving.arrived(moving.contact());
    practice.itIs("2027-02-12T09:00");
    try (Browser browser = Browser.open("http://127.0.0.1:" + port)) {
      browser.signIn("worker", "en-GB");
      browser.page().click("text=Find a case");
      Locator found = browser.page().locator("button:has-text('" + reference + "')").first();
      // Tasklist may draw its page once more while somebody types
      for (int tries = 0; tries < 20 && !found.isVisible(); tries++) {
        browser.page().locator(".ft-input").first().fill(reference);
        browser.page().locator(".ft-input").first().press("Enter");
        browser.page().waitForTimeout(1000);
      }
      found.click();
      browser.page().locator("h4:has-text('From Felpersham')").waitFor();
      browser.page().locator("summary:has-text('Plans (3)')").click();
      browser.page().locator("summary:has-text('Actions (3)')").click();
      browser.picture("family-from-elsewhere");
      String file = browser.page().locator(".ft-case[role=region]").innerText();
      assertThat(file).contains("Held by Felpersham", "with us: North team", "child protection plan, neglect, since 17 December 2026",
          "The neighbour sees the light", "Take her to swimming", "Joan Patel, school", "by Sam Carter of Felpersham");
      Download paper = browser.page().waitForDownload(() -> browser.page().click("text=To read and print (PDF)"));
      Path kept = Path.of("target", "screens", "family-pack.pdf");
      paper.saveAs(kept);
      assertThat(paper.suggestedFilename()).endsWith(".pdf");
      assertThat(new String(Files.readAllBytes(kept), 0, 5, StandardCharsets.US_ASCII)).isEqualTo("%PDF-");
    }
  }
}
