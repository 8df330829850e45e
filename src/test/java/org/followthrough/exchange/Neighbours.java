package org.followthrough.exchange;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngines;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * Borsetshire with its door open, and its neighbours: Barchester and Framley stand in the address book, Plumstead shows a
 * certificate that is trusted and stands nowhere, Hogglestock one of another host. All tests of the exchange in one process live here.
 */
abstract class Neighbours {

  static final Keys KEYS = new Keys(folder());
  private static final String OURS = KEYS.make("borsetshire");
  private static final String BARCHESTERS = KEYS.make("barchester");
  private static final String FRAMLEYS = KEYS.make("framley");
  /** Its certificate is for another host than that at which the address book has it. */
  private static final String HOGGLESTOCKS = KEYS.make("hogglestock", "dns:exchange.hogglestock.example");
  static final OtherSide BARCHESTER;
  static final OtherSide HOGGLESTOCK;

  static {
    KEYS.make("plumstead");
    KEYS.trust("borsetshire", "barchester", "framley", "plumstead", "hogglestock");
    for (String neighbour : List.of("barchester", "framley", "plumstead", "hogglestock")) {
      KEYS.trust(neighbour, "borsetshire");
    }
    HOGGLESTOCK = new OtherSide(KEYS.context("hogglestock", "hogglestock"), OURS);
    BARCHESTER = new OtherSide(KEYS.context("barchester", "barchester"), OURS);
  }

  /** That of the other tests in this process; the engine's own interfaces know one engine by its name, whichever came last. */
  private static ProcessEngine others;

  @Autowired ProcessEngine engine;

  @BeforeAll
  static void rememberTheOthersEngine() {
    others = ProcessEngines.getProcessEngine(ProcessEngines.NAME_DEFAULT, false);
  }

  @BeforeEach
  void ourEngineAnswers() {
    ProcessEngines.registerProcessEngine(engine);
  }

  @AfterAll
  static void theOthersEngineAnswers() {
    if (others != null) {
      ProcessEngines.registerProcessEngine(others);
    }
  }

  @DynamicPropertySource
  static void connected(DynamicPropertyRegistry settings) {
    KEYS.bundle("borsetshire").forEach(setting -> settings.add(setting.split("=", 2)[0], () -> setting.split("=", 2)[1]));
    settings.add("followthrough.exchange.port", () -> 0);
    settings.add("followthrough.exchange.longest-message", () -> "1MB");
    settings.add("followthrough.exchange.answer-within", () -> "2s");
    settings.add("followthrough.authority.name", () -> "Borsetshire");
    // as keytool prints it
    String printed = BARCHESTERS.toUpperCase().replaceAll("(..)(?!$)", "$1:");
    settings.add("followthrough.authority.others[0].code", () -> "barchester");
    settings.add("followthrough.authority.others[0].name", () -> "Barchester");
    settings.add("followthrough.authority.others[0].address", () -> "https://localhost:" + BARCHESTER.port());
    settings.add("followthrough.authority.others[0].fingerprint", () -> printed);
    settings.add("followthrough.authority.others[0].contacts[0].tier", () -> "service-manager");
    settings.add("followthrough.authority.others[0].contacts[0].name", () -> "Rowan Blake");
    settings.add("followthrough.authority.others[0].contacts[0].reach", () -> "01632 960199");
    settings.add("followthrough.authority.others[1].code", () -> "framley");
    settings.add("followthrough.authority.others[1].name", () -> "Framley");
    settings.add("followthrough.authority.others[1].address", () -> "https://localhost:" + BARCHESTER.port());
    settings.add("followthrough.authority.others[1].fingerprint", () -> FRAMLEYS);
    settings.add("followthrough.authority.others[2].code", () -> "hogglestock");
    settings.add("followthrough.authority.others[2].name", () -> "Hogglestock");
    settings.add("followthrough.authority.others[2].address", () -> "https://localhost:" + HOGGLESTOCK.port());
    settings.add("followthrough.authority.others[2].fingerprint", () -> HOGGLESTOCKS);
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory("neighbours");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
