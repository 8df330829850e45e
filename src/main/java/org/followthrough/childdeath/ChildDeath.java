package org.followthrough.childdeath;

/** How the death of a child reaches its process. */
public final class ChildDeath {

  /** The message that begins the process, about the child. */
  public static final String CHILD_HAS_DIED = "ChildHasDied";

  private ChildDeath() {}
}
