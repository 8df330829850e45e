package org.followthrough.deadline;

/** How binding a limit is. Only the last may be changed by the authority alone. */
public enum Basis implements Spelled {

  /** An Act or regulations made under one. */
  STATUTE,

  /** Guidance that authorities must follow unless they can say why not, such as Working Together. */
  NATIONAL_GUIDANCE,

  /** The authority's or the partnership's own rule; also our default where no source gives a number. */
  LOCAL_PROCEDURE
}
