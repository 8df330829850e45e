package org.followthrough.tasklist;

import java.security.Principal;
import java.util.List;
import org.followthrough.people.Directory;
import org.followthrough.people.Sight;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who is signed in, for our screens in Tasklist. */
@RestController
@RequestMapping("/api")
class SessionApi {

  /**
   * Who is signed in.
   *
   * @param asked whether something late may be their business
   * @param manages whether they give tasks to others
   * @param models whether they draw models, or put them in force
   */
  record Session(String user, String name, String banner, boolean asked, boolean manages, boolean models) {}

  private final Directory directory;
  private final String banner;

  SessionApi(Directory directory, @Value("${followthrough.banner}") String banner) {
    this.directory = directory;
    this.banner = banner;
  }

  /** Who is signed in, and the marking of this environment; also hands out the token that our writes must carry. */
  @GetMapping("/session")
  Session session(Principal user, CsrfToken token) {
    token.getToken();
    List<String> groups = directory.groupsOf(user.getName());
    return new Session(user.getName(), directory.name(user.getName()), banner, Sight.isAsked(groups),
        Sight.overAllTeams(groups) || !Sight.managedTeams(groups).isEmpty() || Sight.isOperations(groups),
        Sight.mayProposeModels(groups) || Sight.mayPutModelsInForce(groups));
  }
}
