package org.followthrough.model;

/**
 * One thing that is otherwise in the newer of two versions.
 *
 * @param place where, under the label that people see: “Decide response”, or a row of a table
 * @param what what was there and what is now
 * @param touches what it concerns
 */
public record Change(String place, String what, Touches touches) {

  /** “Decide response”: page was “decide”, now “decide-response”. */
  @Override
  public String toString() {
    return place + ": " + what;
  }
}
