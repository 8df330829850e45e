package org.followthrough.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a head of service reads before a proposal is put in force: everything that changes, and nothing that does not. */
class DifferenceTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  /** How many of each kind of attribute, text and element are changed; with more, more. */
  private static final int OF_EACH = Integer.getInteger("difference.of-each", 2);

  // A process ----------------------------------------------------------------------------------------------------------

  @Test
  void who_is_asked_is_said_in_words() throws IOException {
    assertThat(changed("bpmn/referral.bpmn", edited(
        "id=\"Activity_DecideResponse\"(.*?)\\$\\{team.role\\(execution, &#39;team-manager&#39;\\)}",
        "id=\"Activity_DecideResponse\"$1\\${team.onDuty(execution)}"))).containsExactly(
        "“Decide response”: who is asked was “team manager of the team that holds the case”, "
            + "now “who works for the child by day and by night”");
    assertThat(changed("bpmn/contact.bpmn", edited("camunda:candidateGroups=\"contact-centre,out-of-hours\"",
        "camunda:candidateGroups=\"service-manager\"")).get(0)).endsWith(
        "who is asked was “contact centre, out of hours”, now “service manager”");
  }

  @Test
  void a_way_that_leads_elsewhere_is_said_at_its_question() {
    assertThat(says(SMALL, SMALL.replace("id=\"Flow_Yes\" name=\"Yes\" sourceRef=\"Gateway_Urgent\" targetRef=\"Activity_Visit\"",
        "id=\"Flow_Yes\" name=\"Yes\" sourceRef=\"Gateway_Urgent\" targetRef=\"Activity_Write\""))).containsExactly(
        "“Is it urgent?”: the way “Yes” led to “Visit child”, now to “Write letter”");
    assertThat(says(SMALL, SMALL.replace("${urgent}", "${!urgent}"))).containsExactly(
        "“Is it urgent?”: when the way “Yes” to “Visit child” is taken was “${urgent}”, now “${!urgent}”");
    assertThat(says(SMALL, SMALL.replace("default=\"Flow_No\"", "default=\"Flow_Yes\""))).containsExactly(
        "“Is it urgent?”: way that is taken when no other fits was the way “No” from “Is it urgent?”, "
            + "now the way “Yes” from “Is it urgent?”");
  }

  @Test
  void ways_are_tried_in_the_order_of_the_file() {
    String yes = SMALL.lines().filter(line -> line.contains("Flow_Yes\" name")).findFirst().orElseThrow() + "\n";
    assertThat(says(SMALL, SMALL.replace(yes, "").replace("  </bpmn:process>",
        yes + "  </bpmn:process>"))).containsExactly(
        "“Is it urgent?”: its ways are tried in another order: “No” to “Write letter”, “Yes” to “Visit child”");
  }

  @Test
  void what_is_new_is_told_whole_and_what_goes_by_its_label() {
    String task = SMALL.lines().filter(line -> line.contains("Activity_Write\" name")).findFirst().orElseThrow() + "\n";
    String without = SMALL.replace(task, "").replaceAll(".*(Flow_No|Flow_Written)\" (name|source).*\n", "")
        .replace(" default=\"Flow_No\"", "");
    assertThat(says(without, SMALL)).contains("“Write letter”: is new in “Small”: task; who is asked “minute taker”; page “write-letter”",
        "“Is it urgent?”: the way “No” to “Write letter” is new");
    assertThat(says(SMALL, without)).contains("“Write letter”: is gone").noneMatch(said -> said.contains("way “No” to"));
  }

  @Test
  void a_new_label_a_new_place_and_another_page_are_three_changes() {
    assertThat(says(SMALL, SMALL.replace("name=\"Visit child\"", "name=\"See child\"").replace("formRef=\"visit-child\"",
        "formRef=\"see-child\""))).containsExactly("“See child”: page was “visit-child”, now “see-child”",
        "“See child”: is the new label of “Visit child”");
    String task = SMALL.lines().filter(line -> line.contains("Activity_Write\" name")).findFirst().orElseThrow() + "\n";
    assertThat(says(SMALL, SMALL.replace(task, "").replace("<bpmn:subProcess id=\"Activity_Part\" name=\"Hear back\">",
        "<bpmn:subProcess id=\"Activity_Part\" name=\"Hear back\">" + task))).containsExactly(
        "“Write letter”: stood in “Small”, stands now in “Hear back”");
  }

  @Test
  void clocks_messages_and_what_is_handed_over_are_said() {
    assertThat(says(SMALL, SMALL.replace("${deadline.due(execution)}", "${ladder.climbAt(execution)}"))).containsExactly(
        "“Answer overdue”: time of its clock was “${deadline.due(execution)}”, now “${ladder.climbAt(execution)}”");
    assertThat(says(SMALL, SMALL.replace(" cancelActivity=\"false\"", ""))).containsExactly(
        "“Answer overdue”: interrupts now what is going on there");
    assertThat(says(SMALL, SMALL.replace("name=\"LetterAnswered\"", "name=\"LetterLost\""))).containsExactly(
        "the message “LetterLost”: name was “LetterAnswered”, now “LetterLost”");
    assertThat(says(SMALL, SMALL.replace("<camunda:in source=\"caseRef\" target=\"caseRef\" />", ""))).containsExactly(
        "“Escalate answer”: what is handed in as “caseRef” is gone; it was “caseRef”");
    assertThat(says(SMALL, SMALL.replace("calledElement=\"escalation\"", "calledElement=\"dispute\""))).containsExactly(
        "“Escalate answer”: which process is called was “escalation”, now “dispute”");
    assertThat(says(SMALL, SMALL.replace("name=\"Visit child\"", "name=\"Visit child\" camunda:priority=\"50\""))).containsExactly(
        "“Visit child”: attribute “priority” is new: “50”");
  }

  @Test
  void boxes_that_only_moved_are_one_sentence() throws IOException {
    assertThat(changed("bpmn/referral.bpmn", text -> text.replaceAll("<dc:Bounds x=\"(\\d+)\"", "<dc:Bounds x=\"1$1\"")
        .replaceAll("<di:waypoint x=\"(\\d+)\"", "<di:waypoint x=\"1$1\"")))
        .containsExactly("“Referral”: the drawing is arranged anew; nothing else changes");
  }

  // A table ------------------------------------------------------------------------------------------------------------

  @Test
  void a_limit_is_named_by_its_process_and_its_obligation() throws IOException {
    List<Change> changes = between("bpmn/deadlines.dmn",
        edited("(Cell_ReferralDecideResponse_Amount\">\\s*<text>)1<", "$13<").andThen(edited(
        "(Cell_ReferralDecideResponse_EscalateTo\">\\s*<text>)\"service-manager\"<", "$1\"head-of-service\"<"))::apply);
    assertThat(changes).containsExactly(
        new Change("referral, Decide response", "Amount was “1”, now “3”", Touches.CLOCK),
        new Change("referral, Decide response", "Manager asked first was “service-manager”, now “head-of-service”", Touches.OWNER));
  }

  @Test
  void rows_that_come_and_go_are_told_whole() throws IOException {
    List<String> gone = changed("bpmn/deadlines.dmn", edited("<rule id=\"Rule_ReferralDecideResponse\">.*?</rule>", ""));
    assertThat(gone).hasSize(1).allSatisfy(said -> assertThat(said).startsWith("referral, Decide response: is gone; it was ")
        .contains("Count from “contact received”; Amount “1”; Unit “working days”"));
  }

  @Test
  void the_order_of_rows_is_said_where_it_matters() throws IOException {
    UnaryOperator<String> swapped = edited("(<rule id=\"Rule_SignificantHarm\">.*?</rule>)(\\s*)(<rule .*?</rule>)", "$3$2$1");
    assertThat(changed("bpmn/threshold.dmn", swapped)).as("exactly one row fits").isEmpty();
    UnaryOperator<String> first = text -> text.replace("<decisionTable ", "<decisionTable hitPolicy=\"FIRST\" ");
    assertThat(said(Difference.between("threshold.dmn", bytes(first.apply(read("bpmn/threshold.dmn"))),
        bytes(first.apply(swapped.apply(read("bpmn/threshold.dmn"))))))).hasSize(1).allSatisfy(said -> assertThat(said)
        .contains("stands now"));
    assertThat(changed("bpmn/threshold.dmn", first)).containsExactly("“Threshold”: hit policy is new: “FIRST”");
  }

  @Test
  void a_row_is_named_by_what_it_fits() throws IOException {
    assertThat(changed("bpmn/threshold.dmn", edited("(Cell_SignificantHarm_YoungestChild\">\\s*<text>)<", "$1\"unborn\"<")))
        .containsExactly("row 1 (Significant harm alleged true): Youngest child was empty, now “unborn”");
    String nameless = read("bpmn/threshold.dmn").replaceAll("<(rule|input|output) id=\"[^\"]*\"", "<$1");
    byte[] another = bytes(nameless.replaceFirst("<text>true</text>", "<text>false</text>"));
    assertThat(Difference.between("threshold.dmn", bytes(nameless), another)).as("without an id it is said all the same").hasSize(1);
  }

  @Test
  void columns_that_come_and_go_are_said_once() throws IOException {
    UnaryOperator<String> without = text -> text.replaceAll("(?s)<output id=\"Output_Source\".*?/>", "")
        .replaceAll("(?s)<outputEntry id=\"Cell_[^_]*_Source\">.*?</outputEntry>", "");
    assertThat(changed("bpmn/deadlines.dmn", without)).containsExactly("column “Source”: is gone");
    String table = read("bpmn/deadlines.dmn");
    assertThat(said(Difference.between("deadlines.dmn", bytes(without.apply(table)), bytes(table))))
        .contains("column “Source”: is new: label “Source”; name “source”; type “string”").hasSizeGreaterThan(80);
  }

  // A page -------------------------------------------------------------------------------------------------------------

  @Test
  void a_page_is_compared_field_by_field() throws IOException {
    assertThat(changed("forms/referral/decide-response.form", text -> text.replace("\"label\": \"Your reasons\"", "\"label\": \"Why?\"")))
        .containsExactly("“Your reasons”: label was “Your reasons”, now “Why?”");
    assertThat(changed("forms/referral/decide-response.form", edited("(\"key\": \"reasons\".*?)\"required\": true,", "$1")))
        .containsExactly("“Your reasons”: need not be answered any more");
    assertThat(changed("forms/referral/decide-response.form", edited("\\{\\s*\"label\": \"Advice\",\\s*\"value\": \"advice\"\\s*},", "")))
        .containsExactly("“What follows?”: choice is gone: “Advice”");
    assertThat(changed("forms/referral/decide-response.form", edited("=response = null or recommendation = null", "=response = null")))
        .containsExactly("“You decide otherwise than the rules suggest. Why?”: when it is hidden was “=response = null or recommendation = "
            + "null or response = recommendation”, now “=response = null or response = recommendation”");
  }

  @Test
  void a_choice_that_comes_is_said_with_what_is_kept() throws IOException {
    assertThat(changed("forms/referral/decide-response.form", edited("(\\{\\s*\"label\": \"Advice\",)",
        "{\"label\": \"Wait\", \"value\": \"wait\"},$1"))).containsExactly("“What follows?”: choice is new: “Wait”, kept as “wait”");
    assertThat(changed("forms/referral/decide-response.form", edited("\"label\": \"Advice\"", "\"label\": \"Advise\"")))
        .containsExactly("“What follows?”: choice “Advice” is called “Advise” now");
    assertThat(changed("forms/referral/decide-response.form",
        edited("(\\{\\s*\"label\": \"Early help\".*?}),(\\s*)(\\{\\s*\"label\": \"Advice\".*?})", "$3,$2$1")))
        .containsExactly("“What follows?”: its choices stand in another order: “Strategy discussion”, “Assessment”, “Advice”, "
            + "“Early help”, “No further action”");
  }

  @Test
  void fields_that_move_are_named_and_no_others() throws IOException {
    assertThat(changed("forms/referral/decide-response.form", text -> {
      try {
        ObjectNode form = (ObjectNode) JSON.readTree(text);
        ArrayNode parts = form.withArray("components");
        parts.insert(0, parts.remove(3));
        return form.toString();
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    })).containsExactly("the text “What the rules suggest This is a prompt.…”: has moved; it stands now first");
  }

  // Files, and in short ------------------------------------------------------------------------------------------------

  @Test
  void a_file_may_be_new_or_go() throws IOException {
    assertThat(said(Difference.between("bpmn/small.bpmn", null, bytes(SMALL)))).startsWith("“Small”: the process is new")
        .contains("“Visit child”: is new in “Small”: task; who is asked “who works for the child by day and by night”; page “visit-child”");
    assertThat(said(Difference.between("small.bpmn", bytes(SMALL), null)))
        .containsExactly("“Small”: the process goes, with everything in it");
    assertThat(said(Difference.between("threshold.dmn", null, bytes(read("bpmn/threshold.dmn")))))
        .startsWith("“Threshold”: the table is new")
        .hasSizeGreaterThan(20).noneMatch(said -> said.contains("null:"));
    assertThat(said(Difference.between("decide-response.form", null, bytes(read("forms/referral/decide-response.form")))))
        .startsWith("“Decide response”: the page is new").contains("“Does a child need protecting now, "
            + "before anything else?”: is new after “Your reasons” in “Your decision”: radio group; "
            + "choice “Yes”, kept as “yes”; choice “No”, kept as “no”; key under which the answer is kept “childNeedsProtectingNow”; "
            + "explanation “A separate question, whatever you decided above. Yes starts that work at once.”; must be answered");
    assertThat(Difference.between("small.bpmn", null, null)).isEmpty();
  }

  @Test
  void what_cannot_be_read_is_refused_in_words() {
    assertThatThrownBy(() -> Difference.between("small.bpmn", bytes(SMALL), bytes("<bpmn")))
        .isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith("this is no model that can be read: ");
    assertThatThrownBy(() -> Difference.between("small.bpmn", bytes(SMALL), bytes("<!DOCTYPE a><a/>")))
        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("DOCTYPE");
    assertThatThrownBy(() -> Difference.between("page.form", bytes("{}"), bytes("{")))
        .isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith("this is no page that can be read: ");
    assertThatThrownBy(() -> Difference.between("page.form", bytes("{}"), new byte[0]))
        .isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith("this is no page that can be read: ");
    assertThatThrownBy(() -> Difference.between("notes.txt", bytes("a"), bytes("b")))
        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("must end with .bpmn, .dmn or .form");
  }

  @Test
  void a_proposal_is_summed_up_in_one_sentence() {
    Change amount = new Change("referral, Decide response", "Amount was “1”, now “3”", Touches.CLOCK);
    assertThat(Difference.inShort(Map.of("deadlines.dmn", List.of(amount, new Change(amount.place(), "Unit", Touches.CLOCK)),
        "a.form", List.of(new Change("“A”", "is new", Touches.PAGE), new Change("“B”", "is new", Touches.PAGE)),
        "b.form", List.of(new Change("“A”", "is new", Touches.PAGE)),
        "referral.bpmn", List.of(new Change("“Decide response”", "who", Touches.OWNER)))))
        .isEqualTo("Changes who is asked at 1 task, 1 time limit, 2 pages.");
    assertThat(Difference.inShort(Map.of("a.form", List.of()))).isEqualTo("Changes nothing.");
  }

  // Nothing is left unsaid ---------------------------------------------------------------------------------------------

  private static final Pattern ATTRIBUTE = Pattern.compile("<([\\w:]+)|\\s([\\w:]+)=\"([^\"]*)\"");
  private static final Pattern TEXT = Pattern.compile("<([\\w:]+)(?:\\s[^<>]*)?>([^<>]*\\S[^<>]*)</");
  private static final Pattern LEAF = Pattern.compile("<([\\w:]+)(?:\\s[^<>]*)?(?:/>|>[^<>]*</\\1>)");

  /** A place of a file where something is changed: of what kind, and the file after it. */
  private record Fault(String kind, int from, int to, String instead) {}

  /** Every attribute with another value and without, every text with another, every element without children taken away. */
  private static List<Fault> faults(String model) {
    int begin = model.indexOf("<definitions") < 0 ? model.indexOf("<bpmn:definitions") : model.indexOf("<definitions");
    int drawing = Stream.of("<bpmndi:BPMNDiagram", "<dmndi:DMNDI").mapToInt(model::indexOf).filter(at -> at > 0).min().orElseThrow();
    List<Fault> faults = new ArrayList<>();
    String element = "";
    for (Matcher found = ATTRIBUTE.matcher(model).region(begin, drawing); found.find();) {
      if (found.group(1) != null) {
        element = found.group(1);
      } else if (!found.group(2).matches("xmlns.*|exporter|exporterVersion")) {
        String kind = element + " " + found.group(2);
        faults.add(new Fault(kind, found.end() - 1, found.end() - 1, "x"));
        // without it the engine takes the one kind of expression that it knows
        if (!found.group(2).equals("xsi:type")) {
          faults.add(new Fault(kind + " away", found.start(), found.end(), ""));
        }
      }
    }
    // the engine reads the flows, and not what their elements repeat of them
    for (Matcher found = TEXT.matcher(model).region(begin, drawing); found.find();) {
      if (!found.group(1).matches("bpmn:(incoming|outgoing)")) {
        faults.add(new Fault(found.group(1) + " text", found.end(2), found.end(2), "x"));
      }
    }
    for (Matcher found = LEAF.matcher(model).region(begin, drawing); found.find();) {
      if (!found.group(1).matches("bpmn:(incoming|outgoing)")) {
        faults.add(new Fault(found.group(1) + " away", found.start(), found.end(), ""));
      }
    }
    return faults;
  }

  private static List<Fault> sample(List<Fault> faults, Map<String, Integer> tried, int many) {
    List<Fault> shuffled = new ArrayList<>(faults);
    Collections.shuffle(shuffled, new Random(47));
    return shuffled.stream().filter(fault -> tried.merge(fault.kind(), 1, Integer::sum) <= many).toList();
  }

  static List<String> files() throws IOException {
    try (Stream<Path> models = Files.list(Path.of("bpmn"))) {
      return models.map(Path::toString).filter(name -> name.endsWith("mn")).sorted().toList();
    }
  }

  @Test
  void whatever_changes_in_a_model_is_said() throws IOException {
    Map<String, Integer> tried = new LinkedHashMap<>();
    List<String> unsaid = new ArrayList<>();
    for (String file : files()) {
      String model = read(file);
      for (Fault fault : sample(faults(model), tried, OF_EACH)) {
        String faulty = model.substring(0, fault.from()) + fault.instead() + model.substring(fault.to());
        if (Difference.between(file, bytes(model), bytes(faulty)).isEmpty()) {
          unsaid.add(file + " " + fault.kind() + ": " + model.substring(Math.max(0, fault.from() - 60), fault.to()));
        }
      }
    }
    assertThat(tried).hasSizeGreaterThan(150);
    assertThat(unsaid).isEmpty();
  }

  @Test
  void a_word_that_is_no_longer_the_engines_is_another() {
    assertThat(says(SMALL, SMALL.replace("http://camunda.org/schema/1.0/bpmn", "http://example.org"))).contains(
        "“Visit child”: who is asked is gone; it was “who works for the child by day and by night”");
    assertThat(says(SMALL, SMALL.replace("userTask id=\"Activity_Visit\" name=", "userTask id=\"Activity_Visit\" camunda:name=")))
        .contains("the task “Visit”: label is gone; it was “Visit child”");
  }

  @ParameterizedTest
  @MethodSource("files")
  void what_only_reads_otherwise_is_no_change(String file) throws IOException {
    String model = read(file);
    int drawing = Stream.of("<bpmndi:BPMNDiagram", "<dmndi:DMNDI").mapToInt(model::indexOf).filter(at -> at > 0).min().orElseThrow();
    Map<String, String> same = new LinkedHashMap<>();
    same.put("white space", model.replaceAll(">\\s+<", "><"));
    same.put("comments", model.replaceAll(">\n", "><!-- drawn on a Monday -->\n"));
    same.put("order of attributes", Pattern.compile("<([\\w:]+)((?:\\s[\\w:]+=\"[^\"]*\")+)").matcher(model).replaceAll(tag -> {
      List<String> attributes = new ArrayList<>(Pattern.compile("\\s[\\w:]+=\"[^\"]*\"").matcher(tag.group(2)).results()
          .map(one -> one.group()).toList());
      Collections.reverse(attributes);
      return Matcher.quoteReplacement("<" + tag.group(1) + String.join("", attributes));
    }));
    same.put("prefixes", model.replaceAll("\\bbpmn:", "b:").replace("xmlns:bpmn=", "xmlns:b=").replaceAll("\\bcamunda:", "c:")
        .replace("xmlns:camunda=", "xmlns:c=").replace("biodi:", "b:").replace("xmlns:biodi=", "xmlns:b="));
    same.put("ids of the drawing", model.substring(0, drawing) + model.substring(drawing).replaceAll(" id=\"([^\"]*)\"", " id=\"$1x\""));
    same.put("program", model.replaceAll("exporterVersion=\"[^\"]*\"", "exporterVersion=\"9.9\""));
    same.forEach((what, other) -> assertThat(other).as(what).isNotEqualTo(model));
    same.forEach((what, other) -> assertThat(said(Difference.between(file, bytes(model), bytes(other)))).as(what).isEmpty());
  }

  @Test
  void whatever_changes_in_a_page_is_said() throws IOException {
    Map<String, Integer> tried = new LinkedHashMap<>();
    List<String> unsaid = new ArrayList<>();
    List<Path> forms;
    try (Stream<Path> walked = Files.walk(Path.of("forms"))) {
      forms = walked.filter(file -> file.toString().endsWith(".form")).sorted().toList();
    }
    assertThat(forms).hasSizeGreaterThan(90);
    for (Path file : forms) {
      JsonNode form = JSON.readTree(Files.readString(file));
      byte[] before = form.toString().getBytes(UTF_8);
      change(form, "", kind -> {
        if (tried.merge(kind, 1, Integer::sum) <= OF_EACH * 3
            && Difference.between(file.toString(), before, form.toString().getBytes(UTF_8)).isEmpty()) {
          unsaid.add(file + " " + kind);
        }
      });
      assertThat(said(Difference.between(file.toString(), before, bytes(form.toPrettyString())))).isEmpty();
    }
    assertThat(tried).hasSizeGreaterThan(40);
    assertThat(unsaid).isEmpty();
  }

  private interface Tried {

    void with(String kind);
  }

  /** Changes each value of a form, one at a time, and puts it back. */
  private static void change(JsonNode node, String path, Tried tried) {
    if (node instanceof ObjectNode object) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      for (String name : names) {
        JsonNode value = object.get(name);
        String kind = name.equals("components") ? "component" : path + "/" + name;
        if (value.isContainerNode()) {
          change(value, kind, tried);
        } else if (!kind.startsWith("/exporter")) {
          object.put(name, value.isBoolean() ? value.asBoolean() ? "other" : "true" : value.asText() + "x");
          tried.with(kind);
          if (!value.isNull()) {
            object.remove(name);
            tried.with(kind + " away");
          }
          object.set(name, value);
        }
      }
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        JsonNode value = array.get(i);
        change(value, path, tried);
        array.remove(i);
        tried.with(path + " without one");
        array.insert(i, value);
      }
    }
  }

  // ---------------------------------------------------------------------------------------------------------------------

  private static String read(String file) throws IOException {
    return Files.readString(Path.of(file));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  /** One edit of a file, which must find what it edits. */
  private static UnaryOperator<String> edited(String pattern, String instead) {
    return text -> {
      Matcher found = Pattern.compile(pattern, Pattern.DOTALL).matcher(text);
      assertThat(found.find()).as(pattern).isTrue();
      return found.replaceFirst(instead);
    };
  }

  private static List<Change> between(String file, UnaryOperator<String> edit) throws IOException {
    return Difference.between(file, bytes(read(file)), bytes(edit.apply(read(file))));
  }

  private static List<String> changed(String file, UnaryOperator<String> edit) throws IOException {
    return said(between(file, edit));
  }

  private static List<String> says(String before, String after) {
    assertThat(after).isNotEqualTo(before);
    return said(Difference.between("small.bpmn", bytes(before), bytes(after)));
  }

  private static List<String> said(List<Change> changes) {
    return changes.stream().map(Change::toString).toList();
  }

  private static final String SMALL = """
      <?xml version="1.0" encoding="UTF-8"?>
      <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" \
      id="Definitions_Small" targetNamespace="http://bpmn.io/schema/bpmn">
        <bpmn:process id="small" name="Small" isExecutable="true">
          <bpmn:startEvent id="Event_LetterNeeded" name="Letter needed" />
          <bpmn:sequenceFlow id="Flow_Begin" sourceRef="Event_LetterNeeded" targetRef="Gateway_Urgent" />
          <bpmn:exclusiveGateway id="Gateway_Urgent" name="Is it urgent?" default="Flow_No" />
          <bpmn:sequenceFlow id="Flow_Yes" name="Yes" sourceRef="Gateway_Urgent" targetRef="Activity_Visit">\
      <bpmn:conditionExpression>${urgent}</bpmn:conditionExpression></bpmn:sequenceFlow>
          <bpmn:sequenceFlow id="Flow_No" name="No" sourceRef="Gateway_Urgent" targetRef="Activity_Write" />
          <bpmn:userTask id="Activity_Visit" name="Visit child" \
      camunda:candidateGroups="${team.onDuty(execution)}" camunda:formRef="visit-child" />
          <bpmn:userTask id="Activity_Write" name="Write letter" camunda:candidateGroups="minute-taker" camunda:formRef="write-letter" />
          <bpmn:sequenceFlow id="Flow_Written" sourceRef="Activity_Write" targetRef="Activity_Part" />
          <bpmn:subProcess id="Activity_Part" name="Hear back">
            <bpmn:receiveTask id="Activity_Await" name="Await answer" messageRef="Message_LetterAnswered" />
          </bpmn:subProcess>
          <bpmn:boundaryEvent id="Event_AnswerOverdue" name="Answer overdue" cancelActivity="false" attachedToRef="Activity_Part">
            <bpmn:timerEventDefinition id="Timer_1"><bpmn:timeDate>${deadline.due(execution)}</bpmn:timeDate></bpmn:timerEventDefinition>
          </bpmn:boundaryEvent>
          <bpmn:callActivity id="Activity_Escalate" name="Escalate answer" calledElement="escalation">
            <bpmn:extensionElements><camunda:in source="caseRef" target="caseRef" /></bpmn:extensionElements>
          </bpmn:callActivity>
        </bpmn:process>
        <bpmn:message id="Message_LetterAnswered" name="LetterAnswered" />
      </bpmn:definitions>
      """;
}
