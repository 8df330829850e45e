package org.followthrough;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.followthrough.ModelStyle.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The gate for our models: every rule on every model, and every rule shown to bite on a deliberately bad one. */
class ModelStyleTest {

  private static final List<Model> MODELS = Model.readAll(Path.of("bpmn"));
  private static final Path TEMPLATES = Path.of("bpmn/.camunda/element-templates/follow-through.json");
  private static final Model BAD = Model.readAll(Path.of("src/test/resources/models")).get(0);

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource
  void models_keep_the_rules(Model model, Rule rule) {
    assertThat(rule.faults(model)).isEmpty();
  }

  static Stream<Arguments> models_keep_the_rules() {
    return MODELS.stream().flatMap(model -> ModelStyle.RULES.stream().map(rule -> Arguments.of(model, rule)));
  }

  /** Rules that look at nothing are kept by everything. */
  @Test
  void models_hold_what_the_rules_look_at() {
    assertThat(MODELS).extracting(Model::toString).contains("referral.bpmn", "escalation.bpmn");
    assertThat(MODELS).anyMatch(model -> model.obligations().count() > 1);
    assertThat(MODELS).anyMatch(Model::isCalledByAnObligation);
  }

  /** What a designer draws from a template must pass the rules: no hidden value may drift from the pattern. */
  @Test
  void element_templates_spell_the_pattern() throws IOException {
    var hidden = new ObjectMapper().readTree(TEMPLATES.toFile()).findParents("binding").stream()
        .filter(property -> property.path("type").asText().equals("Hidden"))
        .map(property -> property.path("binding").path("name").asText(property.path("binding").path("target").asText(
            property.path("binding").path("type").asText())) + " = " + property.path("value").asText());
    assertThat(hidden).containsExactlyInAnyOrder(
        "camunda:dueDate = " + ModelStyle.DUE,
        "camunda:formRefBinding = deployment",
        "calledElement = " + Model.ESCALATION,
        "camunda:calledElementBinding = latest",
        "camunda:in:businessKey = #{execution.processBusinessKey}",
        "lateClockRef = clockRef",
        "contactRef = contactRef",
        "caseRef = caseRef");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void every_rule_bites(String rule, List<String> sentences) {
    assertThat(ruleNamed(rule).faults(BAD)).containsExactlyInAnyOrderElementsOf(sentences);
  }

  @Test
  void no_rule_is_left_without_a_bite() {
    assertThat(every_rule_bites().map(arguments -> arguments.get()[0]))
        .containsExactlyElementsOf(ModelStyle.RULES.stream().map(Rule::name).toList());
  }

  static Stream<Arguments> every_rule_bites() {
    return Stream.of(
        bites("tasks say verb and object", """
            Task "Process data" starts with "process", which says nothing: name what is done.
            Task "Notification of Parents by first letter" is not verb and object: say what is done to what, as in \
            "Circulate minutes".
            Task "Notification of Parents by first letter" has 6 words: five at most, the rest belongs into the \
            documentation.
            Task "Notification of Parents by first letter" is not in sentence case: a capital for the first word only.
            Task Activity_1 has no label: say verb and object, as in "Circulate minutes".
            """),
        bites("events say what happened", """
            Event "Wait 5 days" does not say what happened: object and past participle, as in "Referral received", \
            or object and "overdue".
            Event "Letter late" does not say what happened: object and past participle, as in "Referral received", \
            or object and "overdue".
            Event Event_1 has no label: say object and past participle, as in "Referral received".
            Event Event_2 has no label: say object and past participle, as in "Referral received".
            """),
        bites("decisions are questions with answers", """
            Gateway "Check risk" decides without a question: label it with one, as in "Significant harm likely?".
            Flow from "Check risk" to "Fork" carries no answer: label it with the answer to the question.
            """),
        bites("other gateways are silent", """
            Gateway Gateway_1 is neither exclusive nor parallel: draw it with those two.
            Gateway "Fork" decides nothing: take its label away.
            Gateway "Sent 3 times?" joins and splits at once: draw two gateways.
            """),
        bites("every way ends in a named outcome", """
            Event Event_2 names no outcome: the end event is the outcome in the history.
            Event "Case closed" is drawn twice: one end event per outcome.
            Subprocess "Rest a while" has no end event: name its outcome by one.
            Task "Drink tea" leads nowhere: draw the flow to the next step or to an end event.
            Event "Tea missed" leads nowhere: draw the flow to the next step or to an end event.
            Task "Compute age" leads nowhere: draw the flow to the next step or to an end event.
            Subprocess "Rest a while" leads nowhere: draw the flow to the next step or to an end event.
            Task "Remind worker" leads nowhere: draw the flow to the next step or to an end event.
            Task Activity_1 leads nowhere: draw the flow to the next step or to an end event.
            """),
        bites("everything is drawn", """
            Flow from Gateway_1 to "Nothing drawn" is not in the picture: draw it in Modeler.
            Event "Nothing drawn" is not in the picture: draw it in Modeler.
            Event "Tea missed" is not in the picture: draw it in Modeler.
            """),
        bites("the happy path is one straight line", """
            The happy path bends behind "Sent 3 times?": draw the next step straight on, alternatives below.
            """),
        bites("alternatives are drawn below", """
            Task "Compute age" stands above the happy path: draw it below.
            """),
        bites("escalations hang straight below their task", """
            Call "Escalate it" does not hang straight below its clock "Reply overdue": move it right under it.
            """),
        bites("nothing runs back but a named loop", """
            Flow from Gateway_1 to "Report written" runs back: draw it left to right, or name the loop.
            Flow from "Process data" to Event_2 runs back: draw it left to right, or name the loop.
            Flow from "Get reply" to "Sent 3 times?" runs back: draw it left to right, or name the loop.
            """),
        bites("no flow is diagonal", """
            Flow from "Check risk" to "Compute age" is diagonal: draw it with right angles.
            """),
        bites("no flow crosses another", """
            Flow from "Fork" to "Visit made" crosses the flow from Gateway_1 to "Report written": move one of them.
            Flow from "Day ended" to "Team reminded" runs through Activity_1: lead it around.
            """),
        bites("nothing covers anything", """
            Event "Reminder sent" covers Event_2: move them apart.
            The label "Wait 5 days" is not in the clear: move it where nothing else is drawn.
            The label "Check risk" is not in the clear: move it where nothing else is drawn.
            The label "Sent 3 times?" is not in the clear: move it where nothing else is drawn.
            The label "Family moved" is not in the clear: move it where nothing else is drawn.
            Task "Drink tea" sticks out of "Rest a while": make the subprocess larger.
            """),
        bites("a level fits one look", """
            Process "wrong" has 22 flow nodes on one level: 20 at most, move a part into a called process.
            """),
        bites("there are no lanes", """
            Lane "Social worker" says who works: take it away, the role is the candidate group of the task.
            """),
        bites("no number stands in a model", """
            Event "Wait 5 days" has a number in its label: numbers belong into bpmn/deadlines.dmn.
            Gateway "Sent 3 times?" has a number in its label: numbers belong into bpmn/deadlines.dmn.
            Event "Wait 5 days" has a duration, a cycle or a fixed date: ask for a date, as in \
            ${deadline.due(execution)}.
            Event "Answer received" has a duration, a cycle or a fixed date: ask for a date, as in \
            ${deadline.due(execution)}.
            """),
        bites("no code stands in a model", """
            Task "Compute age" is a script: draw a service task and name its delegate.
            Task Activity_1 carries a connector: name a delegate instead.
            Task Activity_1 carries a script: name a delegate instead.
            Task "Notification of Parents by first letter" names a Java class: name a delegate by its bean, as in \
            ${notifyParties}.
            Flow from "Check risk" to "Fork" thinks in its expression ${risk > 3 && !seen}: one variable or one \
            bean call, the thinking belongs into the bean.
            """),
        bites("explanations are documentation", """
            XML comment "ask the team before changing this" is deleted when Modeler saves: write it into the \
            documentation of the element.
            """),
        bites("ids follow labels", """
            Event "Case closed" has the id Event_6: its label asks for Event_CaseClosed.
            Task "Process data" has the id Activity_0a1b2c3: its label asks for Activity_ProcessData.
            """),
        bites("what carries no label has a chosen id", """
            Event Event_1 has a generated id: choose one that says what meets or begins here, as in Event_ProduceMinutesBegins.
            Event Event_2 has a generated id: choose one that says what meets or begins here, as in Event_ProduceMinutesBegins.
            Event Event_3 has a generated id: choose one that says what meets or begins here, as in Event_ProduceMinutesBegins.
            Event Event_4 has a generated id: choose one that says what meets or begins here, as in Event_ProduceMinutesBegins.
            Event Event_5 has a generated id: choose one that says what meets or begins here, as in Event_ProduceMinutesBegins.
            Gateway Gateway_1 has a generated id: choose one that says what meets or begins here, as in Gateway_BeforeDecideOutcome.
            Task Activity_1 has a generated id: choose one that says what meets or begins here, as in Activity_ProduceMinutes.
            """),
        bites("learning points exist", """
            Task "Notification of Parents by first letter" answers the learning point "Z-99", which no review has: \
            write ids as in "K-24, Q-06".
            Task "Notification of Parents by first letter" has the property "lerning": only "learning" is read.
            """),
        bites("a file is one process", """
            Process "wrong" stands in bad.bpmn: give it a file of its own, wrong.bpmn.
            Process "wrong" is named "Bad example": the id is the name in small letters with hyphens.
            Process "wrong" is not executable: tick "Executable".
            Process "wrong" has no history time to live: say how long its history is kept.
            Process "wrong" has no documentation: say what it is for and who owns it.
            Process "wrong" can be started in Tasklist without a start form: untick "Startable".
            """),
        bites("forms follow labels", """
            Task "Process data" opens the form "stuff": its label asks for "process-data".
            Task "Process data" does not take its form from its own deployment: set the binding to "deployment".
            Task "Process data" has no form at forms/wrong/process-data.form: draw it there.
            Task "Write letter" has no form at forms/wrong/write-letter.form: draw it there.
            Task "Read reply" has no form at forms/wrong/read-reply.form: draw it there.
            """),
        bites("conditions follow questions", """
            Flow from "Check risk" to "Compute age" has the condition ${risky}: question and answer ask for \
            ${checkRisk}.
            """),
        bites("messages follow events", """
            Event "Family moved" has the message "MoveNotice": its label asks for "FamilyMoved".
            Event "Family moved" throws its message to nobody: name the delegate ${beginProcess}.
            """),
        bites("delegates follow labels", """
            Task "Notification of Parents by first letter" does not name its delegate: its label asks for \
            ${notificationOfParentsByFirstLetter}.
            Task "Print letter" does not name its delegate: its label asks for ${printLetter}.
            """),
        bites("every wait has an owner, a clock and a way up", """
            Task "Process data" belongs to nobody: name its candidate group.
            Task "Process data" does not ask when it is due: set the due date to ${deadline.due(execution)}.
            Task "Process data" has no documentation: say what is to be done, Tasklist shows it.
            Task "Write letter" belongs to the group "team-manager", which every team has: ask for it by \
            ${team.role(execution, 'team-manager')}.
            Task "Write letter" belongs to the group "typists", which nobody is in: choose one of conference-chair, \
            contact-centre, head-of-service, health, minute-taker, out-of-hours, police, school, service-manager, \
            or ask the team.
            Event "Answer received" waits without a clock: draw it inside an obligation.
            Task "Process data" waits without a clock: draw it inside an obligation.
            """),
        bites("obligations follow the pattern", """
            Event "Wait 5 days" hangs on bare work: wrap work, clock and escalation into a subprocess, an obligation.
            Event "Letter late" interrupts the work: make it non-interrupting, a timer brings help and takes \
            nothing away.
            Event "Letter late" does not say what is late: object and "overdue", as in "Minutes overdue".
            Event "Letter late" does not ask the table when the work is due: set its date to \
            ${deadline.due(execution)}.
            Event "Letter late" brings no manager: lead it to a call of "escalation" labelled "Escalate …".
            Subprocess "Send letter" does not end its escalation when the work is done: lead the work straight to a \
            terminate end event.
            Event "Letter sent" does not belong into the obligation "Send letter": it holds start, work, clock, \
            escalation and outcome; work in several steps is a subprocess of its own.
            Call "Escalate it" does not follow its clock "Reply overdue": label it "Escalate reply".
            Call "Escalate it" does not say which clock is late: map clockRef to lateClockRef.
            Call "Escalate it" leads on: it waits until the work is done, draw nothing behind it.
            Event "Case closed" does not belong into the obligation "Get reply": it holds start, work, clock, \
            escalation and outcome; work in several steps is a subprocess of its own.
            """),
        bites("a reminder is somebody's task", """
            Event "Tea missed" interrupts the work: make it non-interrupting, a timer brings help and takes nothing away.
            Event "Tea missed" reminds of no clock: draw it inside the work of an obligation.
            Event "Tea missed" reminds nobody: lead it to a task, as in "Chase recipients".
            """),
        bites("calls carry the business key", """
            Call "Escalate it" loses the case: map the business key, #{execution.processBusinessKey}.
            Call "Escalate it" is bound to "deployment": set the binding to "latest".
            """),
        bites("every clock has its row", """
            Clock WriteLetter has no row "wrong", "WriteLetter" in bpmn/deadlines.dmn: add it with its source.
            Clock ReadReply has no row "wrong", "ReadReply" in bpmn/deadlines.dmn: add it with its source.
            Event "Day ended" starts by a timer, for which no row is found: hang the clock on an obligation.
            """));
  }

  private static Arguments bites(String rule, String sentences) {
    return Arguments.of(rule, sentences.lines().toList());
  }

  private static Rule ruleNamed(String name) {
    return ModelStyle.RULES.stream().filter(rule -> rule.name().equals(name)).findFirst().orElseThrow();
  }
}
