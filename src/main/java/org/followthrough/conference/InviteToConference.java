package org.followthrough.conference;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.followthrough.conference.Conferences.Invitation;
import org.followthrough.family.Persons;
import org.followthrough.page.Matter;
import org.followthrough.page.Option;
import org.followthrough.page.Reads;
import org.followthrough.page.Refusal;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.followthrough.people.Agencies;
import org.followthrough.people.Directory;
import org.springframework.stereotype.Component;

/**
 * One person to a page; professionals who are known from an earlier meeting are ticked together. Only the chair sees a parent
 * apart or leaves one out, and says how they are heard.
 */
@Component
class InviteToConference implements Step {

  private final ConferencePages pages;
  private final Conferences conferences;
  private final Persons persons;
  private final Directory directory;
  private final Agencies agencies;

  InviteToConference(ConferencePages pages, Conferences conferences, Persons persons, Directory directory, Agencies agencies) {
    this.pages = pages;
    this.conferences = conferences;
    this.persons = persons;
    this.directory = directory;
    this.agencies = agencies;
  }

  @Override
  public Reads reads() {
    return new Reads().either("whom", "family", "professional", "known").severalFrom("knownProfessionals", "known")
        .choiceFrom("familyToInvite", "person").either("part", "comes", "another-way", "seen-apart", "left-out")
        .text("partWhy", "viewsHow", "advocate", "name", "role", "reach", "notInvitedWhy")
        .choiceFrom(Agencies.OFFERED, "agency").either("purpose", "for-action", "for-information")
        .yes("directContact", "anotherInvitation");
  }

  @Override
  public String event() {
    return "Invited to conference";
  }

  /** The reasons why a parent is not in the room may be what endangers somebody: they stand with the invitation alone. */
  @Override
  public Set<String> keptApart() {
    return Set.of("partWhy");
  }

  /** All are invited with the last page. */
  @Override
  public boolean meetsItsClock(Submission typed) {
    return !typed.yes("anotherInvitation");
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    Map<String, Object> shown = new HashMap<>(pages.shows(matter));
    List<String> invited = conferences.invitations(matter.subjectId()).values().stream().map(one -> "- " + Words.escaped(one.name()) + ", "
        + (one.agency() == null ? Words.spoken(one.part())
            : Words.escaped(agencies.spoken(one.agency())) + ", " + Words.spoken(one.purpose()))).toList();
    if (!invited.isEmpty()) {
      shown.put("invitedText", String.join("\n", invited));
    }
    List<Option> family = conferences.familyToInvite(matter.subjectId(), matter.caseId());
    shown.put("familyToInvite", family);
    if (!family.isEmpty()) {
      shown.put("notYetText", String.join(", ", family.stream().map(one -> Words.escaped(one.label())).toList()));
    }
    List<Option> known = conferences.knownProfessionals(matter.subjectId(), matter.caseId());
    shown.put("knownProfessionals", known);
    shown.put(Agencies.OFFERED, agencies.offered());
    shown.put("anybodyKnown", !known.isEmpty());
    return shown;
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    switch (typed.text("whom")) {
      case "family" -> family(typed);
      case "professional" -> professional(typed);
      default -> conferences.inviteKnown(typed.matter().subjectId(), known(typed), typed.recordedAt(), typed.matter().user());
    }
    boolean another = typed.yes("anotherInvitation");
    if (!another && !conferences.familyToInvite(typed.matter().subjectId(), typed.matter().caseId()).isEmpty()) {
      typed.demand("notInvitedWhy", "Some of the family are not invited yet. Say why not, or answer that there is another invitation.");
    }
    return Map.of("anotherInvitation", another);
  }

  private void family(Submission typed) {
    typed.demand("person", "Choose who of the family.");
    typed.demand("part", "Say how they take part.");
    boolean apart = typed.is("part", "seen-apart") || typed.is("part", "left-out");
    if (apart) {
      if (!directory.groupsOf(typed.matter().user()).contains("conference-chair")) {
        throw new Refusal("part", "Only the chair decides that somebody is seen apart "
            + "or left out. Leave this person to the chair, who has this page too.");
      }
      typed.demand("partWhy", "Give the chair’s reasons.");
    }
    if (apart || typed.is("part", "another-way")) {
      typed.demand("viewsHow", "Say how their views are heard.");
    }
    UUID person = UUID.fromString(typed.text("person"));
    invite(typed, new Invitation(person, null, persons.name(person), null, null, null, false, typed.text("part"), typed.text("partWhy"),
        typed.text("viewsHow"), typed.text("advocate")));
  }

  private void professional(Submission typed) {
    typed.demand("agency", "Say which agency they come from.");
    typed.demand("name", "Write down who it is.");
    typed.demand("purpose", "Say whether they are invited to act or to know.");
    typed.demand("directContact", "Say whether they work with the children themselves; the quorum counts them.");
    invite(typed, new Invitation(null, typed.text("agency"), typed.text("name"), typed.text("role"),
        agencies.reach(typed.text("reach"), typed.text("agency")), typed.text("purpose"), typed.yes("directContact"),
        null, null, null, null));
  }

  private void invite(Submission typed, Invitation one) {
    conferences.invite(typed.matter().subjectId(), one, typed.recordedAt(), typed.matter().user());
  }

  private static List<UUID> known(Submission typed) {
    if (typed.choices("known").isEmpty()) {
      throw new Refusal("known", "Tick whom you invite.");
    }
    return typed.choices("known").stream().map(UUID::fromString).toList();
  }
}
