package org.followthrough;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URISyntaxException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * The application as it is released, for tests that start it in a process of its own, made ready once for all of them: a jar, the
 * archive of its loaded classes (which saves a third of every start, and takes no class directories), and a data folder that is migrated.
 * It lies under {@code target/release} until a class, a resource or a library changes.
 */
public final class Release {

  private static final Path FOLDER = Path.of("target", "release").toAbsolutePath();
  private static final String JAR = "follow-through.jar";
  private static final String ARCHIVE = "follow-through.jsa";
  private static final String DATA = "postgresql";
  private static final Duration STARTS_WITHIN = Duration.ofMinutes(10);
  private static Path ready;

  private Release() {}

  /** The command that starts it, up to its main class; settings follow. */
  public static List<String> command(Class<?> main, String... machineOptions) {
    Path release = ready();
    return command(release, List.of("-XX:SharedArchiveFile=" + release.resolve(ARCHIVE)), main, List.of(machineOptions));
  }

  /** Fills this data folder, unless there is one, as a first start would: both schemas, the models, the demo people, and no family. */
  public static void furnish(Path data) {
    if (!Files.exists(data)) {
      copy(ready().resolve(DATA), data);
    }
  }

  /** A port that nobody uses at this moment. */
  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> command(Path release, List<String> archive, Class<?> main, List<String> machineOptions) {
    // the JVM takes an archive only with the class path that it was made with
    String path = Stream.concat(Stream.of(release.resolve(JAR).toString()), libraries().stream())
        .collect(Collectors.joining(File.pathSeparator));
    List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Duser.timezone=UTC", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
        // room from the beginning: a start would else collect its garbage again and again
        "-Xms512m", "-Xmx768m", "-Xmn300m", "-XX:MetaspaceSize=256m"));
    command.addAll(archive);
    command.addAll(machineOptions);
    command.addAll(List.of("-cp", path, main.getName()));
    return command;
  }

  private static synchronized Path ready() {
    if (ready == null) {
      try {
        Files.createDirectories(FOLDER);
        // one of several test processes makes it, the others wait
        try (FileChannel door = FileChannel.open(FOLDER.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
          door.lock();
          Path release = FOLDER.resolve(name());
          // written last, when all went well
          if (!Files.exists(release.resolve(ARCHIVE))) {
            make(release);
          }
          ready = release;
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    return ready;
  }

  /** Another name for other classes, resources, libraries or another Java. */
  private static String name() throws IOException {
    StringBuilder all = new StringBuilder(System.getProperty("java.vm.version")).append(libraries());
    try (Stream<Path> files = Files.walk(folderOf(FollowThrough.class))) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        all.append(file).append(Files.size(file)).append(Files.getLastModifiedTime(file).toMillis());
      }
    }
    return UUID.nameUUIDFromBytes(all.toString().getBytes(StandardCharsets.UTF_8)).toString();
  }

  private static void make(Path release) throws IOException, InterruptedException {
    try (Stream<Path> before = Files.list(FOLDER)) {
      for (Path old : before.filter(Files::isDirectory).toList()) {
        FileSystemUtils.deleteRecursively(old);
      }
    }
    Files.createDirectories(release);
    int failed = ToolProvider.findFirst("jar").orElseThrow().run(System.out, System.err, "--create", "--no-compress",
        "--file", release.resolve(JAR).toString(), "-C", folderOf(FollowThrough.class).toString(), ".",
        "-C", folderOf(AtAnotherTime.class).toString(), AtAnotherTime.class.getName().replace('.', '/') + ".class");
    assertThat(failed).as("making %s", JAR).isZero();
    firstStart(release);
  }

  /** Makes the database, and at its end writes down which classes it has loaded. */
  private static void firstStart(Path release) throws IOException, InterruptedException {
    int port = freePort();
    List<String> command = command(release, List.of("-XX:ArchiveClassesAtExit=" + release.resolve(ARCHIVE)),
        FollowThrough.class, List.of());
    command.addAll(List.of("--server.port=" + port, "--followthrough.database.folder=" + release.resolve(DATA),
        "--followthrough.database.port=" + freePort(), "--followthrough.demo-families=false"));
    Path log = FOLDER.resolve("first-start.log");
    Process application = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      Instant giveUp = Instant.now().plus(STARTS_WITHIN);
      while (!healthy(port)) {
        assertThat(application.isAlive()).as("the first start, see %s", log).isTrue();
        assertThat(Instant.now()).as("the first start, see %s", log).isBefore(giveUp);
        TimeUnit.MILLISECONDS.sleep(100);
      }
      // what the first user of every start needs, too
      Visitor worker = Visitor.at(port, "worker");
      worker.get("/camunda/app/tasklist/default/");
      worker.get("/api/session");
      application.destroy();
      assertThat(application.waitFor(STARTS_WITHIN.toSeconds(), TimeUnit.SECONDS)).as("the first start ends, see %s", log).isTrue();
    } finally {
      // its database would outlive a killed one, in a folder that the next attempt deletes
      application.destroy();
      if (!application.waitFor(1, TimeUnit.MINUTES)) {
        application.destroyForcibly();
      }
    }
  }

  /** Whether an application on this machine answers that it is well. */
  public static boolean healthy(int port) {
    try {
      return Visitor.at(port).get("/actuator/health").statusCode() == 200;
    } catch (UncheckedIOException notListeningYet) {
      return false;
    }
  }

  private static List<String> libraries() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator)).filter(path -> path.endsWith(".jar")).toList();
  }

  private static Path folderOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void copy(Path from, Path to) {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path one : all.toList()) {
        Files.copy(one, to.resolve(from.relativize(one).toString()), StandardCopyOption.COPY_ATTRIBUTES);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
