package org.followthrough.tasklist;

import java.security.Principal;
import org.followthrough.people.Agencies;
import org.followthrough.people.Directory;
import org.followthrough.people.Sight;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Where operations enter an agency or an organisation, and change what is kept of it. */
@RestController
class AgencyApi {

  private final Agencies agencies;
  private final Directory directory;

  AgencyApi(Agencies agencies, Directory directory) {
    this.agencies = agencies;
    this.directory = directory;
  }

  @PostMapping("/api/agencies")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void keep(@RequestBody Agencies.Agency agency, Principal user) {
    onlyOperations(user);
    agencies.keep(agency, user.getName());
  }

  @PostMapping("/api/organisations")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void keep(@RequestBody Agencies.Organisation organisation, Principal user) {
    onlyOperations(user);
    agencies.keep(organisation, user.getName());
  }

  /** Whom a row counts for and which group it names is a grant, and grants are theirs. */
  private void onlyOperations(Principal user) {
    if (!Sight.isOperations(directory.groupsOf(user.getName()))) {
      throw new ResponseStatusException(HttpStatus.FORBIDDEN, "Only operations may change agencies and organisations.");
    }
  }
}
