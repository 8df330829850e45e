package org.followthrough.move.pack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.followthrough.family.Confidences;
import org.followthrough.family.Redaction;
import org.followthrough.meeting.AgreedActions;
import org.followthrough.move.Moves;
import org.followthrough.page.Option;
import org.followthrough.page.Refusal;
import org.followthrough.page.Words;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What goes along with children who move: what we have recorded and what others had before us, all in one form. Of children who stay
 * nothing does; where a text names one, the name is taken out of it.
 */
@Component
class PackContent {

  private static final String ANOTHER_CHILD = "[another child]";
  private static final String SOMEBODY_ELSE = "[somebody else]";
  private static final Pattern CODE = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\\d{4}-\\d{2}-\\d{2}(T[0-9:.]+Z)?");
  /** Keys of items of ours under which a user stands, who is named to others in words. */
  private static final Set<String> USERS = Set.of("recordedBy", "decidedBy", "agreedBy", "writtenBy", "chairedBy", "chair",
      "analysedBy", "reportedBy", "acceptedBy", "reviewedBy", "worker");
  /** Where a list has lost everything because it is about children who stay, the whole is about them. */
  private static final Set<String> OF_CHILDREN = Set.of("children", "outcomes");
  private static final int LISTED = 100;

  private final JdbcClient jdbc;
  private final Moves moves;
  private final Confidences confidences;
  private final AgreedActions actions;
  private final String us;
  private final String ourName;

  PackContent(JdbcClient jdbc, Moves moves, Confidences confidences, AgreedActions actions,
      @Value("${followthrough.authority.code}") String us, @Value("${followthrough.authority.name}") String ourName) {
    this.jdbc = jdbc;
    this.moves = moves;
    this.confidences = confidences;
    this.actions = actions;
    this.us = us;
    this.ourName = ourName;
  }

  /** The content of a pack, as the record has it now. */
  ObjectNode content(UUID moveId, Instant at, String by, UnaryOperator<String> names) {
    Map<String, String> known = new HashMap<>();
    Going going = going(moveId, user -> known.computeIfAbsent(user, names));
    if (going.children.isEmpty()) {
      throw new Refusal("Nobody moves here any more, so there is nothing to send.");
    }
    ObjectNode content = PackForm.JSON.createObjectNode();
    content.set("move", move(going, at, by));
    content.set("people", going.people);
    content.set("network", going.cleaned(network(going)));
    content.set("legalStatus", going.cleaned(legalStatus(going)));
    content.set("chronology", going.cleaned(going.withoutLinesOfOthers(chronology(going))));
    for (PackSection section : PackSection.values()) {
      content.set(section.key, section(section, going));
    }
    writable(content);
    return content;
  }

  /**
   * What a worker should look at before it goes, because somebody else is in it: people of the family who live elsewhere, professionals
   * who are only about children who stay, and what names such a child. Each by the id under which {@link Packs#keepBack} takes it.
   */
  List<Option> thirdParties(UUID moveId) {
    Going going = going(moveId, UnaryOperator.identity());
    List<Option> found = new ArrayList<>();
    going.people.forEach(person -> {
      if (!person.path("child").asBoolean() && !person.path("lives").asText().equals("with-the-children")) {
        found.add(new Option(going.nameOf(person) + ", " + Words.spoken(person.path("relation").asText("of the family")) + ", "
            + (person.path("lives").asText().equals("elsewhere") ? "lives elsewhere"
                : Words.spoken(person.path("lives").asText("not known where"))),
            person.get("id").asText()));
      }
    });
    Set<String> ofOthers = Set.copyOf(jdbc.sql("""
            select i.id::text from involvement i join contact_person p on p.contact_id = i.contact_id and p.child
            group by i.id having not bool_or(p.person_id in (:children)) and bool_or(p.person_id in (:staying))""")
        .param("children", going.children).param("staying", going.staying.isEmpty() ? List.of(new UUID(0, 0)) : going.staying)
        .query(String.class).list());
    network(going).stream().filter(one -> ofOthers.contains(one.get("id").asText()))
        .forEach(one -> found.add(new Option(one.path("name").asText(Words.sentence(one.get("agency").asText())) + ", "
            + Words.spoken(one.get("agency").asText()) + ": came in about a child who stays", one.get("id").asText())));
    List<ObjectNode> lines = new ArrayList<>(going.withoutLinesOfOthers(chronology(going)));
    Collections.reverse(lines);
    Stream.concat(rows(PackSection.MEETINGS, going).stream().filter(one -> one.has("minutes"))
            .map(one -> naming(going, one.get("minutes"), "Minutes, " + Words.spoken(one.get("kind").asText()), "agreedAt")),
        lines.stream().map(line -> naming(going, line, line.get("what").asText(), "happenedAt"))).flatMap(Optional::stream)
        .limit(LISTED).forEach(found::add);
    return found;
  }

  private static Optional<Option> naming(Going going, JsonNode item, String what, String when) {
    return going.names(item) ? Optional.of(new Option(what + ", " + Words.moment(Instant.parse(item.get(when).asText()))
        + ": names a child who stays (the name is taken out)", item.get("id").asText())) : Optional.empty();
  }

  private Going going(UUID moveId, UnaryOperator<String> names) {
    Moves.Move move = moves.get(moveId);
    List<UUID> children = moves.children(moveId).stream().map(Moves.Moving::personId).filter(child -> child != null).toList();
    return children.isEmpty() ? new Going(move, children, names) : new Going(move, children, names).read();
  }

  /** Who and what goes along with the children of a move, and what is taken out of what does. */
  private final class Going {

    final Moves.Move move;
    final List<UUID> children;
    final UnaryOperator<String> names;
    final ArrayNode people = PackForm.JSON.createArrayNode();
    List<UUID> staying = List.of();
    private final Set<String> moving;
    private final Set<String> along = new HashSet<>();
    private final Set<String> others = new HashSet<>();
    private final Set<String> keptBack = new HashSet<>();
    private final Set<String> firstNames = new HashSet<>();
    private List<String> namesOfOthers = List.of();
    private List<String> leftOut = List.of();
    private Redaction othersNames;
    private Redaction keptBackNames;
    private Redaction untold;

    Going(Moves.Move move, List<UUID> children, UnaryOperator<String> names) {
      this.move = move;
      this.children = children;
      this.names = names;
      this.moving = children.stream().map(UUID::toString).collect(Collectors.toSet());
    }

    Going read() {
      keptBack.addAll(jdbc.sql("select item from pack_kept_back where move_id = :move").param("move", move.id())
          .query(String.class).list());
      people(this).stream().filter(person -> !keptBack.contains(person.get("id").asText())).forEach(person -> {
        people.add(person);
        along.add(person.get("id").asText());
      });
      staying = query("""
          select distinct c.person_id from case_person c join home h on h.id = c.case_id where c.child
            and c.person_id not in (:children)""", UUID.class);
      others.addAll(query("select distinct c.person_id::text from case_person c join home h on h.id = c.case_id", String.class));
      others.removeAll(along);
      namesOfOthers = namesOf(staying);
      leftOut = namesOf(others.stream().map(UUID::fromString).toList());
      List<String> everybody = new ArrayList<>(query("""
          select a.name from attendance a join meeting m on m.id = a.meeting_id join home h on h.id = m.case_id
          where trim(a.name) like '% %' and a.person_id is null""", String.class).stream()
          .filter(name -> leftOut.stream().noneMatch(name::equalsIgnoreCase)).toList());
      people.forEach(person -> person.path("names").forEach(name -> everybody.add(name.path("first").asText() + " "
          + name.path("last").asText())));
      people.forEach(person -> {
        if (moving.contains(person.get("id").asText())) {
          person.path("names").forEach(name -> firstNames.add(name.path("first").asText()));
        }
      });
      firstNames.remove("");
      othersNames = hiding(namesOfOthers, everybody);
      // of adults who do not go along texts may speak, unless the worker has kept them back
      keptBackNames = hiding(namesOf(others.stream().filter(keptBack::contains).map(UUID::fromString).filter(one -> !staying.contains(one))
          .toList()), everybody);
      untold = new Redaction(Stream.concat(query("""
          select c.referrer_name from contact c join home h on h.id = c.case_id where c.withhold_name and c.referrer_name is not null""",
          String.class)
          .stream().map(name -> new Redaction.Fact(Redaction.Kind.NAME, "the name of somebody who asked not to be named", name)), query("""
          select r from contact c join home h on h.id = c.case_id, unnest(array[c.referrer_phone, c.referrer_reach]) r
          where c.withhold_name and r is not null""", String.class)
          .stream().map(reach -> new Redaction.Fact(Redaction.Kind.PHONE, "the number of somebody who asked not to be named", reach)))
          .toList(), everybody);
      return this;
    }

    private static Redaction hiding(List<String> names, List<String> everybody) {
      return new Redaction(names.stream().map(name -> new Redaction.Fact(Redaction.Kind.NAME, "the name of somebody who stays", name))
          .toList(), everybody);
    }

    private List<String> namesOf(List<UUID> people) {
      return people.isEmpty() ? List.of() : jdbc.sql("select trim(first_name || ' ' || last_name) from person_name "
          + "where person_id in (:ids)")
          .param("ids", people).query(String.class).list().stream().filter(name -> !name.isEmpty()).toList();
    }

    private <T> List<T> query(String sql, Class<T> type) {
      return jdbc.sql(PackSection.HOME + sql).param("children", children).query(type).list();
    }

    String nameOf(JsonNode person) {
      JsonNode name = person.path("names").path(0);
      String said = (name.path("first").asText() + " " + name.path("last").asText()).strip();
      return said.isEmpty() ? "Name not known" : said;
    }

    ArrayNode cleaned(List<ObjectNode> items) {
      ArrayNode all = PackForm.JSON.createArrayNode();
      items.stream().filter(item -> clean(item)).forEach(all::add);
      return all;
    }

    /** @return whether anything is left that may go */
    boolean clean(ObjectNode item) {
      if (keptBack.contains(item.path("id").asText()) || item.has("child") && !moving.contains(item.get("child").asText())
          || item.has("person") && !along.contains(item.get("person").asText())) {
        return false;
      }
      for (String key : keys(item)) {
        JsonNode value = item.get(key);
        if (value instanceof ArrayNode list) {
          ArrayNode left = PackForm.JSON.createArrayNode();
          list.forEach(one -> cleaned(one).ifPresent(left::add));
          if (left.isEmpty() && !list.isEmpty() && OF_CHILDREN.contains(key)) {
            return false;
          }
          item.set(key, left);
        } else {
          cleaned(value).ifPresentOrElse(left -> item.set(key, left), () -> item.remove(key));
        }
      }
      return true;
    }

    private Optional<JsonNode> cleaned(JsonNode value) {
      if (value instanceof ObjectNode object) {
        return clean(object) ? Optional.of(object) : Optional.empty();
      }
      return value.isTextual() ? Optional.ofNullable(told(value.asText())).map(TextNode::new) : Optional.of(value);
    }

    private String told(String text) {
      return CODE.matcher(text).matches() ? others.contains(text) ? null : text
          : untold.without(keptBackNames.masked(othersNames.masked(text, ANOTHER_CHILD), SOMEBODY_ELSE));
    }

    boolean names(JsonNode node) {
      return node.isTextual() ? !CODE.matcher(node.asText()).matches() && !othersNames.masked(node.asText(), ANOTHER_CHILD)
          .equals(node.asText())
          : StreamSupport.stream(node.spliterator(), false).anyMatch(this::names);
    }

    /**
     * Without lines that are about a child who stays, though they stand in the family's chronology: where such a child was taken down or
     * decided on. Of a page with a place for each child nobody can tell whose places they were: the section about it says it child by
     * child.
     */
    List<ObjectNode> withoutLinesOfOthers(List<ObjectNode> lines) {
      Set<String> gone = new HashSet<>();
      Map<String, String> correct = new HashMap<>();
      for (ObjectNode line : lines) {
        if (line.has("corrects")) {
          correct.put(line.get("corrects").asText(), line.get("id").asText());
        }
        if (keptBack.contains(line.get("id").asText()) || ofOthers(line)) {
          gone.add(line.get("id").asText());
        }
      }
      // what a line corrects goes where it goes, newest first
      Set<String> whole = lines.stream().map(line -> line.get("id").asText()).filter(id -> {
        String newest = id;
        boolean any = gone.contains(newest);
        while (correct.containsKey(newest)) {
          newest = correct.get(newest);
          any |= gone.contains(newest);
        }
        return !any;
      }).collect(Collectors.toCollection(LinkedHashSet::new));
      return lines.stream().filter(line -> whole.contains(line.get("id").asText()))
          .filter(line -> !line.has("corrects") || whole.contains(line.get("corrects").asText())).map(this::withoutPlaces).toList();
    }

    private boolean ofOthers(JsonNode line) {
      List<String> said = new ArrayList<>();
      line.path("fields").forEach(field -> said.add(field.path("value").asText()));
      // the page on which somebody was taken down is about them alone; on another an adult's name says with whom we spoke
      List<String> names = line.get("what").asText().startsWith("Person ") ? leftOut : namesOfOthers;
      return said.stream().anyMatch(value -> names.stream().anyMatch(name -> value.equals(name) || value.startsWith(name + ",")
              || value.equals(name.split(" ")[0])))
          && Stream.concat(said.stream(), Stream.of(line.path("words").asText()))
          .noneMatch(value -> firstNames.stream().anyMatch(value::contains));
    }

    private ObjectNode withoutPlaces(ObjectNode line) {
      if (!namesOfOthers.isEmpty() && !line.has("child")) {
        Map<String, Long> labels = StreamSupport.stream(line.path("fields").spliterator(), false)
            .collect(Collectors.groupingBy(field -> field.path("label").asText(), Collectors.counting()));
        ArrayNode left = PackForm.JSON.createArrayNode();
        line.path("fields").forEach(field -> {
          if (labels.get(field.path("label").asText()) == 1) {
            left.add(field);
          }
        });
        line.set("fields", left);
      }
      return line;
    }
  }

  // What we have recorded --------------------------------------------------------------------------------------------------

  private ObjectNode move(Going going, Instant at, String by) {
    ObjectNode move = one("""
        select jsonb_build_object('id', m.id, 'to', coalesce(m.authority, m.team), 'destination', m.destination, 'onlyForATime',
          m.only_for_a_time,
          'staysUntil', m.stays_until, 'learnedAt', pack_moment(m.learned_at), 'learnedFrom', m.learned_from, 'movesOn', m.moves_on,
            'why', m.why,
          'address', m.address, 'calledAt', pack_moment(m.called_at), 'spokeWith', m.spoke_with, 'safety', m.safety,
          'meaning', jsonb_build_object('distance', m.distance, 'supportLost', m.support_lost, 'newServices', m.new_services,
            'appointments', m.appointments, 'networkThen', m.network_then, 'risk', m.risk, 'comesTo', m.comes_to,
            'weighedAt', pack_moment(m.weighed_at), 'weighedBy', m.weighed_by),
          'leaving', coalesce((select jsonb_agg(jsonb_build_object('id', l.id, 'agency', agency_of(l.agency), 'name', l.name,
            'role', with_organisation(l.role, l.agency), 'reach', l.reach,
            'successor', with_organisation(l.successor, l.successor_agency), 'successorAgency', agency_of(l.successor_agency),
            'successorReach', l.successor_reach, 'noneWhy', l.none_why,
            'watchedBy', l.watched_by, 'confirmedAt', pack_moment(l.confirmed_at), 'confirmedHow', l.confirmed_how) order by l.position)
            from move_leaving l where l.move_id = m.id), '[]'),
          'family', (select reference from family_case where id = m.case_id),
          'children', (select jsonb_agg(jsonb_build_object('child', c.person_id, 'staysBecause', c.stays_because,
            'leadProfessional', (select user_id from lead_professional p where p.person_id = c.person_id and p.until is null),
            'team', (select team from responsibility r where r.person_id = c.person_id and r.until is null)) order by c.person_id)
            from move_child c where c.move_id = m.id and c.person_id is not null))
        from move m where m.id = :move""", going, Map.of("move", going.move.id()));
    going.clean(move);
    move.set("from", PackForm.JSON.createObjectNode().put("code", us).put("name", ourName));
    move.put("madeAt", jdbc.sql("select pack_moment(:at)").param("at", Timestamp.from(at)).query(String.class).single());
    move.put("madeBy", going.names.apply(by));
    move.path("children").forEach(child -> named((ObjectNode) child, Set.of("leadProfessional"), going.names));
    named((ObjectNode) move.get("meaning"), Set.of("weighedBy"), going.names);
    return move;
  }

  /** The moving children, the adults who live with them, and their parents wherever they live. */
  private List<ObjectNode> people(Going going) {
    return items("""
        select jsonb_build_object('id', p.id, 'child', c.child, 'relation', c.relation, 'lives', c.lives,
          'names', coalesce((select jsonb_agg(jsonb_build_object('first', n.first_name, 'last', n.last_name) order by n.position)
            from person_name n where n.person_id = p.id), '[]'),
          'nameCheckedWith', p.name_checked_with, 'bornOn', p.born_on, 'ageAbout', p.age_about, 'expectedOn', p.expected_on, 'diedOn',
            p.died_on,
          'sex', p.sex, 'address', p.address, 'addressProtected', p.address_protected, 'phone', p.phone, 'language', p.language,
          'interpreter', p.interpreter, 'format', p.format, 'advocate', p.advocate, 'disability', p.disability)
        from case_person c join person p on p.id = c.person_id
        where c.case_id = :case and c.until is null and (p.id in (:children)
          or not c.child and (c.lives = 'with-the-children' or c.relation in ('mother', 'father')))
        order by not c.child, p.born_on, p.expected_on, p.id""", going, Map.of("case", going.move.caseId()));
  }

  private List<ObjectNode> network(Going going) {
    return items("""
        select jsonb_build_object('id', n.id, 'authority', coalesce(n.authority, :us), 'agency', agency_of(n.agency),
          'name', n.name, 'role', n.role,
          'reach', n.reach, 'coreGroup', n.core_group, 'since', pack_moment(n.since), 'until', pack_moment(n.until))
        from (
          select i.id, i.authority, i.case_id, i.agency, case when c.withhold_name is not true then i.name end as name,
            case when c.withhold_name is not true then with_organisation(i.role, i.agency) else i.role end as role,
            case when c.withhold_name is not true then i.phone end as reach, i.core_group, i.since, i.until
          from involvement i left join contact c on c.id = i.contact_id
          union all select g.id, null, g.case_id, coalesce(g.agency, 'family'), g.name, with_organisation(g.role, g.agency), g.reach,
            true, g.since, g.until
          from core_group_member g) n join home h on h.id = n.case_id where n.since <= h.until order by n.since, n.id""",
        going, Map.of("us", us));
  }

  private List<ObjectNode> legalStatus(Going going) {
    return items("""
        select jsonb_build_object('id', s.id, 'authority', coalesce(s.authority, :us), 'child', s.person_id, 'status', s.status,
          'since', pack_moment(s.since), 'until', pack_moment(s.until), 'recordedAt', pack_moment(s.recorded_at), 'recordedBy',
            s.recorded_by)
        from legal_status s where s.person_id in (:children) order by s.since, s.id""", going, Map.of("us", us));
  }

  /** The lines of the moving children, and those of the whole family from the time in which they belonged to it. */
  private List<ObjectNode> chronology(Going going) {
    return items("""
        select jsonb_build_object('id', e.id, 'authority', coalesce(e.authority, :us), 'child', e.person_id, 'about', e.subject_id,
          'what', e.what,
          'happenedAt', pack_moment(e.happened_at), 'recordedAt', pack_moment(e.recorded_at), 'recordedBy', e.recorded_by,
          'onBehalfOf', e.on_behalf_of, 'onBehalfHow', e.on_behalf_how, 'nature', e.nature, 'words', e.words, 'fields', e.fields,
          'corrects', e.corrects, 'correctionWhy', e.correction_why)
        from chronology_entry e join home h on h.id = e.case_id
        where e.person_id in (:children) or e.person_id is null and e.recorded_at <= h.until
        order by e.happened_at, e.recorded_at, e.position""", going, Map.of("us", us));
  }

  /** A section: what we have recorded ourselves, and what others had before us. */
  private ArrayNode section(PackSection section, Going going) {
    List<ObjectNode> all = new ArrayList<>(rows(section, going));
    List<UUID> meetings = all.stream().filter(item -> item.has("minutes")).map(item -> UUID.fromString(item.get("id").asText())).toList();
    Map<UUID, Redaction> kept = meetings.stream().collect(Collectors.toMap(meeting -> meeting, confidences::fromEverybody));
    all.stream().filter(item -> item.has("minutes")).forEach(item -> List.of("summary", "challenged").forEach(part -> {
      ObjectNode minutes = (ObjectNode) item.get("minutes");
      if (minutes.has(part)) {
        minutes.put(part, kept.get(UUID.fromString(item.get("id").asText())).without(minutes.get(part).asText()));
      }
    }));
    List<ObjectNode> elsewhere = new ArrayList<>(items("""
        select distinct on (e.id) e.item from from_elsewhere e
        where e.section = :section and (e.person_id in (:children) or e.person_id is null and e.case_id in (select id from home))
        order by e.id, e.taken_at desc""", going, Map.of("section", section.key)));
    all.addAll(elsewhere);
    all.sort(Comparator.comparing((ObjectNode item) -> item.path(section.order).asText()).thenComparing(item -> item.get("id").asText()));
    return going.cleaned(all);
  }

  private List<ObjectNode> rows(PackSection section, Going going) {
    List<ObjectNode> rows = items(section.ours, going, Map.of());
    Map<UUID, String> standing = section == PackSection.ACTIONS ? actions.standing(rows.stream()
        .map(row -> UUID.fromString(row.get("id").asText())).toList())
        : Map.of();
    rows.forEach(row -> {
      row.put("authority", us);
      named(row, USERS, going.names);
      if (section == PackSection.ASSESSMENTS) {
        written(row);
      }
      if (section == PackSection.ACTIONS) {
        row.put("stands", standing.get(UUID.fromString(row.get("id").asText())));
      }
    });
    return rows;
  }

  /** What was written on the pages of an assessment, in words: of the family, and of each child. */
  private static void written(ObjectNode assessment) {
    JsonNode page = assessment.remove("page");
    assessment.set("written", PackForm.JSON.createArrayNode());
    assessment.path("children").forEach(child -> ((ObjectNode) child).set("written", PackForm.JSON.createArrayNode()));
    for (String key : keys((ObjectNode) page)) {
      String said = page.get(key).isArray() ? "" : page.get(key).isBoolean() ? page.get(key).asBoolean()
          ? "Yes" : "No" : page.get(key).asText();
      ObjectNode whose = assessment;
      String what = key;
      for (JsonNode child : assessment.path("children")) {
        if (key.startsWith(child.get("child").asText())) {
          whose = (ObjectNode) child;
          what = key.substring(child.get("child").asText().length());
        }
      }
      if (!said.isBlank() && !what.isBlank()) {
        ((ArrayNode) whose.get("written")).addObject().put("label", Words.label(Character.toUpperCase(what.charAt(0)) + what.substring(1)))
            .put("value", said);
      }
    }
  }

  private List<ObjectNode> items(String sql, Going going, Map<String, Object> params) {
    List<ObjectNode> items = jdbc.sql(PackSection.HOME + "select jsonb_strip_nulls(i.item)::text from (" + sql + ") i (item)")
        .param("children", going.children).params(params).query((row, n) -> (ObjectNode) PackForm.parsed(row.getString(1))).list();
    items.stream().filter(item -> item.path("authority").asText().equals(us)).forEach(item -> named(item, USERS, going.names));
    return items;
  }

  private ObjectNode one(String sql, Going going, Map<String, Object> params) {
    return items(sql, going, params).get(0);
  }

  /** Users of ours under their names: nobody elsewhere knows their ids. */
  private static void named(ObjectNode item, Set<String> users, UnaryOperator<String> names) {
    for (String key : keys(item)) {
      JsonNode value = item.get(key);
      if (value.isTextual() && users.contains(key)) {
        item.put(key, names.apply(value.asText()));
      } else if (value.isObject()) {
        named((ObjectNode) value, users, names);
      } else {
        value.forEach(one -> {
          if (one.isObject()) {
            named((ObjectNode) one, users, names);
          }
        });
      }
    }
  }

  private static List<String> keys(ObjectNode node) {
    List<String> keys = new ArrayList<>();
    node.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  private static void writable(ObjectNode node) {
    for (String key : keys(node)) {
      JsonNode value = node.get(key);
      if (value.isTextual()) {
        node.put(key, PackForm.writable(value.asText()));
      } else {
        if (value.isObject()) {
          writable((ObjectNode) value);
        }
        value.forEach(one -> {
          if (one.isObject()) {
            writable((ObjectNode) one);
          }
        });
      }
    }
  }
}
