package org.followthrough;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.INTERFACES;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.Dependency;
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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.followthrough.childdeath.HouseBreaker;
import org.followthrough.family.CaseProcess;
import org.followthrough.family.CaseRecords;
import org.followthrough.page.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The areas of the house and who may use whom. Every rule is also shown to bite: on a class that breaks all of them, and
 * on an empty house, where a rule about nothing must not pass.
 */
class HouseTest {

  private static final String HOUSE = "org.followthrough.";
  private static final JavaClasses CLASSES =
      new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("org.followthrough");
  private static final JavaClasses BROKEN = new ClassFileImporter().importClasses(HouseBreaker.class, HouseBreaker.Told.class, HouseBreaker.TheOnlyOne.class,
      HouseBreaker.AStep.class, Nosy.class);

  /** Knows a page of another process. */
  static class Nosy {

    HouseBreaker.AStep anothers;
  }

  /**
   * Every area and whom it uses: the one picture of the house, from the ground up. What is not here is not allowed, and what is
   * here and not needed any more is a fault too.
   */
  private static final Map<String, Set<String>> USES = new TreeMap<>(Map.ofEntries(
      Map.entry("page", Set.of()),
      Map.entry("family", Set.of("page")),
      Map.entry("people", Set.of("page", "family")),
      Map.entry("deadline", Set.of("page", "family")),
      Map.entry("engine", Set.of("page", "family", "people", "deadline")),
      Map.entry("meeting", Set.of("page", "family", "people", "deadline", "engine")),
      Map.entry("childdeath", Set.of("page", "family", "engine")),
      Map.entry("referral", Set.of("page", "family", "people", "deadline", "engine", "meeting")),
      Map.entry("plan", Set.of("page", "family", "people", "deadline", "engine", "meeting")),
      Map.entry("protection", Set.of("page", "family", "people", "deadline", "engine", "meeting", "referral", "plan")),
      Map.entry("support", Set.of("page", "family", "people", "engine", "meeting", "referral", "plan", "protection")),
      Map.entry("move", Set.of("page", "family", "people", "deadline", "engine", "meeting", "referral", "plan", "protection")),
      Map.entry("exchange", Set.of("page", "family", "people", "deadline", "engine", "referral", "move")),
      Map.entry("conference", Set.of("page", "family", "people", "deadline", "engine", "meeting", "referral", "plan", "protection", "move")),
      Map.entry("minutes", Set.of("page", "family", "people", "meeting", "plan", "conference")),
      Map.entry("oversight", Set.of("page", "family", "people", "deadline", "meeting", "referral", "protection", "conference", "minutes")),
      Map.entry("tasklist", Set.of("page", "family", "people", "deadline", "engine", "meeting", "referral", "plan", "move", "conference", "minutes")),
      Map.entry("database", Set.of()),
      Map.entry("demo", Set.of("page", "family", "people", "deadline", "meeting", "referral", "plan", "conference"))));

  /** A package per process, as the models have them: {@code lead-professional.bpmn} is {@code leadprofessional}, in whatever area. */
  private static final Set<String> PROCESSES = processes();

  private static Set<String> processes() {
    try (Stream<Path> models = Files.list(Path.of("bpmn"))) {
      return models.map(model -> model.getFileName().toString()).filter(name -> name.endsWith(".bpmn"))
          .map(name -> name.replace(".bpmn", "").replace("-", "")).collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String area(JavaClass known) {
    String inside = known.getPackageName().equals("org.followthrough") ? "" : known.getPackageName().substring(HOUSE.length());
    return inside.replaceAll("\\..*", "");
  }

  /** What a process is made of: pages, delegates, and what it answers for when something happens to the whole case. */
  private static DescribedPredicate<JavaClass> partOfAProcess() {
    return DescribedPredicate.<JavaClass>describe("part of a process", known -> known.isAssignableTo(Step.class) || known.isAssignableTo(JavaDelegate.class)
        || known.isAssignableTo(CaseProcess.class)).and(not(INTERFACES));
  }

  // Rules -----------------------------------------------------------------------------------------------------------

  static Stream<ArchRule> rules() {
    return Stream.of(
        classes().that().resideInAPackage(HOUSE + "(*)..").should(useOnlyTheAreasThatTheyMay()).as("Areas use whom the picture says"),
        classes().that(partOfAProcess()).should(beUsedInTheirPackageOnly()).as("Processes meet only in BPMN"),
        noClasses().that(partOfAProcess()).should().dependOnClassesThat().resideInAPackage("org.springframework.jdbc..")
            .as("Processes write nothing themselves"),
        noClasses().that().areAssignableTo(CaseRecords.class).should().dependOnClassesThat().resideInAPackage("org.camunda..")
            .as("Who owns rows knows no engine"),
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
  }

  private static ArchCondition<JavaClass> useOnlyTheAreasThatTheyMay() {
    return new ArchCondition<>("use only the areas that they may") {
      @Override
      public void check(JavaClass item, ConditionEvents events) {
        item.getDirectDependenciesFromSelf().stream().map(Dependency::getTargetClass).map(JavaClass::getBaseComponentType)
            .filter(used -> used.getPackageName().startsWith(HOUSE) && !area(used).equals(area(item)))
            .forEach(used -> events.add(new SimpleConditionEvent(item, USES.getOrDefault(area(item), Set.of()).contains(area(used)),
                item.getName() + " uses " + used.getName() + ": " + area(item) + " may not use " + area(used))));
      }
    };
  }

  private static ArchCondition<JavaClass> beUsedInTheirPackageOnly() {
    return new ArchCondition<>("be used in their package only") {
      @Override
      public void check(JavaClass item, ConditionEvents events) {
        events.add(SimpleConditionEvent.satisfied(item, item.getName()));
        item.getDirectDependenciesToSelf().stream().map(Dependency::getOriginClass)
            .filter(user -> !user.getPackageName().equals(item.getPackageName()))
            .forEach(user -> events.add(SimpleConditionEvent.violated(item, user.getName() + " uses " + item.getName() + " of another process")));
      }
    };
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
  void no_area_stands_in_a_circle() {
    ArchRule noCircles = slices().matching(HOUSE + "(*)..").should().beFreeOfCycles();
    noCircles.check(CLASSES);
    assertThatThrownBy(() -> noCircles.check(CLASSES.that(describe("nobody", any -> false)))).isInstanceOf(AssertionError.class);
  }

  @Test
  void the_picture_shows_every_area_and_nothing_that_is_not_used() {
    Map<String, Set<String>> used = new TreeMap<>();
    CLASSES.stream().filter(one -> !area(one).isEmpty()).forEach(one -> one.getDirectDependenciesFromSelf().stream()
        .map(Dependency::getTargetClass).map(JavaClass::getBaseComponentType)
        .filter(target -> target.getPackageName().startsWith(HOUSE) && !area(target).equals(area(one)))
        .forEach(target -> used.computeIfAbsent(area(one), area -> new TreeSet<>()).add(area(target))));
    CLASSES.stream().map(HouseTest::area).filter(area -> !area.isEmpty()).forEach(area -> used.computeIfAbsent(area, none -> new TreeSet<>()));
    assertThat(used).isEqualTo(USES);
  }

  // That they bite ---------------------------------------------------------------------------------------------------

  @Test
  void the_house_breaker_breaks_what_it_can() {
    List<String> broken = rules().filter(rule -> rule.allowEmptyShould(true).evaluate(BROKEN).hasViolation())
        .map(ArchRule::getDescription).toList();
    assertThat(broken).contains("Areas use whom the picture says", "Processes meet only in BPMN", "Processes write nothing themselves",
        "Who owns rows knows no engine", "Only engine knows the engine's inside", "Nobody but EngineClock asks the machine for the time",
        "A refusal is ours, never a BpmnError: it would lose what was typed", "No interface with one implementation",
        "What this house does without");
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
      assertThat(rooms.stream().map(room -> room.getFileName().toString()).filter(PROCESSES::contains).sorted())
          .as("each process has one place").containsExactlyElementsOf(PROCESSES);
    }
  }
}
