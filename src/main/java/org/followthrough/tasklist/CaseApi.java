package org.followthrough.tasklist;

import java.security.Principal;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.followthrough.deadline.DeadlineClass;
import org.followthrough.deadline.Lateness;
import org.followthrough.page.Matter;
import org.followthrough.page.Words;
import org.followthrough.people.AddressBook;
import org.followthrough.people.Directory;
import org.followthrough.people.Sight;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** The case of a family, for those who may see it: by a task, by its reference, and found by what is known. */
@RestController
@RequestMapping("/api")
class CaseApi {

  private final TaskList taskList;
  private final CaseFile file;
  private final Sight sight;
  private final Directory directory;
  private final AddressBook addressBook;
  private final Lateness lateness;
  private final Clock clock;

  CaseApi(TaskList taskList, CaseFile file, Sight sight, Directory directory, AddressBook addressBook, Lateness lateness, Clock clock) {
    this.taskList = taskList;
    this.file = file;
    this.sight = sight;
    this.directory = directory;
    this.addressBook = addressBook;
    this.lateness = lateness;
    this.clock = clock;
  }

  /** The case of a task, or of a reference, whole, for those who may see the family; written down as read. */
  @GetMapping("/{subject:tasks|cases}/{id}/case")
  CaseFile.File file(@PathVariable String subject, @PathVariable String id, Principal user) {
    TaskList.Entry on = taskList.on(subject, id, user);
    Matter matter = on.matter();
    if (!sight.maySee(on.groups(), matter.caseId(), matter.contactId())) {
      throw new ResponseStatusException(HttpStatus.FORBIDDEN, "The case file is for the team that holds the case. "
          + "Your task shows what you need.");
    }
    return file.open(matter.caseId(), matter.contactId(), on.user(), Words.sentence(sight.holder(matter.caseId(), matter.contactId())),
        sight.mayChange(on.groups(), matter.caseId(), matter.contactId()), directory::name,
        code -> Words.sentence(addressBook.called(code)))
        .late(one -> lateness.by(DeadlineClass.valueOf(one.limit().grave().toUpperCase(Locale.ROOT)), one.due(),
            one.met() == null ? clock.instant() : one.met()));
  }

  record Sought(String text) {}

  record Found(String reference, List<String> children, String team) {}

  /** The families a user may see that answer to a reference or a name; asked by POST, so that no name stands in an address. */
  @PostMapping("/find")
  List<Found> find(@RequestBody Sought sought, Principal user) {
    List<String> groups = directory.groupsOf(user.getName());
    String text = sought.text() == null ? "" : sought.text().strip();
    return (text.length() < 2 ? List.<UUID>of() : file.find(text)).stream()
        .filter(caseId -> sight.maySee(groups, caseId, null)).limit(20)
        .map(caseId -> new Found(file.card(caseId, null).reference(), file.card(caseId, null).children(),
            Words.sentence(sight.holder(caseId, null)))).toList();
  }
}
