package org.followthrough.protection.section47;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.followthrough.family.Chronology;
import org.followthrough.family.Families;
import org.followthrough.page.Matter;
import org.followthrough.page.Reads;
import org.followthrough.page.Refusal;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.followthrough.people.Agencies;
import org.followthrough.people.Directory;
import org.followthrough.protection.Enquiries;
import org.springframework.stereotype.Component;

/** A named social worker who is free to be fair to this family (learning point K-23), and the agencies that are asked. */
@Component
class AllocateEnquiry implements Step {

  private final Enquiries enquiries;
  private final Background background;
  private final Directory directory;
  private final Families families;
  private final Chronology chronology;
  private final Agencies agencies;

  AllocateEnquiry(Enquiries enquiries, Background background, Directory directory, Families families, Chronology chronology,
      Agencies agencies) {
    this.enquiries = enquiries;
    this.background = background;
    this.directory = directory;
    this.families = families;
    this.chronology = chronology;
    this.agencies = agencies;
  }

  @Override
  public Reads reads() {
    return new Reads().choiceFrom("teamWorkers", "worker").yes("knowsFamily", "relatedFamily", "medical")
        .text("knowsWhat", "oversight", "otherAgency", "checksWhy", "noAgenciesWhy", "medicalHow")
        .either("relatedWorker", "separate", "same").severalFrom(Agencies.OTHERS, "agencies")
        .either("checksAgreed", "yes", "no", "not-asked").happened();
  }

  @Override
  public String event() {
    return "Enquiry allocated";
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    Enquiries.Enquiry enquiry = enquiries.get(matter.subjectId());
    Map<String, Object> shown = background.shows(matter);
    shown.put("teamWorkers", directory.members(families.team(matter.caseId()).orElseThrow() + ".social-worker"));
    if (enquiry.medical() != null && !enquiry.medical().equals("a-doctor-will-say")) {
      shown.put("medical", enquiry.medical());
    }
    shown.put(Agencies.OTHERS, agencies.others());
    List<Enquiries.Related> related = enquiries.related(matter.caseId());
    if (!related.isEmpty()) {
      shown.put("relatedFamily", "yes");
      shown.put("relatedText", related.stream().map(one -> "- " + one.reference() + ", with "
          + (one.worker() == null ? "nobody yet" : Words.escaped(directory.name(one.worker())))).collect(Collectors.joining("\n")));
    }
    return shown;
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    Matter matter = typed.matter();
    if (typed.yes("knowsFamily")) {
      typed.demand("knowsWhat", "Say what they have to do with this family, and why it is still them.");
    }
    boolean same = enquiries.related(matter.caseId()).stream().anyMatch(one -> typed.text("worker").equals(one.worker()));
    if (same && !typed.yes("relatedFamily")) {
      throw new Refusal("relatedFamily", "This worker has the enquiry of a related family already. Say yes here and how it is watched, "
          + "or choose somebody else.");
    }
    if (typed.yes("relatedFamily")) {
      typed.demand("relatedWorker", "Say whether each family has a worker of its own.");
      if (same && typed.is("relatedWorker", "separate")) {
        throw new Refusal("relatedWorker", "This worker has the enquiry of the related family too. Choose somebody else, "
            + "or say how it is watched.");
      }
      if (typed.is("relatedWorker", "same")) {
        typed.demand("oversight", "One worker for related families needs somebody who watches over it. Say who, and how.");
      }
    }
    List<String> asked = typed.choices("agencies");
    if (asked.isEmpty()) {
      typed.demand("noAgenciesWhy", "Tick the agencies that are asked, or say why none is.");
    } else if (!typed.is("checksAgreed", "yes")) {
      typed.demand("checksWhy", "The family has not agreed. Give your reason to ask all the same.");
    }
    if (asked.contains("other")) {
      typed.demand("otherAgency", "Say which other agency is asked.");
    }
    if (typed.yes("medical")) {
      typed.demand("medicalHow", "Say who is examined, where, and who arranges it.");
      chronology.add(Chronology.Line.fact(matter.contactId(), matter.caseId(), null, "Medical decided", typed.recordedAt(),
          matter.user(), null)
          .about(matter.subjectId()).happened(typed.happenedAt()));
    }
    enquiries.allocate(matter.subjectId(), new Enquiries.Allocation(typed.text("worker"), typed.text("knowsWhat"), typed.text("oversight"),
        asked.isEmpty() ? null : typed.text("checksAgreed"), typed.text("checksWhy")), typed.happenedAt(), matter.user());
    for (String agency : asked) {
      String named = agencies.organisation(agency).map(Agencies.Organisation::name)
          .orElse(agency.equals("other") ? typed.text("otherAgency") : null);
      enquiries.ask(matter.subjectId(), agency, named, typed.happenedAt());
    }
    return Map.of("medicalNeeded", typed.yes("medical"));
  }
}
