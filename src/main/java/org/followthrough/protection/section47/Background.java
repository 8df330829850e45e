package org.followthrough.protection.section47;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.followthrough.deadline.Deadline;
import org.followthrough.family.Families;
import org.followthrough.page.Matter;
import org.followthrough.page.Words;
import org.followthrough.people.Directory;
import org.followthrough.protection.Enquiries;
import org.springframework.stereotype.Component;

/**
 * What the pages of an enquiry have in common: the family, whose enquiry it is, who may be told what, and by when a conference would be.
 */
@Component
class Background {

  private final Enquiries enquiries;
  private final Families families;
  private final Directory directory;
  private final Deadline deadline;

  Background(Enquiries enquiries, Families families, Directory directory, Deadline deadline) {
    this.enquiries = enquiries;
    this.families = families;
    this.directory = directory;
    this.deadline = deadline;
  }

  Map<String, Object> shows(Matter matter) {
    Enquiries.Enquiry enquiry = enquiries.get(matter.subjectId());
    Map<String, Object> shown = new HashMap<>();
    shown.put("familySummary", families.summary(matter.caseId()));
    shown.put("enquiryText", "Enquiry since " + Words.moment(enquiry.begunAt())
        + (enquiry.worker() == null ? "" : ", with " + Words.escaped(directory.name(enquiry.worker())))
        + ". A conference, if one is needed, is held by " + Words.date(deadline.passes("conference", "HoldInitial", enquiry.begunAt()))
        + ".");
    if (enquiry.whoIsTold() != null) {
      shown.put("toldText", Words.escaped(enquiry.whoIsTold()));
    }
    return shown;
  }

  /** What the analysis says, for those who decide. */
  String analysis(UUID enquiry) {
    Enquiries.Enquiry one = enquiries.get(enquiry);
    Enquiries.Analysis said = one.analysis();
    StringBuilder text = new StringBuilder();
    part(text, "What the history means", one.historyMeans());
    part(text, "What parents and carers say", said.parentsSay());
    part(text, "What agencies say", said.agenciesSay());
    part(text, "What was observed", said.observed());
    part(text, "What the doctor says", enquiries.heard(enquiry, Enquiries.Voice.DOCTORS));
    part(text, "The children’s own words", said.childrenSay());
    part(text, "What it comes to", said.comesTo());
    return text.toString();
  }

  /** What was found for each child and what follows, a line to a child. */
  String findings(UUID enquiry) {
    return enquiries.outcomes(enquiry).stream().filter(one -> one.finding() != null)
        .map(one -> "- " + enquiries.inWords(one.personId()) + ": " + Words.spoken(one.finding()) + "; **"
            + (one.nextStep().equals("none") ? "nothing follows" : Words.spoken(one.nextStep())) + "**. " + Words.escaped(one.reasons()))
        .collect(Collectors.joining("\n"));
  }

  private static void part(StringBuilder text, String title, String words) {
    if (words != null && !words.isEmpty()) {
      text.append(text.isEmpty() ? "" : "\n\n").append("**").append(title).append("**\n\n")
          .append(Words.escaped(words).replace("\n", "\n\n"));
    }
  }
}
