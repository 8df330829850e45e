package org.followthrough.engine;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * By what names deployed models still call what has another name now. What a deployed model spells is published: a former name stays here for
 * as long as an instance may run on a model that uses it.
 */
final class FormerNames {

  private static final Map<String, String> NOW = Map.of(
      "team.chair(", "meetingRoles.chair(",
      "team.writer(", "meetingRoles.writer(",
      "team.recorder(", "meetingRoles.recorder(",
      "team.inquorate(", "meetingRoles.inquorate(",
      "team.referrer(", "referrers.asked(");

  private FormerNames() {}

  /** The same expression by today's names. */
  static String translated(String expression) {
    String now = expression;
    for (Map.Entry<String, String> name : NOW.entrySet()) {
      now = now.replaceAll("(\\{ *)" + Pattern.quote(name.getKey()), "$1" + Matcher.quoteReplacement(name.getValue()));
    }
    return now;
  }
}
