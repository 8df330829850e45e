package org.followthrough.engine;

import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.camunda.bpm.impl.juel.AstBinary;
import org.camunda.bpm.impl.juel.AstDot;
import org.camunda.bpm.impl.juel.AstEval;
import org.camunda.bpm.impl.juel.AstFunction;
import org.camunda.bpm.impl.juel.AstIdentifier;
import org.camunda.bpm.impl.juel.AstLiteral;
import org.camunda.bpm.impl.juel.AstMethod;
import org.camunda.bpm.impl.juel.AstNumber;
import org.camunda.bpm.impl.juel.AstString;
import org.camunda.bpm.impl.juel.AstUnary;
import org.camunda.bpm.impl.juel.Builder;
import org.camunda.bpm.impl.juel.Node;
import org.camunda.bpm.impl.juel.TreeBuilderException;

/**
 * What an expression may be, read as the engine itself reads it: as the tree that it would evaluate. Everything that is not named here
 * is refused, however it is spelled. Asked when a model is deployed and again when the engine has read it.
 */
class Expressions {

  /** The longest of our own has not half of it; deeper ones could not be read at all. */
  private static final int LONGEST = 200;
  private static final String ALLOWED = "; allowed are one variable, compared with a word at most, or one call of a bean";
  private static final Pattern DELEGATE = Pattern.compile("[#$]\\{ *(\\w+) *}");
  private static final Builder READER = new Builder(Builder.Feature.METHOD_INVOCATIONS);

  private static final Set<String> QUESTIONS = Set.of("currentUser", "currentUserGroups", "now", "dateTime");
  private static final Set<String> COUNTED = Set.of("plusDays", "plusWeeks", "plusHours", "plusMonths", "minusDays", "minusWeeks",
      "minusHours", "minusMonths");

  private final Predicate<String> delegate;
  private final BiPredicate<String, Integer> call;

  /**
   * @param delegate whether a bean does something for models
   * @param call whether models may call this, as in {@code team.role}, with so many arguments
   */
  Expressions(Predicate<String> delegate, BiPredicate<String, Integer> call) {
    this.delegate = delegate;
    this.call = call;
  }

  /** What is wrong with the expression in a text, for a sentence that begins with its place; null when models may evaluate it. */
  String refusal(String text) {
    if (!text.contains("${") && !text.contains("#{")) {
      return null;
    }
    String stripped = text.strip();
    if (stripped.length() > LONGEST) {
      return "has an expression of more than " + LONGEST + " characters" + ALLOWED;
    }
    Node root;
    try {
      root = READER.build(stripped).getRoot();
    } catch (TreeBuilderException e) {
      return (stripped.endsWith("}") ? "has the expression “" + inside(stripped) + "”, which nobody can read" : "has the expression “"
          + inside(stripped) + "”, which is not closed") + ALLOWED;
    }
    Node read = root instanceof AstEval ? root.getChild(0) : root;
    if (read instanceof AstMethod method && method.getChild(0) instanceof AstDot asked && asked.getChild(0) instanceof AstIdentifier bean
        && children(method.getChild(1)).allMatch(Expressions::isArgument)) {
      String called = bean.getName() + "." + name(asked);
      return call.test(called, method.getChild(1).getCardinality()) ? null : "calls “" + called + "”, which models may not call";
    }
    return root instanceof AstEval && (isVariable(read) || isBusinessKey(read)) ? null
        : "has the expression “" + inside(stripped) + "”" + ALLOWED;
  }

  /** The same where a model names who does the work: one bean, and one that does something. */
  String refusalOfDelegate(String text) {
    Matcher one = DELEGATE.matcher(text);
    return one.matches() && delegate.test(one.group(1)) ? null
        : "calls “" + (one.matches() ? one.group(1) : text) + "”, which is no bean that models may use";
  }

  /** Whether users may ask this in a query or a filter. */
  static boolean isQuestion(String text) {
    try {
      Node root = text.length() > LONGEST ? null : READER.build(text).getRoot();
      return root instanceof AstEval && isQuestion(root.getChild(0));
    } catch (TreeBuilderException e) {
      return false;
    }
  }

  private static boolean isQuestion(Node read) {
    if (read instanceof AstFunction function) {
      return QUESTIONS.contains(function.getName()) && function.getParamCount() == 0;
    }
    if (!(read instanceof AstMethod method) || !(method.getChild(0) instanceof AstDot asked)) {
      return false;
    }
    Node counted = method.getChild(1);
    boolean step = counted.getCardinality() == 0 ? name(asked).equals("withTimeAtStartOfDay")
        : COUNTED.contains(name(asked)) && counted.getCardinality() == 1 && counted.getChild(0) instanceof AstNumber number
            && number.toString().matches("\\d{1,4}");
    return step && startsAtDateTime(asked.getChild(0)) && isQuestion(asked.getChild(0));
  }

  private static boolean startsAtDateTime(Node read) {
    return read instanceof AstMethod || read instanceof AstFunction function && function.getName().equals("dateTime");
  }

  private static boolean isArgument(Node read) {
    return read instanceof AstIdentifier || read instanceof AstLiteral;
  }

  private static boolean isVariable(Node read) {
    return read instanceof AstIdentifier
        || read instanceof AstUnary not && not.getOperator() == AstUnary.NOT && not.getChild(0) instanceof AstIdentifier
        || read instanceof AstBinary compared && (compared.getOperator() == AstBinary.EQ || compared.getOperator() == AstBinary.NE)
            && compared.getChild(0) instanceof AstIdentifier && compared.getChild(1) instanceof AstString;
  }

  private static boolean isBusinessKey(Node read) {
    return read instanceof AstDot asked && asked.getChild(0) instanceof AstIdentifier of && of.getName().equals("execution")
        && name(asked).equals("processBusinessKey");
  }

  /** The tree keeps it for its heirs and prints it, after a point, for everybody. */
  private static String name(AstDot property) {
    return property.toString().substring(1).strip();
  }

  private static String inside(String text) {
    return text.replaceFirst("(?s)^[#$]\\{ *([^{}]*?) *}?$", "$1");
  }

  private static Stream<Node> children(Node parent) {
    return IntStream.range(0, parent.getCardinality()).mapToObj(parent::getChild);
  }
}
