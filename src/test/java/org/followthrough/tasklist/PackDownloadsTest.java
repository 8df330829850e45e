package org.followthrough.tasklist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.followthrough.Practice.london;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import org.followthrough.InTheHouse;
import org.followthrough.PackedFamily;
import org.followthrough.PlannedFamily;
import org.followthrough.Practice;
import org.followthrough.TheRecord;
import org.followthrough.Visitor;
import org.followthrough.move.pack.Packs;
import org.followthrough.people.Directory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Who may take a pack away, and that it is written down; and that everybody may read how one is written. */
@InTheHouse
class PackDownloadsTest {

  @LocalServerPort int port;
  @Autowired Practice practice;
  @Autowired PackedFamily moving;
  @Autowired PlannedFamily family;
  @Autowired TheRecord record;
  @Autowired Packs packs;
  @Autowired Directory directory;

  @AfterEach
  void theOfficeCloses() {
    practice.endEverything();
  }

  @Test
  void those_who_may_see_the_family_take_it_as_it_is_and_on_paper_and_both_are_written_down() {
    practice.itIs("2026-12-17T09:00");
    String contact = moving.contact();
    UUID move = moving.move(contact, "felpersham", "Aoife", "Zoë", "");
    String path = "/api/cases/" + practice.caseOf(contact) + "/moves/" + move;
    assertThat(Visitor.at(port, "worker").get(path + "/pack.json").statusCode()).as("not made yet").isEqualTo(404);
    Packs.Pack pack = packs.make(move, london("2027-02-10T16:30"), "worker", directory::name);

    HttpResponse<String> json = Visitor.at(port, "worker").get(path + "/pack.json");
    assertThat(json.statusCode()).isEqualTo(200);
    assertThat(json.body()).isEqualTo(pack.document());
    assertThat(json.headers().firstValue("ETag")).contains("\"" + pack.sha256() + "\"");
    assertThat(json.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(json.headers().firstValue("Content-Disposition")).get().asString().startsWith("attachment").endsWith(".json\"")
        .doesNotContain("Neill");
    HttpResponse<String> paper = Visitor.at(port, "worker").get(path + "/pack.pdf");
    assertThat(paper.headers().firstValue("Content-Type")).contains("application/pdf");
    assertThat(paper.body()).startsWith("%PDF-");
    assertThat(record.texts("select user_id || ': ' || what from read_audit where case_id = ? and what like 'pack%' order by what",
        family.caseOf(contact)))
        .containsExactly("worker: pack", "worker: pack on paper");

    for (String stranger : List.of("south-worker", "south-manager", "police", "school", "designer", "admin")) {
      assertThat(Visitor.at(port, stranger).get(path + "/pack.json").statusCode()).as(stranger).isEqualTo(404);
      assertThat(Visitor.at(port, stranger).get(path + "/pack.pdf").statusCode()).as(stranger).isEqualTo(404);
    }
    assertThat(Visitor.at(port).get(path + "/pack.json").statusCode()).isEqualTo(401);
    String other = practice.aRecordedContact("Niall");
    assertThat(Visitor.at(port, "worker").get("/api/cases/" + practice.caseOf(other) + "/moves/" + move + "/pack.json").statusCode())
        .as("a pack of another family").isEqualTo(404);
    assertThat(record.count("select count(*) from read_audit where case_id = ? and what like 'pack%'", family.caseOf(contact)))
        .isEqualTo(2);
  }

  @Test
  void the_form_of_a_pack_is_open_to_everybody_and_nothing_beside_it() {
    HttpResponse<String> form = Visitor.at(port).get("/schema/family-pack-1.json");
    assertThat(form.statusCode()).isEqualTo(200);
    assertThat(Visitor.read(form).get("$id").asText()).isEqualTo("urn:follow-through:family-pack:1");
    assertThat(Visitor.at(port).get("/schema/").statusCode()).isEqualTo(302);
    assertThat(Visitor.at(port).get("/schema/../api/session").statusCode()).isIn(302, 400, 401);
  }
}
