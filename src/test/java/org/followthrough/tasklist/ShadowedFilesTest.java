package org.followthrough.tasklist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Our screens lie over some of Camunda's files and lean on the insides of others. When Camunda, or a fork of it, ships
 * another version of one of them, this test asks for a look at ours: then the new sum is written down here.
 */
class ShadowedFilesTest {

  private static final String APPS = "META-INF/resources/webjars/camunda/app/";
  private static final Path OURS = Path.of("src/main/resources/META-INF/resources");

  /** SHA-256 of what camunda-webapp-webjar 7.24.0 ships. */
  private static final Map<String, String> KNOWN = new TreeMap<>(Map.ofEntries(
      // lies under ours
      Map.entry(APPS + "tasklist/scripts/config.js", "0f9db1960ecd9683bfa73889fcc0dd0a1bd027fb279b0513ac20384a2b615332"),
      Map.entry(APPS + "cockpit/scripts/config.js", "c91825fb6de24abb4ab1d890e0d5d24976dc102123c538886d7b07a9fcf88f95"),
      Map.entry(APPS + "admin/scripts/config.js", "6df57616f5eb6c60671773fef52c6f9031f6a72cdab5e36fa3503e83abe12ee2"),
      Map.entry(APPS + "welcome/scripts/config.js", "14e0f40cecd46636c8a73baa0e5f18f770ed84e9cd8d981fa9dd4cc170004aef"),
      Map.entry(APPS + "tasklist/styles/user-styles.css", "3eb95c6a4cfcddf026338adf08f23923dd3b679aed104086f0db1aeaf62d98f1"),
      Map.entry(APPS + "cockpit/styles/user-styles.css", "3eb95c6a4cfcddf026338adf08f23923dd3b679aed104086f0db1aeaf62d98f1"),
      Map.entry(APPS + "admin/styles/user-styles.css", "3eb95c6a4cfcddf026338adf08f23923dd3b679aed104086f0db1aeaf62d98f1"),
      Map.entry(APPS + "welcome/styles/user-styles.css", "3eb95c6a4cfcddf026338adf08f23923dd3b679aed104086f0db1aeaf62d98f1"),
      // leaned on: the form library's module number and its importSchema
      Map.entry("META-INF/resources/webjars/camunda/lib/deps.js", "8acb9cebebe8f4b75a1dd5ec925add330ccf7c1b56fd8aa7aa28aec3d4e26b23"),
      // leaned on: names of directives, services, events, classes and plugin points
      Map.entry(APPS + "tasklist/camunda-tasklist-bootstrap.js", "00ce868ad5b3ae391b11a9c91378c294ba8ffd089f9de1fc4edabef900b1fb59"),
      Map.entry(APPS + "cockpit/camunda-cockpit-bootstrap.js", "70608960171c9f071a9a97343b9cd5a4a0442f9e9aed3c860bef1599ca4064da"),
      Map.entry(APPS + "admin/camunda-admin-bootstrap.js", "2c56182088891aa9b30163e6c4c645ca02b1c8994f0e85e97ccdbfbafb2b1334"),
      Map.entry(APPS + "welcome/camunda-welcome-bootstrap.js", "908b0f3a1efffb1e955dae9324f24001779669674a3d6fe8c5f0a88f579fa17e"),
      // leaned on: the keys of the texts we replace
      Map.entry(APPS + "tasklist/locales/en.json", "77aa4bda44df6b6e0f109af8ef96b1f0d81e409f537e9f18dc47ae01e6f68e9a")));

  @Test
  void camunda_still_ships_the_files_that_we_know() {
    KNOWN.forEach(ShadowedFilesTest::stillAs);
  }

  @Test
  void a_file_that_has_changed_is_named() {
    String file = APPS + "tasklist/scripts/config.js";
    assertThatThrownBy(() -> stillAs(file, "0".repeat(64))).isInstanceOf(AssertionError.class).hasMessageContaining(file);
  }

  /** A file of ours that came to lie over one of Camunda's unnoticed would hide it from this test as well. */
  @Test
  void every_file_of_camunda_that_we_shadow_is_known() throws IOException {
    try (Stream<Path> ours = Files.walk(OURS)) {
      assertThat(ours.filter(Files::isRegularFile)
          .map(file -> "META-INF/resources/" + OURS.relativize(file).toString().replace('\\', '/'))
          .filter(file -> camundas(file) != null))
          .isNotEmpty().isSubsetOf(KNOWN.keySet());
    }
  }

  @Test
  void every_text_that_we_replace_is_one_of_camundas() throws IOException {
    String ours = Files.readString(OURS.resolve("webjars/camunda/app/tasklist/scripts/work/texts.js"));
    String theirs = new String(bytes(camundas(APPS + "tasklist/locales/en.json")), UTF_8);
    List<String> keys = Pattern.compile("(?m)^  ([A-Z_]+):").matcher(ours).results().map(found -> found.group(1)).toList();
    assertThat(keys).isNotEmpty().allSatisfy(key -> assertThat(theirs).contains("\"" + key + "\":"));
  }

  /** Each module finds the others: a wrong path would take all of Tasklist's extension away without a word. */
  @Test
  void every_module_that_is_imported_is_there() throws IOException {
    Pattern imported = Pattern.compile("(?m)^(?:import|\\} from|import .* from) ?'(\\.[^']+)'");
    try (Stream<Path> ours = Files.walk(OURS)) {
      for (Path module : ours.filter(file -> file.toString().endsWith(".js")).collect(Collectors.toList())) {
        // in the browser the webjars' folder has no part in the address
        Path at = Path.of("/").resolve(OURS.relativize(module).toString().replace("webjars/", ""));
        Matcher found = imported.matcher(Files.readString(module));
        while (found.find()) {
          Path target = at.getParent().resolve(found.group(1)).normalize();
          String file = target.toString().substring(1);
          assertThat(OURS.resolve(file.startsWith("camunda/") ? "webjars/" + file : file)).as("imported by " + module).exists();
        }
      }
    }
  }

  private static void stillAs(String file, String known) {
    URL camundas = camundas(file);
    assertThat(camundas).as(file).isNotNull();
    assertThat(sha256(bytes(camundas))).as(file).isEqualTo(known);
  }

  /** Camunda's own copy of a file, never ours; null where Camunda has none. */
  private static URL camundas(String file) {
    try {
      return Collections.list(ShadowedFilesTest.class.getClassLoader().getResources(file)).stream()
          .filter(url -> url.toString().contains("camunda-webapp-webjar")).findFirst().orElse(null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(URL url) {
    try (InputStream in = url.openStream()) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
