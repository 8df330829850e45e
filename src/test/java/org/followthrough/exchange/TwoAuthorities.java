package org.followthrough.exchange;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Two authorities on this machine, connected as two real ones are, each over a {@link Wire} on which everything can go
 * wrong: Borsetshire, which a family leaves, and Midsomer, where it arrives. Pauses are short, or nobody would live to see
 * the end of a test.
 */
public final class TwoAuthorities implements AutoCloseable {

  public final Installation borsetshire;
  public final Installation midsomer;
  /** What Borsetshire sends to Midsomer goes over this line. */
  public final Wire toMidsomer;
  public final Wire toBorsetshire;
  private final Keys keys;

  /** Makes their keys and address books, and lays the lines; {@link #start} starts both. */
  public TwoAuthorities(Path folder) {
    keys = new Keys(folder);
    borsetshire = new Installation("borsetshire", folder);
    midsomer = new Installation("midsomer", folder);
    String ours = keys.make("borsetshire");
    String theirs = keys.make("midsomer");
    keys.trust("borsetshire", "midsomer");
    keys.trust("midsomer", "borsetshire");
    try {
      toMidsomer = new Wire(keys.context("midsomer", "midsomer"), keys.context("borsetshire", "borsetshire"), midsomer.exchangePort);
      toBorsetshire = new Wire(keys.context("borsetshire", "borsetshire"), keys.context("midsomer", "midsomer"), borsetshire.exchangePort);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    furnish(borsetshire, "Borsetshire", "midsomer", "Midsomer", toMidsomer, theirs);
    furnish(midsomer, "Midsomer", "borsetshire", "Borsetshire", toBorsetshire, ours);
  }

  private void furnish(Installation one, String name, String code, String other, Wire wire, String fingerprint) {
    String book = "followthrough.authority.";
    keys.bundle(one.code).forEach(one::set);
    List.of(book + "name=" + name, book + "others[0].code=" + code, book + "others[0].name=" + other,
        book + "others[0].address=https://localhost:" + wire.port(), book + "others[0].fingerprint=" + fingerprint,
        book + "others[0].contacts[0].tier=service-manager", book + "others[0].contacts[0].name=Rowan Blake",
        book + "others[0].contacts[0].reach=01632 960199", "followthrough.exchange.first-pause=200ms",
        "followthrough.exchange.longest-pause=2s", "followthrough.exchange.connect-within=2s", "followthrough.exchange.answer-within=40s")
        .forEach(one::set);
  }

  /** Starts both at once. */
  public TwoAuthorities start() {
    borsetshire.begin();
    midsomer.begin();
    borsetshire.await();
    midsomer.await();
    return this;
  }

  @Override
  public void close() {
    borsetshire.stop();
    midsomer.stop();
    toMidsomer.close();
    toBorsetshire.close();
  }
}
