package org.followthrough.release;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Puts a model in force that is none of the house, for a test of what stands behind it; in the application nobody can. */
public final class InForceForTests {

  private InForceForTests() {}

  /** Answers the id of the deployment. */
  public static String put(Releases releases, Map<String, String> files) {
    Map<String, byte[]> read = new TreeMap<>();
    files.forEach((name, content) -> read.put(name, content.getBytes(StandardCharsets.UTF_8)));
    return releases.deploy(read, "test", "test");
  }
}
