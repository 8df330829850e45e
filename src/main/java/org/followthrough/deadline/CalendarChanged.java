package org.followthrough.deadline;

/** A working day was added or taken away, in the same transaction; what counts without a clock of its own counts again. */
public record CalendarChanged() {}
