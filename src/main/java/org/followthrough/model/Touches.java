package org.followthrough.model;

/** What a change concerns, so that whoever decides about it knows where to look first. */
public enum Touches {

  /** What is done: a step, what it calls or does, what is handed over, whatever has no word of its own. */
  STEP("how the work goes at %d place"),

  /** Who is asked. */
  OWNER("who is asked at %d task"),

  /** By when. */
  CLOCK("%d time limit"),

  /** What is asked on a page, or which page is shown. */
  PAGE("%d page"),

  /** Which way is taken, and what a table answers. */
  DECISION("what is decided at %d place"),

  /** Labels, explanations and sources: what is read, and nothing that happens. */
  WORDING("the wording at %d place"),

  /** Where boxes, columns and fields stand. */
  DRAWING("%d drawing");

  private final String counted;

  Touches(String counted) {
    this.counted = counted;
  }

  /** "2 pages", "who is asked at 1 place". */
  String counted(int many) {
    return counted.formatted(many) + (many == 1 ? "" : "s");
  }
}
