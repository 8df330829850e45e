package org.followthrough;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.followthrough.childdeath.HouseBreaker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The rooms of the house and who may know whom. Every rule is also shown to bite: on a class that breaks all of them, and
 * on an empty house, where a rule about nothing must not pass.
 */
class HouseTest {

  private static final String HOUSE = "org.followthrough.";
  private static final JavaClasses CLASSES =
      new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("org.followthrough");
  private static final JavaClasses BROKEN = new ClassFileImporter().importClasses(HouseBreaker.class, HouseBreaker.Told.class, HouseBreaker.TheOnlyOne.class);

  /** A package per process, as the models have them: {@code lead-professional.bpmn} is {@code leadprofessional}. */
  private static final Set<String> PROCESSES = processes();

  private static Set<String> processes() {
    try (Stream<Path> models = Files.list(Path.of("bpmn"))) {
      return models.map(model -> model.getFileName().toString()).filter(name -> name.endsWith(".bpmn"))
          .map(name -> name.replace(".bpmn", "").replace("-", "")).collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String[] packages(String... names) {
    return Arrays.stream(names).map(name -> HOUSE + name + "..").toArray(String[]::new);
  }

  private static String[] processPackages() {
    return packages(PROCESSES.toArray(String[]::new));
  }

  private static DescribedPredicate<JavaClass> anotherProcessThan(String process) {
    return resideInAnyPackage(packages(PROCESSES.stream().filter(other -> !other.equals(process)).toArray(String[]::new)));
  }

  // Rules -----------------------------------------------------------------------------------------------------------

  static Stream<ArchRule> rules() {
    Stream<ArchRule> meetings = PROCESSES.stream().map(process -> noClasses().that().resideInAPackage(HOUSE + process + "..")
        .should(dependOnClassesThat(anotherProcessThan(process))).as("Processes meet only in BPMN: " + process));
    Stream<ArchRule> rooms = Stream.of(
        noClasses().that().resideInAnyPackage(packages("deadline", "record", "people"))
            .should().dependOnClassesThat().resideInAnyPackage(Stream.concat(Arrays.stream(processPackages()),
                Arrays.stream(packages("form", "tasklist"))).toArray(String[]::new))
            .as("deadline, record and people know neither processes nor screens"),
        noClasses().that().resideInAnyPackage(processPackages())
            .should(dependOnClassesThat(resideInAnyPackage(packages("tasklist", "form", "database", "demo", "engine")).and(not(outsideOfARoad()))))
            .as("Processes use deadline, record and people, and tell other roads what became of them"),
        noClasses().that().resideInAnyPackage(processPackages()).should().dependOnClassesThat().resideInAPackage("org.springframework.jdbc..")
            .as("Processes write nothing themselves"),
        noClasses().that().resideInAPackage(HOUSE + "record..")
            .should().dependOnClassesThat().resideInAnyPackage("org.camunda..", HOUSE + "people..", HOUSE + "deadline..", HOUSE + "engine..")
            .as("The record knows no engine and nobody above it"),
        noClasses().that().resideInAPackage(HOUSE + "deadline..").and().haveNameMatching(
                ".*\\.(WorkingDays|DueDates|DeadlineRow|Unit|Convention|Nation|Basis|DeadlineClass|HolidayOverride|Clocks|Spelled)")
            .should().dependOnClassesThat().resideInAPackage("org.camunda..").as("Counting days needs no engine"),
        noClasses().that().resideInAPackage("org.followthrough..").and().resideOutsideOfPackage(HOUSE + "engine..")
            .should(dependOnClassesThat(resideInAPackage("org.camunda.bpm.engine.impl..")
                // what the public identity service answers with
                .and(not(simpleName("Authentication"))))).as("Only engine knows the engine's inside"),
        noClasses().that().resideInAPackage("org.followthrough..").and().doNotHaveSimpleName("EngineClock")
            .should(callTheClockOfTheMachine()).as("Nobody but EngineClock asks the machine for the time"),
        noClasses().that().resideInAPackage("org.followthrough..").should().dependOnClassesThat()
            .haveFullyQualifiedName("org.camunda.bpm.engine.delegate.BpmnError").as("A refusal is ours, never a BpmnError: it would lose what was typed"),
        classes().that().resideInAPackage("org.followthrough..").and().areInterfaces().and().areNotAnnotations().and().doNotHaveSimpleName("package-info")
            .should(haveMoreThanOneImplementation()).as("No interface with one implementation"),
        noClasses().that().resideInAPackage("org.followthrough..").should().resideInAnyPackage("..impl..", "..util..", "..common..", "..service..", "..dto..")
            .as("A package with one job stays flat"),
        noClasses().that().resideInAPackage("org.followthrough..").should().dependOnClassesThat()
            .resideInAnyPackage("lombok..", "jakarta.persistence..", "javax.script..", "org.junit..", "io.zonky.test.db.postgres.junit5..").as("What this house does without"));
    return Stream.concat(meetings, rooms);
  }

  /** What the engine's room offers to do with roads from outside them. */
  private static DescribedPredicate<JavaClass> outsideOfARoad() {
    return describe("roads from outside", known -> Set.of("Roads", "Partings").contains(known.getName().replace(HOUSE + "engine.", "").replaceAll("\\$.*", "")));
  }

  private static ArchCondition<JavaClass> callTheClockOfTheMachine() {
    DescribedPredicate<JavaAccess<?>> asks = describe("ask the machine for the time", access -> {
      AccessTarget target = access.getTarget();
      String owner = target.getOwner().getName();
      boolean now = target.getName().equals("now") && owner.startsWith("java.time.")
          && access.getTarget() instanceof AccessTarget.MethodCallTarget call
          && call.getRawParameterTypes().stream().noneMatch(type -> type.getName().equals("java.time.Clock"));
      boolean millis = owner.equals("java.lang.System") && Set.of("currentTimeMillis", "nanoTime").contains(target.getName());
      boolean date = owner.equals("java.util.Date") && target instanceof AccessTarget.ConstructorCallTarget made && made.getRawParameterTypes().isEmpty();
      boolean clock = owner.equals("java.time.Clock") && target.getName().startsWith("system");
      boolean calendar = owner.endsWith("Calendar") && target.getName().equals("getInstance");
      boolean engines = owner.endsWith(".ClockUtil");
      return now || millis || date || clock || calendar || engines;
    });
    return new ArchCondition<>("call the clock of the machine") {
      @Override
      public void check(JavaClass item, ConditionEvents events) {
        item.getAccessesFromSelf().forEach(access ->
            events.add(new SimpleConditionEvent(access, asks.test(access), access.getDescription())));
      }
    };
  }

  private static ArchCondition<JavaClass> haveMoreThanOneImplementation() {
    return new ArchCondition<>("have more than one implementation") {
      @Override
      public void check(JavaClass item, ConditionEvents events) {
        events.add(new SimpleConditionEvent(item, item.getAllSubclasses().size() > 1,
            item.getName() + " has " + item.getAllSubclasses().size() + " implementations"));
      }
    };
  }

  @ParameterizedTest
  @MethodSource("rules")
  void holds(ArchRule rule) {
    rule.check(CLASSES);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void says_nothing_about_an_empty_house(ArchRule rule) {
    JavaClasses nobody = CLASSES.that(describe("nobody", any -> false));
    assertThatThrownBy(() -> rule.check(nobody)).isInstanceOf(AssertionError.class).hasMessageContaining("failed to check any classes");
  }

  @Test
  void each_package_stands_in_no_circle() {
    ArchRule noCircles = slices().matching(HOUSE + "(*)..").should().beFreeOfCycles();
    noCircles.check(CLASSES);
    assertThatThrownBy(() -> noCircles.check(CLASSES.that(describe("nobody", any -> false)))).isInstanceOf(AssertionError.class);
  }

  // That they bite ---------------------------------------------------------------------------------------------------

  @Test
  void the_house_breaker_breaks_what_it_can() {
    List<String> broken = rules().filter(rule -> rule.allowEmptyShould(true).evaluate(BROKEN).hasViolation())
        .map(ArchRule::getDescription).toList();
    assertThat(broken).contains("Processes meet only in BPMN: childdeath", "Processes use deadline, record and people, and tell other roads what became of them", "Processes write nothing themselves",
        "Only engine knows the engine's inside", "Nobody but EngineClock asks the machine for the time",
        "A refusal is ours, never a BpmnError: it would lose what was typed", "No interface with one implementation",
        "What this house does without");
    assertThat(rules().filter(rule -> rule.getDescription().equals("Processes use deadline, record and people, and tell other roads what became of them")).findFirst().orElseThrow()
        .evaluate(BROKEN).getFailureReport().toString()).contains("form.Drafts", "engine.LostRaceRetry");
    String clocks = rules().filter(rule -> rule.getDescription().startsWith("Nobody but EngineClock")).findFirst().orElseThrow()
        .evaluate(BROKEN).getFailureReport().toString();
    assertThat(clocks).contains("Instant.now()", "LocalDate.now(", "System.currentTimeMillis()", "java.util.Date.<init>()",
        "Clock.systemUTC()", "ClockUtil");
  }

  @Test
  void every_package_tells_its_story() throws IOException {
    try (Stream<Path> folders = Files.walk(Path.of("src/main/java/org/followthrough"))) {
      List<Path> rooms = folders.filter(Files::isDirectory).filter(folder -> !folder.endsWith("org/followthrough")).toList();
      assertThat(rooms).hasSizeGreaterThan(8).allSatisfy(room -> {
        assertThat(room.resolve("package-info.java")).exists();
        assertThat(Files.readString(room.resolve("package-info.java")).split("package org")[0].strip()).hasSizeGreaterThan(80).startsWith("/**");
      });
      assertThat(rooms.stream().map(room -> room.getFileName().toString())).containsAll(PROCESSES);
    }
  }
}
