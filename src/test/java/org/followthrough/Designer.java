package org.followthrough;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

/** A process designer with Modeler, and the head of service who puts in force what they propose. */
public final class Designer {

  private final Visitor modeler;
  private final Visitor head;

  public Designer(int port) {
    modeler = Visitor.at(port).withBasic("designer", "designer-demo");
    head = Visitor.at(port, "head");
    // the token that our own writes carry
    head.get("/api/session");
  }

  /** Proposes these files; answers what Modeler is told. */
  public HttpResponse<String> deploys(Map<String, String> files) {
    return modeler.deploy("/engine-rest/deployment/create", files);
  }

  /** Proposes these files, which must be accepted; answers the id of the proposal. */
  public String proposes(Map<String, String> files) {
    HttpResponse<String> answer = deploys(files);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Visitor.read(answer).path("id").asText();
  }

  /** The titles of what waits for a second person. */
  public List<String> proposed() {
    return Visitor.read(head.get("/api/models")).path("proposals").findValuesAsText("title");
  }

  /** What the head of service sees of a proposal. */
  public JsonNode proposal(String id) {
    return Visitor.read(head.get("/api/models/proposals/" + id));
  }

  /** Puts a proposal in force, having looked at it. */
  public HttpResponse<String> putInForce(String id) {
    return head.json("POST", "/api/models/proposals/" + id + "/in-force",
        Map.of("against", proposal(id).path("against").asText(), "reason", "Agreed with the designer."));
  }

  /** Proposes these files and has them put in force; answers the id of the deployment. */
  public String changes(Map<String, String> files) {
    HttpResponse<String> answer = putInForce(proposes(files));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Visitor.read(answer).path("deployment").asText();
  }
}
