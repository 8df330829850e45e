package org.followthrough.move.pack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.followthrough.family.CaseRecords;
import org.followthrough.family.Chronology;
import org.followthrough.family.Families;
import org.followthrough.family.Networks;
import org.followthrough.move.Departures;
import org.followthrough.move.Moves;
import org.followthrough.page.Option;
import org.followthrough.page.Refusal;
import org.followthrough.page.Rows;
import org.followthrough.page.Words;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.StringUtils;

/**
 * Everything known about children who move, as one document: made where they leave, taken in where they arrive, and made again with what
 * was added there when they move on.
 */
@Component
public class Packs implements CaseRecords {

  /**
   * A document as it was made or came.
   *
   * @param sha256 the hash of its content
   */
  public record Pack(UUID id, UUID moveId, String document, String sha256, Instant madeAt, String madeBy) {

    /** The SHA-256 of the whole document, as it is sent. */
    public String fingerprint() {
      return PackForm.sha256(document);
    }
  }

  private static final Set<String> ONE_PER_CHILD = Set.of("children", "outcomes", "participation");

  private final JdbcClient jdbc;
  private final TransactionTemplate allOrNothing;
  private final PackContent contents;
  private final Moves moves;
  private final Networks networks;
  private final Families families;
  private final Chronology chronology;
  private final String us;

  Packs(JdbcClient jdbc, PlatformTransactionManager transactions, PackContent contents, Moves moves, Networks networks,
      Families families, Chronology chronology, @Value("${followthrough.authority.code}") String us) {
    this.jdbc = jdbc;
    this.allOrNothing = new TransactionTemplate(transactions);
    // whoever refuses a pack may still write down that they did
    this.allOrNothing.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    this.contents = contents;
    this.moves = moves;
    this.networks = networks;
    this.families = families;
    this.chronology = chronology;
    this.us = us;
  }

  // Where they leave ------------------------------------------------------------------------------------------------------------

  /**
   * Makes the pack of a move from what the record holds now, and keeps it.
   *
   * @param by who makes it, a user
   * @param names from a user's id to the name that others read
   * @throws Refusal when nobody of the family moves
   */
  public Pack make(UUID moveId, Instant at, String by, UnaryOperator<String> names) {
    ObjectNode document = PackForm.document(contents.content(moveId, at, by, names));
    String fault = PackForm.fault(document);
    if (!fault.isEmpty()) {
      throw new IllegalStateException("The pack would not follow its own form at " + fault);
    }
    return keep(moveId, PackForm.canonical(document), document.get("sha256").asText(), at, by);
  }

  /** The newest pack of a move, made here or come from the other side. */
  public Optional<Pack> newest(UUID moveId) {
    return jdbc.sql("select * from pack where move_id = :move order by made_at desc limit 1").param("move", moveId)
        .query((row, n) -> pack(row)).optional();
  }

  /**
   * What a worker should look at before it goes, because somebody else is in it: people of the family who live elsewhere, professionals
   * who came in about children who stay, and what names such a child. Each by the id under which {@link #keepBack} takes it.
   */
  public List<Option> thirdParties(UUID moveId) {
    return contents.thirdParties(moveId);
  }

  /**
   * Keeps back these things, and nothing else, from the packs of a move that are made from now on.
   *
   * @param items ids of what is not to go: of a line of the chronology, a person, a professional, minutes, or whatever else has one
   * @throws Refusal when nobody says why
   */
  public void keepBack(UUID moveId, List<String> items, String why) {
    if (!items.isEmpty() && (why == null || why.isBlank())) {
      throw new Refusal("keepBackWhy", "Say why the others need not know this.");
    }
    jdbc.sql("delete from pack_kept_back where move_id = :move and not item = any (:items)").param("move", moveId)
        .param("items", items.toArray(String[]::new)).update();
    jdbc.sql("""
            insert into pack_kept_back (move_id, item, why) select :move, item, :why from unnest(cast(:items as text[])) item
            on conflict (move_id, item) do update set why = excluded.why""")
        .param("move", moveId).param("why", why).param("items", items.toArray(String[]::new)).update();
  }

  private Pack keep(UUID moveId, String document, String sha256, Instant at, String by) {
    jdbc.sql("""
            insert into pack (move_id, document, sha256, made_at, made_by) values (:move, :document, :sha256, :at, :by)
            on conflict (move_id, sha256) do nothing""")
        .param("move", moveId).param("document", document).param("sha256", sha256).param("at", Timestamp.from(at)).param("by", by).update();
    return jdbc.sql("select * from pack where move_id = :move and sha256 = :sha256").param("move", moveId).param("sha256", sha256)
        .query((row, n) -> pack(row)).single();
  }

  private static Pack pack(ResultSet row) throws SQLException {
    return new Pack(row.getObject("id", UUID.class), row.getObject("move_id", UUID.class), row.getString("document"),
        row.getString("sha256"), Rows.instant(row, "made_at"), row.getString("made_by"));
  }

  /**
   * Looks whether a document is a whole pack, before anything of it is kept.
   *
   * @throws Refusal when it is none, follows another form, or is not as it was made
   */
  public static void check(String document) {
    PackForm.read(document);
  }

  /** How much there is in a document of each kind of thing, a line to each. */
  public static List<String> sections(String document) {
    return PackForm.read(document).get("content").properties().stream().filter(section -> section.getValue().isArray()
        && !section.getValue().isEmpty())
        .map(section -> Words.label(StringUtils.capitalize(section.getKey())) + ": " + section.getValue().size()).toList();
  }

  // Where they arrive -----------------------------------------------------------------------------------------------------------

  /**
   * Takes a pack in: people, professionals, legal status and chronology into the record, everything else beside it as the others have
   * written it, the document as it came. Taking the same pack twice changes nothing. Who holds the children is not touched.
   *
   * @param matches who of theirs is somebody known here, by id; everybody else keeps the id that they have there
   * @param by who takes it in, a user
   * @throws Refusal when it is no pack, another than was made, of another move, or does not hold together; then nothing is written
   */
  public Pack take(UUID moveId, String document, Map<UUID, UUID> matches, Instant at, String by) {
    ObjectNode read = PackForm.read(document);
    ObjectNode content = (ObjectNode) read.get("content");
    Moves.Move move = moves.get(moveId);
    List<Moves.Moving> announced = moves.children(moveId);
    refuseAnother(move, announced, content);
    Map<String, String> known = new HashMap<>();
    announced.stream().filter(child -> child.personId() != null)
        .forEach(child -> known.put(child.theirId().toString(), child.personId().toString()));
    matches.forEach((theirs, ours) -> known.put(theirs.toString(), ours.toString()));
    ObjectNode ours = (ObjectNode) matched(content, known);
    refuseStrangers(ours);
    try {
      return allOrNothing.execute(status -> {
        families.lock(move.caseId());
        refuseUnmatched(move, ours, known.values());
        families.takeIn(move.caseId(), ours.get("people"), at, by);
        moves.matchedByTheirIds(moveId);
        families.takeInNetwork(move.caseId(), fromOthers(ours.get("network")));
        families.takeInLegalStatus(move.caseId(), fromOthers(ours.get("legalStatus")));
        chronology.takeIn(move.caseId(), fromOthers(ours.get("chronology")));
        elsewhere(move.caseId(), ours, at);
        meaning(move, ours.get("move"), by);
        return keep(moveId, document, read.get("sha256").asText(), at, by);
      });
    } catch (DataAccessException e) {
      // what the database says quotes what it was given
      throw new Refusal("pack", "The pack does not hold together: something in it contradicts the rest, "
          + "or what is known here. Ask the sender to look at it.");
    }
  }

  private static void refuseAnother(Moves.Move move, List<Moves.Moving> announced, ObjectNode content) {
    if (move.caseId() == null) {
      throw new IllegalStateException("A pack is taken into a family, and this move has none yet");
    }
    JsonNode theirs = content.get("move");
    // where everything goes by hand, each side has given the move an id of its own
    if (move.other().connected() && !theirs.get("id").asText().equals(move.id().toString())) {
      throw new Refusal("pack", "This pack is of another move. Ask the sender for the right one.");
    }
    if (move.other().connected() && !theirs.path("from").path("code").asText().equals(move.other().authority())) {
      throw new Refusal("pack", "This pack is from another authority than the family. Ask the sender for the right one.");
    }
    Set<String> children = announced.stream().map(child -> child.theirId().toString()).collect(Collectors.toSet());
    content.get("people").forEach(person -> {
      if (move.other().connected() && person.get("child").asBoolean() && !children.contains(person.get("id").asText())) {
        throw new Refusal("pack", "The pack is about a child who was not announced. Ask the sender who moves.");
      }
    });
  }

  /** Whom a section speaks of must be somebody of the pack. */
  private static void refuseStrangers(ObjectNode content) {
    Set<String> children = new HashSet<>();
    content.get("people").forEach(person -> {
      if (person.get("child").asBoolean()) {
        children.add(person.get("id").asText());
      }
    });
    content.fields().forEachRemaining(section -> {
      if (section.getValue().findValues("child").stream().anyMatch(child -> child.isTextual() && !children.contains(child.asText()))) {
        throw new Refusal("pack", "The pack speaks of a child who is not among its people. Ask the sender to look at it.");
      }
    });
  }

  /** Nobody enters the family of a move only because a pack says their id. */
  private void refuseUnmatched(Moves.Move move, ObjectNode content, Collection<String> matched) {
    List<UUID> unmatched = new ArrayList<>();
    content.get("people").forEach(person -> {
      if (!matched.contains(person.get("id").asText())) {
        unmatched.add(UUID.fromString(person.get("id").asText()));
      }
    });
    if (!unmatched.isEmpty() && jdbc.sql("""
            select exists (select from person p where p.id in (:ids) and not exists (select from case_person c where c.person_id = p.id
              and c.case_id = :case))""")
        .param("ids", unmatched).param("case", move.caseId()).query(Boolean.class).single()) {
      throw new Refusal("pack", "Somebody in this pack is known here in another family. Match the people first.");
    }
  }

  /** The same with our ids of those who are known here. */
  private static JsonNode matched(JsonNode node, Map<String, String> matches) {
    if (node instanceof ObjectNode object) {
      object.properties().forEach(one -> one.setValue(matched(one.getValue(), matches)));
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, matched(array.get(i), matches));
      }
    } else if (node.isTextual() && matches.containsKey(node.asText())) {
      return new TextNode(matches.get(node.asText()));
    }
    return node;
  }

  /**
   * Items that are here already, of a brother or sister who came before, have what is new in these added to them.
   */
  private void elsewhere(UUID caseId, ObjectNode content, Instant at) {
    Map<String, ObjectNode> here = jdbc.sql("select item::text from from_elsewhere where case_id = :case").param("case", caseId)
        .query((row, n) -> (ObjectNode) PackForm.parsed(row.getString(1))).list().stream()
        .collect(Collectors.toMap(item -> item.get("id").asText(), item -> item));
    ArrayNode rows = PackForm.JSON.createArrayNode();
    for (String section : PackSection.keys()) {
      int position = 0;
      for (JsonNode item : fromOthers(content.get(section))) {
        ObjectNode known = here.get(item.get("id").asText());
        if (known != null && !known.get("authority").equals(item.get("authority"))) {
          throw new Refusal("pack", "The pack says that somebody has written what another authority wrote. Ask the sender to look at it.");
        }
        ObjectNode row = rows.addObject().put("section", section).put("position", position++);
        row.set("item", known == null ? item : together(known, (ObjectNode) item));
      }
    }
    Rows.insert(jdbc, """
        insert into from_elsewhere (id, case_id, person_id, authority, section, position, item, taken_at)
        select (r -> 'item' ->> 'id')::uuid, :case, (r -> 'item' ->> 'child')::uuid, r -> 'item' ->> 'authority', r ->> 'section',
          (r ->> 'position')::integer,
          r -> 'item', :at from jsonb_array_elements(cast(:items as jsonb)) r
        on conflict (case_id, id) do update set item = excluded.item where from_elsewhere.item <> excluded.item""", rows,
        Map.of("case", caseId, "at", Timestamp.from(at)));
  }

  /** What was said last holds; of lists everything that either says. */
  private static ObjectNode together(ObjectNode known, ObjectNode item) {
    ObjectNode both = known.deepCopy();
    item.properties().forEach(one -> {
      if (one.getValue().isArray() && both.path(one.getKey()) instanceof ArrayNode list) {
        Map<String, JsonNode> members = new LinkedHashMap<>();
        list.forEach(member -> members.put(identity(one.getKey(), member), member));
        one.getValue().forEach(member -> members.put(identity(one.getKey(), member), member));
        both.set(one.getKey(), PackForm.JSON.createArrayNode().addAll(members.values()));
      } else {
        both.set(one.getKey(), one.getValue());
      }
    });
    return both;
  }

  private static String identity(String list, JsonNode member) {
    return ONE_PER_CHILD.contains(list) ? member.path("child").asText() : member.path("id").asText(PackForm.canonical(member));
  }

  /** What the move means, and who comes after those who stay behind, is read where they arrive like where they leave. */
  private void meaning(Moves.Move move, JsonNode theirs, String by) {
    if (!move.incoming()) {
      return;
    }
    JsonNode means = theirs.path("meaning");
    moves.weighed(move.id(), new Departures.Weighed(text(means, "distance"), text(means, "supportLost"), text(means, "newServices"),
        text(means, "appointments"), text(means, "networkThen"), text(means, "risk"), text(means, "comesTo")),
        means.has("weighedAt") ? Instant.parse(means.get("weighedAt").asText()) : null, text(means, "weighedBy"));
    moves.safe(move.id(), text(theirs, "safety"));
    networks.takeIn(move.id(), theirs.path("leaving"), by);
  }

  private static String text(JsonNode node, String key) {
    return node.path(key).asText(null);
  }

  /** What comes back to us from others we have ourselves, as we wrote it. */
  private JsonNode fromOthers(JsonNode items) {
    ArrayNode others = PackForm.JSON.createArrayNode();
    items.forEach(item -> {
      if (!item.get("authority").asText().equals(us)) {
        others.add(item);
      }
    });
    return others;
  }

  // When something happens to the whole case.

  @Override
  public Set<String> tables() {
    return Set.of("pack", "pack_kept_back", "from_elsewhere");
  }

  @Override
  public Map<String, String> staysWhenSplit() {
    return Map.of("from_elsewhere", "What others wrote about a child is read by the child, in whichever case.");
  }

  /** Of a meeting about brothers and sisters who came one after the other both cases may have the same: once is enough. */
  @Override
  public void joined(Joining joining) {
    joining.update(jdbc.sql("""
        update from_elsewhere e set case_id = :stays where case_id = :duplicate and not exists (select from from_elsewhere s
          where s.case_id = :stays and s.id = e.id)"""));
  }
}
