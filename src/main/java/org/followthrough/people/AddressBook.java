package org.followthrough.people;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.followthrough.page.Option;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The authorities that we are connected to, and whom to ask for there.
 *
 * @param code our own code in the address books of others
 * @param name our own name
 * @param others the other authorities
 */
@ConfigurationProperties("followthrough.authority")
public record AddressBook(String code, String name, List<Authority> others) {

  /**
   * Another authority.
   *
   * @param code its code
   * @param name its name
   * @param address where its messages go, as {@code https://exchange.example.org:8443}
   * @param fingerprint the SHA-256 fingerprint of the certificate by which it shows who it is, in hexadecimal
   * @param contacts whom to ask for there, of each tier
   */
  public record Authority(String code, String name, String address, String fingerprint, List<Contact> contacts) {

    public Authority {
      contacts = contacts == null ? List.of() : List.copyOf(contacts);
      // keytool writes it in capitals with colons
      fingerprint = fingerprint == null ? "" : fingerprint.replace(":", "").toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Somebody there.
   *
   * @param tier team-manager, service-manager or head-of-service
   * @param reach how to reach them: telephone, secure e-mail
   */
  public record Contact(String tier, String name, String reach) {}

  public AddressBook {
    others = others == null ? List.of() : List.copyOf(others);
  }

  /** The authority of a code, where we are connected to it. */
  public Optional<Authority> find(String code) {
    return others.stream().filter(other -> other.code().equals(code)).findFirst();
  }

  /** An authority as people call it: by its name in the book where it has one there, else as it was written down. */
  public String called(String authority) {
    return find(authority).map(Authority::name).orElse(authority);
  }

  /** Whom to ask for there, of these tiers; nobody where we are not connected to it. */
  public List<Contact> contacts(String authority, List<String> tiers) {
    return find(authority).map(Authority::contacts).orElse(List.of()).stream().filter(contact -> tiers.contains(contact.tier())).toList();
  }

  /** The authority that shows itself by a certificate of this SHA-256 fingerprint, in small hexadecimal letters. */
  public Optional<Authority> shownBy(String fingerprint) {
    return others.stream().filter(other -> other.fingerprint().equals(fingerprint)).findFirst();
  }

  /** The connected authorities, as choices for a form. */
  public List<Option> choices() {
    return others.stream().map(other -> new Option(other.name(), other.code())).toList();
  }
}
