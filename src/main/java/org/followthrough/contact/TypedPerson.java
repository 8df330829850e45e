package org.followthrough.contact;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.followthrough.record.Contacts;
import org.followthrough.record.Submission;
import org.followthrough.record.Words;

/** A person as they were taken down, in words. */
final class TypedPerson {

  private TypedPerson() {}

  static String name(Contacts.Named named) {
    Submission page = new Submission(null, Instant.EPOCH, null, named.typed());
    String name = ((page.text("firstName") == null ? "" : page.text("firstName")) + " "
        + (page.text("lastName") == null ? "" : page.text("lastName"))).strip();
    if (name.isEmpty()) {
      return "unborn".equals(page.text("kind")) ? "unborn child" : page.text("otherNames");
    }
    return name;
  }

  static String described(Contacts.Named named) {
    Submission page = new Submission(null, Instant.EPOCH, null, named.typed());
    List<String> said = new ArrayList<>(List.of(name(named)));
    if (page.date("birthDate") != null) {
      said.add("born " + Words.date(page.date("birthDate")));
    }
    if (page.date("expectedDate") != null) {
      said.add("expected " + Words.date(page.date("expectedDate")));
    }
    if (page.text("address") != null) {
      said.add(page.text("address"));
    }
    if (page.text("otherNames") != null) {
      said.add("also known as " + page.text("otherNames"));
    }
    return String.join(", ", said);
  }
}
