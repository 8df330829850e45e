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
import com.tngtech.archunit.core.domain.JavaModifier;
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
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.CatchEvent;
import org.camunda.bpm.model.bpmn.instance.MessageEventDefinition;
import org.camunda.bpm.model.bpmn.instance.ReceiveTask;
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
  private static final JavaClasses BROKEN = new ClassFileImporter().importClasses(HouseBreaker.class, HouseBreaker.Told.class,
      HouseBreaker.TheOnlyOne.class, HouseBreaker.AStep.class, Nosy.class);

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
      Map.entry("model", Set.of("page")),
      Map.entry("family", Set.of("page")),
      Map.entry("people", Set.of("page", "family")),
      Map.entry("deadline", Set.of("page", "family")),
      Map.entry("release", Set.of("page", "people", "model")),
      Map.entry("engine", Set.of("page", "family", "people", "deadline", "release")),
      Map.entry("meeting", Set.of("page", "family", "people", "deadline", "engine")),
      Map.entry("childdeath", Set.of("page", "family", "engine")),
      Map.entry("referral", Set.of("page", "family", "people", "deadline", "engine", "meeting")),
      Map.entry("plan", Set.of("page", "family", "people", "deadline", "engine", "meeting")),
      Map.entry("protection", Set.of("page", "family", "people", "deadline", "engine", "meeting", "referral", "plan")),
      Map.entry("support", Set.of("page", "family", "people", "engine", "meeting", "referral", "plan", "protection")),
      Map.entry("move", Set.of("page", "family", "people", "deadline", "engine", "meeting", "referral", "plan", "protection")),
      Map.entry("exchange", Set.of("page", "family", "people", "deadline", "engine", "referral", "move")),
      Map.entry("conference", Set.of("page", "family", "people", "deadline", "engine", "meeting", "referral", "plan",
          "protection", "move")),
      Map.entry("minutes", Set.of("page", "family", "people", "meeting", "plan", "conference")),
      Map.entry("oversight", Set.of("page", "family", "people", "deadline", "meeting", "referral", "protection", "conference", "minutes")),
      Map.entry("tasklist", Set.of("page", "family", "people", "deadline", "engine", "meeting", "referral", "plan",
          "move", "conference", "minutes")),
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
    return DescribedPredicate.<JavaClass>describe("part of a process", known -> known.isAssignableTo(Step.class)
        || known.isAssignableTo(JavaDelegate.class)
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
            .haveFullyQualifiedName("org.camunda.bpm.engine.delegate.BpmnError")
            .as("A refusal is ours, never a BpmnError: it would lose what was typed"),
        classes().that().resideInAPackage("org.followthrough..").and().areInterfaces().and().areNotAnnotations().and()
            .doNotHaveSimpleName("package-info").should(haveMoreThanOneImplementation()).as("No interface with one implementation"),
        noClasses().that().resideInAPackage("org.followthrough..").should().resideInAnyPackage("..impl..", "..util..",
            "..common..", "..service..", "..dto..")
            .as("A package with one job stays flat"),
        noClasses().that().resideInAPackage("org.followthrough..").should().dependOnClassesThat()
            .resideInAnyPackage("lombok..", "jakarta.persistence..", "javax.script..", "org.junit..", "io.zonky.test.db.postgres.junit5..")
            .as("What this house does without"));
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
            .forEach(user -> events.add(SimpleConditionEvent.violated(item, user.getName() + " uses " + item.getName()
                + " of another process")));
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
      boolean date = owner.equals("java.util.Date") && target instanceof AccessTarget.ConstructorCallTarget made
          && made.getRawParameterTypes().isEmpty();
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
    CLASSES.stream().map(HouseTest::area).filter(area -> !area.isEmpty())
        .forEach(area -> used.computeIfAbsent(area, none -> new TreeSet<>()));
    assertThat(used).isEqualTo(USES);
  }

  // Shapes ----------------------------------------------------------------------------------------------------------

  /** Classes that take more than eight in a constructor, and records of more than twelve parts. */
  private static Map<String, Integer> tooLarge(JavaClasses classes) {
    Map<String, Integer> large = new TreeMap<>();
    classes.forEach(one -> {
      boolean record = one.isRecord();
      int parts = record ? (int) one.getFields().stream().filter(field -> !field.getModifiers().contains(JavaModifier.STATIC)).count()
          : one.getConstructors().stream().mapToInt(made -> made.getRawParameterTypes().size()).max().orElse(0);
      if (parts > (record ? 12 : 8)) {
        large.put(one.getName().substring(HOUSE.length()), parts);
      }
    });
    return large;
  }

  @Test
  void what_is_made_of_too_much_is_cut_where_it_belongs_together() {
    assertThat(tooLarge(CLASSES)).isEmpty();
    assertThat(tooLarge(new ClassFileImporter().importClasses(Eight.class, Nine.class, Twelve.class, Thirteen.class)))
        .isEqualTo(Map.of("HouseTest$Nine", 9, "HouseTest$Thirteen", 13));
  }

  static class Eight {
    Eight(int a, int b, int c, int d, int e, int f, int g, int h) {}
  }

  static class Nine {
    Nine(int a, int b, int c, int d, int e, int f, int g, int h, int i) {}
  }

  record Twelve(int a, int b, int c, int d, int e, int f, int g, int h, int i, int j, int k, int l) {

    static final int OF_ITS_OWN = 0;
  }

  record Thirteen(int a, int b, int c, int d, int e, int f, int g, int h, int i, int j, int k, int l, int m) {}

  // Sources ---------------------------------------------------------------------------------------------------------

  private static final Pattern SAID = Pattern.compile(
      "\"\"\"(?s:.*?)\"\"\"|\"(?:\\\\.|[^\"\\\\\n])*+\"|'(?:\\\\.|[^'\\\\\n])++'|//[^\n]*|/\\*(?s:.*?)\\*/");
  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z]\\w*");
  private static final Pattern PARTS = Pattern.compile("_|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");
  /** What nobody says who draws processes or protects children; they say process, task list, call, outgoing or due, hand over. */
  private static final Pattern PRIVATE_WORD = Pattern.compile("\\b(roads?|desks?|knock(s|ed|ing)?|owed|rooms?|hand on|pass on)\\b");

  private static Map<Path, String> sources(String... folders) throws IOException {
    Map<Path, String> sources = new TreeMap<>();
    for (String folder : folders) {
      try (Stream<Path> files = Files.walk(Path.of(folder))) {
        for (Path file : files.filter(one -> one.toString().endsWith(".java")).toList()) {
          sources.put(file, Files.readString(file));
        }
      }
    }
    return sources;
  }

  /** The identifiers of a source that speak a language of our own. */
  private static List<String> privateWords(String source) {
    return IDENTIFIER.matcher(SAID.matcher(source).replaceAll(" ")).results().map(MatchResult::group).distinct()
        .filter(name -> PRIVATE_WORD.matcher(PARTS.matcher(name).replaceAll(" ").toLowerCase(Locale.ROOT)).find()).toList();
  }

  private static Map<Path, List<String>> found(Map<Path, String> sources, BiFunction<Path, String, List<String>> rule) {
    assertThat(sources).hasSizeGreaterThan(250);
    Map<Path, List<String>> found = new TreeMap<>();
    sources.forEach((file, source) -> found.put(file, rule.apply(file, source)));
    found.values().removeIf(List::isEmpty);
    return found;
  }

  @Test
  void names_are_words_of_the_field() throws IOException {
    assertThat(found(sources("src/main/java", "src/test/java"), (file, source) -> privateWords(source))).isEmpty();
  }

  @Test
  void a_name_of_a_language_of_our_own_is_found() {
    assertThat(privateWords("""
        /** On the road. */
        class Roads { // a desk
          String room = "knock";
          void handOn(OnDesk one) { this.passOnAll(broadcast, bedroom, passedOn, "road", allowed); }
          void a_child_on_a_road_of_its_own() {}
          char HAND_ON = 'r';
        }""")).containsExactly("Roads", "room", "handOn", "OnDesk", "passOnAll", "a_child_on_a_road_of_its_own", "HAND_ON");
  }

  private static List<String> longLines(String source) {
    return source.lines().filter(line -> line.length() > 140).toList();
  }

  @Test
  void a_line_has_at_most_140_characters() throws IOException {
    assertThat(found(sources("src/main/java", "src/test/java"), (file, source) -> longLines(source))).isEmpty();
    assertThat(longLines("a".repeat(140) + "\n" + "b".repeat(141))).containsExactly("b".repeat(141));
  }

  private static final Pattern LITERAL = Pattern.compile("\"([A-Za-z0-9-]+)\"");
  /** Where a process is asked for by its id. */
  private static final Pattern ASKED_FOR = Pattern.compile(
      "(?:processDefinitionKey|ByKey|running|process\\(\\)\\.equals)\\(\"([a-z0-9-]+)\"");

  /** The messages and the ids that the models spell, and whose they are: the area of the process, of that which waits for the message. */
  private static Map<String, Set<String>> spelledInModels() throws IOException {
    Map<String, String> areas = CLASSES.stream().collect(Collectors.toMap(
        one -> one.getPackageName().replaceAll(".*\\.", ""), HouseTest::area, (one, another) -> one));
    Map<String, Set<String>> owners = new TreeMap<>();
    try (Stream<Path> models = Files.list(Path.of("bpmn"))) {
      for (Path model : models.filter(one -> one.toString().endsWith(".bpmn")).toList()) {
        String process = model.getFileName().toString().replace(".bpmn", "");
        String area = areas.get(process.replace("-", ""));
        owners.computeIfAbsent(process, none -> new TreeSet<>()).add(area);
        BpmnModelInstance read = Bpmn.readModelFromFile(model.toFile());
        Stream.concat(
                read.getModelElementsByType(CatchEvent.class).stream().flatMap(event -> event.getEventDefinitions().stream())
                    .filter(MessageEventDefinition.class::isInstance).map(one -> ((MessageEventDefinition) one).getMessage()),
                read.getModelElementsByType(ReceiveTask.class).stream().map(ReceiveTask::getMessage))
            .filter(Objects::nonNull).forEach(message -> owners.computeIfAbsent(message.getName(), none -> new TreeSet<>()).add(area));
      }
    }
    return owners;
  }

  /**
   * What a source of an area spells that the models spell for another. An id of one word is many things besides; it counts where a process
   * is asked for.
   */
  private static List<String> borrowed(String area, String source, Map<String, Set<String>> owners, Set<String> besides) {
    Stream<String> names = LITERAL.matcher(source).results().map(found -> found.group(1))
        .filter(name -> name.matches("[A-Z].*|.+-.+") && !besides.contains(name));
    Stream<String> asked = ASKED_FOR.matcher(source).results().map(found -> found.group(1));
    return Stream.concat(names, asked).distinct().filter(owners::containsKey).filter(name -> !owners.get(name).contains(area)).toList();
  }

  /** What pages and messages between authorities call so too: an answer, or a word of others. */
  private static Set<String> answers() throws IOException {
    Set<String> answers = new TreeSet<>();
    try (Stream<Path> forms = Files.walk(Path.of("forms"))) {
      for (Path file : Stream.concat(forms.filter(Files::isRegularFile),
          Stream.of(Path.of("src/main/resources/META-INF/resources/schema/exchange-message-1.json"))).toList()) {
        LITERAL.matcher(Files.readString(file)).results().map(found -> found.group(1)).forEach(answers::add);
      }
    }
    return answers;
  }

  @Test
  void what_the_models_spell_is_spelled_by_its_owner() throws IOException {
    Map<String, Set<String>> owners = spelledInModels();
    assertThat(owners).containsEntry("ActionAgreed", Set.of("meeting")).containsEntry("PlanEnded", Set.of("plan"))
        .containsEntry("core-group", Set.of("conference")).hasSizeGreaterThan(70);
    Set<String> answers = answers();
    assertThat(found(sources("src/main/java"), (file, source) -> borrowed(
        file.toString().replaceAll(".*org.followthrough.", "").replaceAll("[/\\\\].*", ""), source, owners, answers))).isEmpty();
    assertThat(borrowed("plan", """
        instances.tell("PlanEnded", of); instances.begin("ActionAgreed", of); runtime.startProcessInstanceByKey("action");
        if (one.process().equals("visit") || one.process().equals("minutes") || \
        one.is("family-move")) { param("action", "section-47"); }""",
        owners, Set.of("section-47"))).containsExactly("ActionAgreed", "family-move", "action", "minutes");
  }

  /** What is written into the chronology, and what a step says has happened. */
  private static final Pattern EVENT = Pattern.compile(
      "(?:Line\\s*\\.fact\\([^;\"]*|named\\(|String event\\([^)]*\\) \\{\\s*return )\"([A-Z][^\"]*[^\".])\"");

  /** The events that more than one area spells, each with these areas. */
  private static Map<String, Set<String>> spelledByMany(Map<String, String> sourcesOfAreas) {
    Map<String, Set<String>> many = new TreeMap<>();
    sourcesOfAreas.values().stream().flatMap(source -> EVENT.matcher(source).results().map(found -> found.group(1))).distinct()
        .forEach(event -> many.put(event, sourcesOfAreas.entrySet().stream()
            .filter(area -> area.getValue().contains('"' + event + '"')).map(Map.Entry::getKey).collect(Collectors.toSet())));
    many.values().removeIf(areas -> areas.size() < 2);
    return many;
  }

  @Test
  void an_event_that_several_areas_know_is_spelled_once() throws IOException {
    Map<String, String> areas = new TreeMap<>();
    sources("src/main/java").forEach((file, source) -> areas.merge(
        file.toString().replaceAll(".*org.followthrough.", "").replaceAll("[/\\\\].*", ""), source, String::concat));
    assertThat(spelledByMany(areas)).as("Events of family spells what more than one area knows").isEmpty();
    assertThat(spelledByMany(Map.of("plan", "add(Line.fact(null, caseId, null, \"Plan ended\", at));", "family", "when(\"Plan ended\")",
        "move", "String event(Submission typed) {\n    return \"Move weighed\";")))
        .isEqualTo(Map.of("Plan ended", Set.of("plan", "family")));
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
      List<Path> packages = folders.filter(Files::isDirectory).filter(folder -> !folder.endsWith("org/followthrough")).toList();
      assertThat(packages).hasSizeGreaterThan(8).allSatisfy(folder -> {
        assertThat(folder.resolve("package-info.java")).exists();
        assertThat(Files.readString(folder.resolve("package-info.java")).split("package org")[0].strip()).hasSizeGreaterThan(80)
            .startsWith("/**");
      });
      assertThat(packages.stream().map(folder -> folder.getFileName().toString()).filter(PROCESSES::contains).sorted())
          .as("each process has one place").containsExactlyElementsOf(PROCESSES);
    }
  }
}
