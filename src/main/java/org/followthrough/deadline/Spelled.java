package org.followthrough.deadline;

import java.util.Locale;

/** A word of the deadline table: {@code WORKING_DAYS} is written "working days", and every other constant likewise. */
public interface Spelled {

  /** The constant's own name, as every enum has it. */
  String name();

  /** The word exactly as it stands in {@code deadlines.dmn} and on screen. */
  default String spelling() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
