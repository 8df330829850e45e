package org.followthrough.referral;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.followthrough.page.Words;

/**
 * Who told us, and how to reach them again.
 *
 * @param kind a professional, a member of the public, or somebody who gave no name
 * @param withholdName whether the family must not hear who it was
 */
public record Referrer(String kind, String name, String role, String agency, String phone, String reach, boolean withholdName) {

  /** All of it in words; agencies as {@code spoken} calls them. */
  String described(UnaryOperator<String> spoken) {
    List<String> said = new ArrayList<>();
    said.add(name == null ? "Name not given" : name);
    if (role != null) {
      said.add(role);
    }
    if (agency != null) {
      said.add(Words.escaped(spoken.apply(agency)));
    }
    if (phone != null) {
      said.add("telephone " + phone);
    }
    if (reach != null) {
      said.add(reach);
    }
    if (withholdName) {
      said.add("**asked not to be named to the family**");
    }
    return String.join(" · ", said);
  }
}
