package org.followthrough.deadline;

/** How grave it is when a deadline passes, and therefore how far and how fast its escalation climbs. */
public enum DeadlineClass implements Spelled {

  /** A child may be unprotected: every tier, in clock hours, out-of-hours too. */
  DANGER,

  /** A duty towards the family is late: every tier, in working days. */
  STATUTORY,

  /** Paper is late: the first manager, then a weekly count. */
  RECORD
}
