package org.followthrough.engine;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * By what names deployed models still call what has another name now. What a deployed model spells is published: a former name stays here
 * for as long as an instance may run on a model that uses it, or a designer may deploy one.
 */
final class FormerNames {

  /** Beans, their methods, and variables. */
  private static final Map<String, String> NOW = Map.of(
      "team.chair", "meetingRoles.chair",
      "team.writer", "meetingRoles.writer",
      "team.recorder", "meetingRoles.recorder",
      "team.inquorate", "meetingRoles.inquorate",
      "team.referrer", "referrers.asked",
      "whichRoadFollows", "whichProcessFollows",
      "handOn", "beginProcess",
      "passOn", "tellProcesses");

  /** What an expression begins with: a variable, a bean, or a bean and its method. */
  private static final Pattern NAME = Pattern.compile("(?<=[#$]\\{)([! ]*)([a-zA-Z]\\w*(?:\\.[a-zA-Z]\\w*)?)");

  private FormerNames() {}

  /** The same text, its expressions by today's names. */
  static String translated(String text) {
    return NAME.matcher(text).replaceAll(found -> found.group(1) + NOW.getOrDefault(found.group(2), found.group(2)));
  }
}
