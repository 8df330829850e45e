package org.followthrough.release;

import java.security.Principal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.camunda.bpm.engine.BadUserRequestException;
import org.followthrough.model.Change;
import org.followthrough.model.Difference;
import org.followthrough.page.Refusal;
import org.followthrough.people.Directory;
import org.followthrough.people.Sight;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * What is in force of models, and what is proposed: for the page <i>Models</i> in Cockpit, and with a user name and a password under
 * {@code /rest/models} for whoever asks from a script.
 */
@RestController
@RequestMapping({"/api/models", "/rest/models"})
class ModelsApi {

  private final InForce inForce;
  private final Proposals proposals;
  private final Directory directory;

  ModelsApi(InForce inForce, Proposals proposals, Directory directory) {
    this.inForce = inForce;
    this.proposals = proposals;
    this.directory = directory;
  }

  /**
   * All there is, and what the reader may do with it.
   *
   * @param mayPropose whether they may return to an earlier version or withdraw
   */
  record Overview(boolean mayPropose, boolean mayPutInForce, List<Proposed> proposals, List<Model> inForce) {}

  record Proposed(UUID id, String title, Instant at, String by, boolean yours, List<String> files) {}

  record Model(String key, List<InForce.Version> versions) {}

  /**
   * A proposal beside what is in force.
   *
   * @param against to be sent back with the decision, so that nobody decides about what they have not seen
   */
  record Beside(Proposed proposal, String against, String inShort, List<ChangedFile> files, String outcome, Instant decidedAt,
      String decidedBy, String reason) {}

  record ChangedFile(String key, List<Change> changes) {}

  record Decision(String against, String reason) {}

  record Earlier(String key, int version) {}

  @GetMapping
  Overview overview(Principal user) {
    List<String> groups = reader(user);
    List<Model> models = inForce.versions().entrySet().stream().map(one -> new Model(one.getKey(), named(one.getValue()))).toList();
    return new Overview(Sight.mayProposeModels(groups), Sight.mayPutModelsInForce(groups),
        proposals.waiting().stream().map(proposal -> proposed(proposal, user)).toList(), models);
  }

  @GetMapping("/proposals/{id}")
  Beside beside(@PathVariable UUID id, Principal user) {
    reader(user);
    Proposals.Proposal proposal = proposals.of(id)
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no such proposal."));
    Map<String, InForce.Current> now = inForce.all();
    List<ModelFile> files = proposals.files(id);
    Map<String, List<Change>> changes = new LinkedHashMap<>();
    files.forEach(file -> changes.put(file.key(), Difference.between(file.key(),
        Optional.ofNullable(now.get(file.key())).map(current -> current.file().content()).orElse(null), file.content())));
    return new Beside(proposed(proposal, user), Proposals.against(files, now), Difference.inShort(changes),
        changes.entrySet().stream().map(file -> new ChangedFile(file.getKey(), file.getValue())).toList(),
        proposal.outcome(), proposal.decidedAt(), proposal.decidedBy() == null ? null : directory.name(proposal.decidedBy()),
        proposal.reason());
  }

  @PostMapping("/proposals/{id}/in-force")
  Map<String, String> putInForce(@PathVariable UUID id, @RequestBody Decision decision, Principal user) {
    if (!Sight.mayPutModelsInForce(reader(user))) {
      throw forbidden("Only who may put models in force can do this.");
    }
    return Map.of("deployment", proposals.putInForce(id, decision.against(), user.getName(), decision.reason()));
  }

  @PostMapping("/proposals/{id}/withdrawal")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void withdraw(@PathVariable UUID id, @RequestBody Decision decision, Principal user) {
    reader(user);
    proposals.withdraw(id, user.getName(), decision.reason());
  }

  /** Proposes to return to an earlier version; returning takes two people as well. */
  @PostMapping("/proposals")
  Proposals.Answer returnTo(@RequestBody Earlier earlier, Principal user) {
    reader(user);
    ModelFile file = inForce.version(earlier.key(), earlier.version()).orElseThrow(() -> new Refusal("There is no such version."));
    return proposals.propose("Return to version " + earlier.version() + " of " + file.id(), Map.of(file.key(), file.content()),
        user.getName());
  }

  /** What the rules say against putting it in force, all of it. */
  @ExceptionHandler
  @ResponseStatus(HttpStatus.UNPROCESSABLE_ENTITY)
  Map<String, String> faulty(BadUserRequestException faults) {
    return Map.of("message", faults.getMessage());
  }

  private Proposed proposed(Proposals.Proposal proposal, Principal user) {
    return new Proposed(proposal.id(), proposal.title(), proposal.at(),
        proposal.by().equals(Proposals.RELEASE) ? "the release that was installed" : directory.name(proposal.by()),
        proposal.by().equals(user.getName()), proposals.files(proposal.id()).stream().map(ModelFile::key).toList());
  }

  private List<InForce.Version> named(List<InForce.Version> versions) {
    return versions.stream().map(one -> new InForce.Version(one.number(), one.since(), one.by() == null ? null : directory.name(one.by()),
        one.reason(), one.running())).toList();
  }

  private List<String> reader(Principal user) {
    List<String> groups = directory.groupsOf(user.getName());
    if (!Sight.mayProposeModels(groups) && !Sight.mayPutModelsInForce(groups)) {
      throw forbidden("Models are for process designers and for who puts them in force.");
    }
    return groups;
  }

  private static ResponseStatusException forbidden(String sentence) {
    return new ResponseStatusException(HttpStatus.FORBIDDEN, sentence);
  }
}
