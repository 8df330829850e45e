package org.followthrough.referral;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.followthrough.page.Words;

/** Who told us, and how to reach them again, in words. */
final class Referrer {

  private Referrer() {}

  static String described(Contacts.Contact contact, UnaryOperator<String> spoken) {
    List<String> said = new ArrayList<>();
    said.add(contact.referrerName() == null ? "Name not given" : contact.referrerName());
    if (contact.referrerRole() != null) {
      said.add(contact.referrerRole());
    }
    if (contact.agency() != null) {
      said.add(Words.escaped(spoken.apply(contact.agency())));
    }
    if (contact.referrerPhone() != null) {
      said.add("telephone " + contact.referrerPhone());
    }
    if (contact.referrerReach() != null) {
      said.add(contact.referrerReach());
    }
    if (contact.withholdName()) {
      said.add("**asked not to be named to the family**");
    }
    return String.join(" · ", said);
  }
}
