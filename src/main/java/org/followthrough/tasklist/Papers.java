package org.followthrough.tasklist;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.UUID;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.followthrough.minutes.MeetingInWords;
import org.followthrough.minutes.Minutes;
import org.followthrough.minutes.Receipts;
import org.followthrough.minutes.RedactedMinutes;
import org.followthrough.page.Matter;
import org.followthrough.people.Sight;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.util.HtmlUtils;

/** Minutes as pages to read, print and hand over: exactly what a recipient gets, or the whole for those who hold the case. */
@RestController
@RequestMapping("/api/{subject:tasks|cases}/{id}")
class Papers {

  private final TaskList taskList;
  private final Sight sight;
  private final CaseFile file;
  private final Minutes minutes;
  private final MeetingInWords inWords;
  private final Receipts receipts;
  private final RedactedMinutes redacted;
  private final String page;
  private final Parser markdown = Parser.builder().build();
  // what people typed stays text: no HTML of theirs, no links to where it could lead
  private final HtmlRenderer html = HtmlRenderer.builder().escapeHtml(true).sanitizeUrls(true).build();

  Papers(TaskList taskList, Sight sight, CaseFile file, Minutes minutes, MeetingInWords inWords, Receipts receipts,
      RedactedMinutes redacted, @Value("${followthrough.banner}") String banner) throws IOException {
    this.taskList = taskList;
    this.sight = sight;
    this.file = file;
    this.minutes = minutes;
    this.inWords = inWords;
    this.receipts = receipts;
    this.redacted = redacted;
    this.page = new ClassPathResource("META-INF/resources/paper.html").getContentAsString(StandardCharsets.UTF_8)
        .replace("{{banner}}", HtmlUtils.htmlEscape(banner));
  }

  /** A recipient's copy, as they got it. */
  @GetMapping("/copies/{copyId}")
  ResponseEntity<String> copy(@PathVariable String subject, @PathVariable String id, @PathVariable UUID copyId, Principal user) {
    TaskList.Entry on = reader(subject, id, user, receipts.caseOf(copyId).orElse(null));
    file.looked(on.user(), "copy of minutes", on.matter().contactId(), on.matter().caseId());
    return paper("Copy for " + receipts.copy(copyId).recipient(), redacted.of(copyId));
  }

  /** A version of the minutes, whole. */
  @GetMapping("/minutes/{minutesId}")
  ResponseEntity<String> whole(@PathVariable String subject, @PathVariable String id, @PathVariable UUID minutesId, Principal user) {
    TaskList.Entry on = reader(subject, id, user, minutes.caseOf(minutesId).orElse(null));
    file.looked(on.user(), "minutes", on.matter().contactId(), on.matter().caseId());
    return paper("Whole version, confidential part included: not to be handed on", "# Minutes\n\n" + inWords.whole(minutesId));
  }

  private TaskList.Entry reader(String subject, String id, Principal user, UUID caseOfPaper) {
    TaskList.Entry on = taskList.on(subject, id, user);
    Matter matter = on.matter();
    if (caseOfPaper == null || !caseOfPaper.equals(matter.caseId()) || !sight.maySee(on.groups(), matter.caseId(), null)) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND, "There are no such minutes of this case.");
    }
    return on;
  }

  private ResponseEntity<String> paper(String copy, String text) {
    return ResponseEntity.ok().contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
        .header("Content-Security-Policy", "default-src 'none'; style-src 'self'; frame-ancestors 'none'")
        .header("Cache-Control", "no-store")
        .body(page.replace("{{copy}}", HtmlUtils.htmlEscape(copy)).replace("{{text}}", html.render(markdown.parse(text))));
  }
}
