package org.followthrough.deadline;

import java.time.Instant;
import java.util.UUID;

/** The due time of an open clock has moved, in the same transaction; whoever waits for it waits for the new one. */
public record DueMoved(UUID clockId, Instant due) {}
