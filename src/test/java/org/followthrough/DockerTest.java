package org.followthrough;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openrewrite.InMemoryExecutionContext;
import org.openrewrite.Parser;
import org.openrewrite.Recipe;
import org.openrewrite.config.CompositeRecipe;
import org.openrewrite.docker.AddAptGetCleanup;
import org.openrewrite.docker.AddUserInstruction;
import org.openrewrite.docker.CombineRunInstructions;
import org.openrewrite.docker.DockerParser;
import org.openrewrite.docker.NormalizeDockerHubImageName;
import org.openrewrite.docker.ReplaceAddWithCopy;
import org.openrewrite.docker.UseExecFormEntrypoint;
import org.openrewrite.docker.search.FindMissingHealthcheck;
import org.openrewrite.docker.search.FindRootUser;
import org.openrewrite.docker.search.FindUnpinnedBaseImages;
import org.openrewrite.internal.InMemoryLargeSourceSet;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The container files, checked without a container engine: by schema, by linter, and by the house's own promises. */
class DockerTest {

  private static final Path DOCKER = Path.of("docker");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The linter's own collection, without what depends on today's date. */
  private static final Recipe BEST_PRACTICES = new CompositeRecipe(List.of(
      new AddAptGetCleanup(null), new AddUserInstruction("nobody", null, null, null), new CombineRunInstructions(null),
      new FindMissingHealthcheck(), new FindRootUser(true), new FindUnpinnedBaseImages(),
      new NormalizeDockerHubImageName(), new ReplaceAddWithCopy(), new UseExecFormEntrypoint(true, true)));

  private static final Set<String> INSTRUCTIONS = Set.of("ADD", "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE",
      "FROM", "HEALTHCHECK", "LABEL", "RUN", "SHELL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR");

  private final String composeFile = read("compose.yml");
  private final JsonNode compose = parse(composeFile);
  private final String dockerfile = read("Dockerfile");

  @Test
  void compose_file_follows_the_compose_specification() {
    assertThat(violationsOf(composeFile)).isEmpty();
  }

  @ParameterizedTest(name = "{0} becomes {1}")
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      depends_on:                   | dependson:                        | dependson
      condition: service_healthy    | condition: healthy                | condition
      interval: 5s                  | intervall: 5s                     | intervall
      - "127.0.0.1:8080:8080"       | - published: [8080]               | published
      internal: true                | internal: [sometimes]             | internal
      """)
  void an_invalid_compose_file_is_caught(String original, String written, String named) {
    assertThat(composeFile).contains(original);
    assertThat(violationsOf(composeFile.replace(original, written))).anyMatch(message -> message.contains(named));
  }

  @Test
  void only_the_application_is_published_and_only_on_this_machine() {
    assertThat(textsOf(service("application").path("ports"))).isNotEmpty()
        .allMatch(port -> port.startsWith("127.0.0.1:"));
    for (var service : services()) {
      assertThat(compose.at("/services/" + service).has("ports")).as(service + " is published")
          .isEqualTo(service.equals("application"));
      assertThat(compose.at("/services/" + service).has("network_mode")).as(service + " leaves its network").isFalse();
    }
    assertThat(textsOf(service("database").path("networks"))).isNotEmpty()
        .allMatch(network -> compose.at("/networks/" + network + "/internal").asBoolean());
  }

  @Test
  void secrets_come_by_file_and_stay_out_of_version_control() {
    assertThat(compose.path("secrets").properties()).isNotEmpty().allSatisfy(secret ->
        assertThat(secret.getValue().path("file").asText()).as(secret.getKey()).startsWith("./secrets/"));
    assertThat(read(".gitignore").lines()).contains("secrets/", ".env");
    for (var service : services()) {
      assertThat(compose.at("/services/" + service + "/environment").properties()).allSatisfy(variable ->
          assertThat(variable.getKey()).as("a secret of %s in the open", service)
              .doesNotMatch("(?i).*(PASSWORD|PASSWD|SECRET|TOKEN|CREDENTIAL|_KEY)(?!.*_FILE$).*"));
    }
    assertThat(dockerfile).doesNotContainPattern("(?im)^\\s*(ENV|ARG)\\b.*(PASSWORD|SECRET|TOKEN)");
  }

  @Test
  void the_application_finds_its_database_and_its_secrets_by_the_names_it_reads() {
    var application = service("application");

    assertThat(textsOf(application.path("secrets"), "target"))
        .containsExactlyInAnyOrder("spring.datasource.password", "followthrough.admin.password");
    assertThat(application.at("/environment/SPRING_PROFILES_ACTIVE").asText()).isEqualTo("production");
    assertThat(application.at("/environment/SPRING_DATASOURCE_URL").asText())
        .isEqualTo("jdbc:postgresql://database:5432/" + service("database").at("/environment/POSTGRES_DB").asText());
    assertThat(application.at("/environment/SPRING_DATASOURCE_USERNAME"))
        .isEqualTo(service("database").at("/environment/POSTGRES_USER"));
    assertThat(application.at("/environment/FOLLOWTHROUGH_ADMIN_USER").asText()).as("must be given").contains(":?");
    assertThat(application.at("/depends_on/database/condition").asText()).isEqualTo("service_healthy");
  }

  @Test
  void no_container_has_more_rights_than_it_needs() {
    for (var service : services()) {
      var container = service(service);
      assertThat(container.path("read_only").asBoolean()).as(service + " has a read-only root").isTrue();
      assertThat(textsOf(container.path("cap_drop"))).as(service).containsExactly("ALL");
      assertThat(container.has("cap_add") || container.has("privileged")).as(service + " takes rights back").isFalse();
      assertThat(textsOf(container.path("security_opt"))).as(service).contains("no-new-privileges:true");
      var user = container.has("build") ? lastOf("USER") : container.path("user").asText();
      assertThat(user).as(service + " runs as").isNotEmpty().doesNotMatch("(root|0)(:.*)?");
    }
  }

  @Test
  void every_container_is_asked_for_its_health() {
    for (var service : services()) {
      var asked = service(service).has("build") ? lastOf("HEALTHCHECK")
          : service(service).at("/healthcheck/test").toString();
      assertThat(asked).as(service).isNotEmpty().doesNotContain("NONE");
    }
    assertThat(service("database").at("/image").asText()).startsWith("postgres:17");
  }

  @Test
  void the_dockerfile_passes_the_linter() {
    assertThat(complaintsAbout(dockerfile)).isEmpty();
  }

  @ParameterizedTest(name = "{0} becomes {1}")
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      USER 10001:10001             | USER root                     | Explicitly runs as root
      eclipse-temurin:17-jre-noble | eclipse-temurin               | Uses implicit 'latest' tag
      HEALTHCHECK                  | LABEL health=                 | Missing HEALTHCHECK instruction
      WORKDIR /application         | WORKDIR                       | Syntax error
      EXPOSE 8080                  | EXPOZE 8080                   | EXPOZE
      COPY pom.xml ./              | ADD pom.xml ./                | COPY pom.xml ./
      """)
  void a_bad_dockerfile_is_caught(String original, String written, String complaint) {
    assertThat(dockerfile).contains(original);
    assertThat(complaintsAbout(dockerfile.replace(original, written))).anyMatch(said -> said.contains(complaint));
  }

  @Test
  void the_build_copies_what_exists_and_nothing_else_is_sent_to_it() {
    var copied = instructions(dockerfile).filter(instruction -> instruction.startsWith("COPY "))
        .filter(instruction -> !instruction.contains("--from="))
        .map(instruction -> instruction.split("\\s+")[1]).toList();

    assertThat(copied).isNotEmpty().allSatisfy(path -> assertThat(Path.of(path)).exists());
    assertThat(read("Dockerfile.dockerignore").lines().filter(line -> !line.startsWith("#")))
        .containsExactlyElementsOf(Stream.concat(Stream.of("*"), copied.stream().map(path -> "!" + path)).toList());
  }

  @Test
  void the_health_check_tells_health_from_illness_and_absence() throws Exception {
    var status = new int[] {200};
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/actuator/health", exchange -> {
      exchange.sendResponseHeaders(status[0], -1);
      exchange.close();
    });
    server.start();
    var port = server.getAddress().getPort();
    try {
      assertThat(health(port)).as("up").isZero();
      status[0] = 503;
      assertThat(health(port)).as("down").isNotZero();
      status[0] = 302;
      assertThat(health(port)).as("sent to the login page").isNotZero();
    } finally {
      server.stop(0);
    }
    assertThat(health(port)).as("not there").isNotZero();
  }

  private int health(int port) throws Exception {
    var healthcheck = lastOf("HEALTHCHECK");
    assertThat(healthcheck).contains("/127.0.0.1/8080");
    var command = JSON.readValue(healthcheck.substring(healthcheck.indexOf('[')), String[].class);
    var process = new ProcessBuilder(
        Arrays.stream(command).map(word -> word.replace("/8080", "/" + port)).toList())
        .redirectError(ProcessBuilder.Redirect.DISCARD).start();
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private static List<String> violationsOf(String yaml) {
    return JsonSchemaFactory.getInstance(VersionFlag.V7).getSchema(SchemaLocation.of("classpath:compose-spec.json"))
        .validate(parse(yaml)).stream().map(ValidationMessage::getMessage).toList();
  }

  /** What parser and linter say: unknown instructions, syntax errors, and the file as the linter would have it. */
  private static List<String> complaintsAbout(String dockerfile) {
    var complaints = new ArrayList<String>();
    instructions(dockerfile).filter(instruction -> !INSTRUCTIONS.contains(instruction.split("\\s")[0]))
        .forEach(complaints::add);
    var context = new InMemoryExecutionContext(error -> complaints.add(error.toString()));
    var source = Parser.Input.fromString(Path.of("Dockerfile"), dockerfile);
    var parsed = DockerParser.builder().build().parseInputs(List.of(source), null, context).toList();
    BEST_PRACTICES.run(new InMemoryLargeSourceSet(parsed), context).getChangeset().getAllResults()
        .forEach(result -> complaints.add(result.getAfter().printAll()));
    return complaints;
  }

  /** Instructions without comments, each on one line. */
  private static Stream<String> instructions(String dockerfile) {
    return dockerfile.replaceAll("(?m)^\\s*#.*\n", "").replaceAll("\\\\\n\\s*", " ").lines()
        .filter(line -> !line.isBlank());
  }

  private String lastOf(String instruction) {
    return instructions(dockerfile).filter(line -> line.startsWith(instruction + " "))
        .map(line -> line.substring(instruction.length()).strip()).reduce((first, last) -> last).orElse("");
  }

  private List<String> services() {
    return compose.path("services").properties().stream().map(Map.Entry::getKey).toList();
  }

  private JsonNode service(String name) {
    return compose.path("services").path(name);
  }

  private static List<String> textsOf(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
  }

  private static List<String> textsOf(JsonNode list, String field) {
    return StreamSupport.stream(list.spliterator(), false).map(entry -> entry.path(field).asText()).toList();
  }

  private static JsonNode parse(String yaml) {
    return JSON.valueToTree(new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml));
  }

  private static String read(String file) {
    try {
      return Files.readString(DOCKER.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
