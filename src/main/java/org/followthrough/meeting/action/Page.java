package org.followthrough.meeting.action;

import java.util.HashMap;
import java.util.Map;
import org.followthrough.meeting.AgreedActions;
import org.followthrough.page.Matter;
import org.followthrough.page.Reads;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.followthrough.people.Agencies;
import org.followthrough.people.Directory;
import org.springframework.stereotype.Component;

/** What the pages about one action have in common. */
@Component
class Page {

  /** What {@link #demandWhoToldUs} reads. */
  static final Reads WHO_TOLD_US = new Reads().text("onBehalfOf").choice("onBehalfHow");

  private final AgreedActions actions;
  private final Directory directory;

  Page(AgreedActions actions, Directory directory) {
    this.actions = actions;
    this.directory = directory;
  }

  AgreedActions.Agreed action(Matter matter) {
    return actions.get(matter.subjectId());
  }

  /** The action on top, and what was said of it so far where something was. */
  Map<String, Object> shows(Matter matter) {
    AgreedActions.Agreed action = action(matter);
    Map<String, Object> shown = new HashMap<>(Map.of("actionText", actions.inWords(action)));
    if (action.reportedAs() != null) {
      shown.put("reportText", "**" + Words.sentence(action.reportedAs()) + "**, said " + directory.name(action.reportedBy())
          + " on " + Words.date(action.reportedAt()) + ". " + Words.escaped(action.reportedAs().equals(AgreedActions.DONE)
              ? action.evidence() : action.reportedWhy())
          + (action.hopedFor() == null ? "" : "\n\nHoped for by " + Words.date(action.hopedFor()) + ".")
          + (action.notConfirmedWhy() == null ? "" : "\n\n**Not done indeed:** " + Words.escaped(action.notConfirmedWhy())));
    }
    return shown;
  }

  /** Whoever speaks for an owner of another agency, or for one of the family, says who told them. */
  void demandWhoToldUs(Submission typed) {
    AgreedActions.Agreed action = action(typed.matter());
    if (!action.agency().equals(Agencies.SOCIAL_CARE) && !directory.groupsOf(typed.matter().user()).contains(action.agency())) {
      typed.demand("onBehalfOf", "This is not yours. Say who told you.");
      typed.demand("onBehalfHow", "Say how they told you.");
    }
  }
}
