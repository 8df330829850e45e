package org.followthrough.exchange;

/** A message is not let in. The reason goes to its sender and into the audit: never with a word of what was in it. */
class Refused extends Exception {

  private final int status;

  Refused(int status, String why) {
    super(why);
    this.status = status;
  }

  /** The status of HTTP that says so. */
  int status() {
    return status;
  }
}
