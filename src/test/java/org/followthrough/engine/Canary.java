package org.followthrough.engine;

import java.util.concurrent.atomic.AtomicInteger;

/** Sings when it is made: it stands for everything that code from a model could do. */
public class Canary {

  static final AtomicInteger SUNG = new AtomicInteger();

  public Canary() {
    SUNG.incrementAndGet();
  }
}
