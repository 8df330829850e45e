package org.followthrough;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Where a walk is killed: at six of its points, others in every run, so that with two walks a run has twelve; or with
 * {@code -Dkills=all} at every one. {@code -Dkills.seed=…} makes the same happen again.
 */
public final class Kills {

  private static final int SAMPLE = 6;

  private Kills() {}

  /** The seed of this run, which a walk prints. */
  public static long seed() {
    return Long.getLong("kills.seed", System.nanoTime());
  }

  /** The points at which to kill in this run. */
  public static <T> Set<T> among(List<T> points, Random random) {
    List<T> shuffled = new ArrayList<>(points);
    Collections.shuffle(shuffled, random);
    return new LinkedHashSet<>("all".equals(System.getProperty("kills")) ? shuffled : shuffled.subList(0, SAMPLE));
  }
}
