package org.followthrough.page;

/**
 * What was entered cannot stand. The message is one plain sentence for the worker: what is wrong, in which field, what to
 * do. It never repeats what was typed, because it may pass through logs.
 */
public class Refusal extends RuntimeException {

  private final String field;

  /** Refuses because of one field; {@code field} is its key in the form. */
  public Refusal(String field, String sentence) {
    super(sentence);
    this.field = field;
  }

  /** Refuses for a reason that is not one field's. */
  public Refusal(String sentence) {
    this(null, sentence);
  }

  /** The key of the field to look at, or null. */
  public String field() {
    return field;
  }
}
