package org.followthrough.tasklist;

import static org.assertj.core.api.Assertions.assertThat;

import org.followthrough.InTheHouse;
import org.followthrough.Visitor;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Cockpit's own questions are answered, although nobody may ask for everything. */
@InTheHouse
class WithinLimitsTest {

  @LocalServerPort int port;

  @Test
  void cockpit_lists_the_versions_of_a_process() {
    Visitor manager = Visitor.at(port, "manager");
    var versions = manager.get("/camunda/api/engine/engine/default/process-definition?key=referral&sortBy=version&sortOrder=desc");
    assertThat(versions.statusCode()).isEqualTo(200);
    assertThat(Visitor.read(versions)).isNotEmpty();
    assertThat(manager.get("/camunda/api/engine/engine/default/process-definition?maxResults=5000").statusCode())
        .as("more than anybody may ask").isEqualTo(400);
  }
}
