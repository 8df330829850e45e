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
    AgreedActions.Report report = action.report();
    if (report.as() != null) {
      shown.put("reportText", "**" + Words.sentence(report.as()) + "**, said " + directory.name(report.by())
          + " on " + Words.date(report.at()) + ". " + Words.escaped(report.as().equals(AgreedActions.DONE)
              ? report.evidence() : report.why())
          + (report.hopedFor() == null ? "" : "\n\nHoped for by " + Words.date(report.hopedFor()) + ".")
          + (report.notConfirmedWhy() == null ? "" : "\n\n**Not done indeed:** " + Words.escaped(report.notConfirmedWhy())));
    }
    return shown;
  }

  /** Whoever speaks for an owner of another agency, or for one of the family, says who told them. */
  void demandWhoToldUs(Submission typed) {
    String agency = action(typed.matter()).owner().agency();
    if (!agency.equals(Agencies.SOCIAL_CARE) && !directory.groupsOf(typed.matter().user()).contains(agency)) {
      typed.demand("onBehalfOf", "This is not yours. Say who told you.");
      typed.demand("onBehalfHow", "Say how they told you.");
    }
  }
}
