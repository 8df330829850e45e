package org.followthrough.support;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.followthrough.family.CaseRecords;
import org.followthrough.family.Correction;
import org.followthrough.family.Dated;
import org.followthrough.family.Events;
import org.followthrough.family.Families;
import org.followthrough.family.Persons;
import org.followthrough.page.Option;
import org.followthrough.page.Refusal;
import org.followthrough.page.Rows;
import org.followthrough.page.Words;
import org.followthrough.plan.Plans;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Help for children: of what kind, who has taken it over by name, and whether it helps. */
@Component
public class Supports implements CaseRecords, Dated {

  public static final String EARLY_HELP = "early-help";
  public static final String CHILD_IN_NEED = "child-in-need";
  public static final String STEP_DOWN = "step-down";

  /** From the lightest help to the gravest; graver help takes a child over from lighter. */
  private static final List<List<String>> BY_WEIGHT = List.of(List.of(EARLY_HELP), List.of(CHILD_IN_NEED, STEP_DOWN),
      List.of("legal-action"));

  /**
   * Help.
   *
   * @param help what is arranged; null until somebody has arranged it
   * @param declinedWhy why the one who was asked last could not
   * @param acceptedAt null until somebody has taken it over
   */
  public record Support(UUID id, UUID caseId, String kind, Instant begunAt, String help, Receiver receiver, String declinedWhy,
      Instant acceptedAt) {}

  /** What help begins with. */
  public record Need(UUID caseId, UUID contactId, UUID follows, String kind, List<UUID> children) {}

  /** Who takes it over: one of the team, or somebody of an agency by name; all null while nobody is named. */
  public record Receiver(String user, String name, String agency) {}

  /**
   * What became of a need.
   *
   * @param support empty when every child is helped so already
   * @param replaced what had lost its last child to this one, and ends
   */
  public record Begun(Optional<UUID> support, List<UUID> replaced) {}

  private final JdbcClient jdbc;
  private final Families families;
  private final Persons persons;
  private final Plans plans;

  Supports(JdbcClient jdbc, Families families, Persons persons, Plans plans) {
    this.jdbc = jdbc;
    this.families = families;
    this.persons = persons;
    this.plans = plans;
  }

  @Override
  public Map<String, Consumer<Correction>> events() {
    return Map.of("Support accepted", accepted -> {
      accepted.notBefore(accepted.found("select begun_at from support where id = :subject").orElse(null),
          "It would be accepted before it was needed.");
      accepted.notAfter(accepted.found("select min(reviewed_at) from support_review where support_id = :subject").orElse(null),
          "It would be accepted after its first review.");
      accepted.move("update support set accepted_at = :now where id = :subject and accepted_at = :was");
      accepted.with("Support last reviewed");
    }, "Support reviewed", reviewed -> {
      reviewed.notBefore(reviewed.found("select accepted_at from support where id = :subject").orElse(null),
          "The review would lie before the help was accepted.");
      reviewed.move("update support_review set reviewed_at = :now where support_id = :subject and reviewed_at = :was");
      reviewed.move("update support set ended_at = :now where id = :subject and ended_at = :was");
      reviewed.move("update support_child set ended_at = :now where support_id = :subject and ended_at = :was");
      reviewed.with("Support last reviewed", Events.CLOSING_NEEDED);
    });
  }

  /** The children for whom the standing decision on a contact is early help. */
  public List<UUID> decidedOn(UUID contact) {
    return jdbc.sql("""
            select part.person_id from decision d join decision_child part on part.decision_id = d.id
            where d.contact_id = :contact and d.taken_back_at is null and part.response = 'early-help'""")
        .param("contact", contact).query(UUID.class).list();
  }

  /** The children for whom an assessment ended in this kind of help. */
  public List<UUID> decidedAfter(UUID assessment, String kind) {
    return jdbc.sql("select person_id from assessment_child where assessment_id = :id and next_step = :kind").param("id", assessment)
        .param("kind", kind).query(UUID.class).list();
  }

  /**
   * The children for whom a conference or an enquiry has decided on help; where it named none, all children of the case of whom a referral
   * is open and who have no plan of protection. Only the living count.
   */
  public List<UUID> namedBy(UUID conferenceOrEnquiry, UUID caseId) {
    List<UUID> named = jdbc.sql("""
            select person_id from meeting_outcome where meeting_id = :id and outcome in ('support-without-plan', 'plan-ends-with-support')
            union select person_id from enquiry_child where enquiry_id = :id and next_step in ('child-in-need', 'legal-action')""")
        .param("id", conferenceOrEnquiry).query(UUID.class).list();
    return families.children(caseId).stream().map(child -> UUID.fromString(child.value()))
        .filter(child -> named.isEmpty() ? withoutHelp(child) : named.contains(child))
        .toList();
  }

  private boolean withoutHelp(UUID child) {
    return jdbc.sql("""
            select exists (select from episode where person_id = :child and closed_at is null)
              and not exists (select from plan where person_id = :child and kind = 'child-protection' and ended_on is null)""")
        .param("child", child).query(Boolean.class).single();
  }

  /**
   * Begins help for those of these children who are alive and not helped so, or more gravely, already. From lighter help, and always
   * where a conference or an enquiry asks, the children are taken over.
   *
   * @param always whether the children are taken over from whatever help they have
   */
  public Begun begin(Need need, boolean always, Instant at) {
    families.lock(need.caseId());
    List<UUID> taken = need.children().stream().filter(child -> always || weight(need.kind()) > weightNow(child))
        .filter(child -> jdbc.sql("select died_on is null from person where id = :id").param("id", child).query(Boolean.class)
            .single()).toList();
    if (taken.isEmpty()) {
      return new Begun(Optional.empty(), List.of());
    }
    UUID id = UUID.randomUUID();
    jdbc.sql("insert into support (id, case_id, contact_id, follows, kind, begun_at) values (:id, :case, :contact, :follows, :kind, :at)")
        .param("id", id).param("case", need.caseId()).param("contact", need.contactId()).param("follows", need.follows())
        .param("kind", need.kind()).param("at", Timestamp.from(at)).update();
    return new Begun(Optional.of(id), takeOver(id, taken, at));
  }

  private static int weight(String kind) {
    return BY_WEIGHT.indexOf(BY_WEIGHT.stream().filter(kinds -> kinds.contains(kind)).findFirst().orElseThrow());
  }

  private int weightNow(UUID child) {
    return jdbc.sql("select s.kind from support s join support_child c on c.support_id = s.id where c.person_id = :child "
        + "and c.ended_at is null")
        .param("child", child).query(String.class).optional().map(Supports::weight).orElse(-1);
  }

  /** @return what has lost its last child by it */
  private List<UUID> takeOver(UUID id, List<UUID> children, Instant at) {
    jdbc.sql("update support_child set ended_at = :at where person_id in (:children) and support_id <> :id and ended_at is null")
        .param("at", Timestamp.from(at)).param("children", children).param("id", id).update();
    for (UUID child : children) {
      jdbc.sql("insert into support_child (support_id, person_id) values (:id, :child) "
          + "on conflict (support_id, person_id) do update set ended_at = null")
          .param("id", id).param("child", child).update();
    }
    return jdbc.sql("""
            select distinct s.id from support s join support_child c on c.support_id = s.id and c.person_id in (:children) and s.id <> :id
            where s.ended_at is null and not exists (select from support_child o where o.support_id = s.id and o.ended_at is null)""")
        .param("children", children).param("id", id).query(UUID.class).list();
  }

  /** The help of an id; empty where the id is something else's. */
  public Optional<Support> find(UUID id) {
    return jdbc.sql("select * from support where id = :id").param("id", id)
        .query((row, n) -> new Support(id, row.getObject("case_id", UUID.class), row.getString("kind"), Rows.instant(row, "begun_at"),
            row.getString("help"), new Receiver(row.getString("receiver_user"), row.getString("receiver_name"),
            row.getString("receiver_agency")), row.getString("declined_why"), Rows.instant(row, "accepted_at"))).optional();
  }

  /** The living children who are helped, as choices for a form, the eldest first and the unborn last. */
  public List<Option> children(UUID id) {
    return jdbc.sql("""
            select c.person_id from support_child c join person p on p.id = c.person_id
            where c.support_id = :id and c.ended_at is null and p.died_on is null order by p.born_on nulls last, c.person_id""")
        .param("id", id).query(UUID.class).list().stream().map(child -> new Option(persons.name(child), child.toString())).toList();
  }

  /** The living children of a case whom no other help has: they may be part of this one. */
  public List<Option> mayBeHelped(UUID id, UUID caseId) {
    List<String> others = jdbc.sql("select person_id::text from support_child where support_id <> :id and ended_at is null")
        .param("id", id).query(String.class).list();
    return families.children(caseId).stream().filter(child -> !others.contains(child.value())).toList();
  }

  /**
   * Keeps what was arranged. Help for a child in need, after a plan of protection or beside the court begins a plan for each child;
   * early help has none, and ends one that is left.
   *
   * @throws Refusal when a child has a plan of protection (returns rules 4001, 4016), or no referral is open for it (8832)
   */
  public void arrange(UUID id, String kind, List<UUID> children, String help, Receiver receiver, LocalDate on, Instant at, String by) {
    UUID caseId = find(id).orElseThrow().caseId();
    families.lock(caseId);
    for (UUID child : children) {
      Optional<Plans.Plan> plan = plans.ofChild(child);
      if (!kind.equals(EARLY_HELP) && plan.map(Plans.Plan::kind).filter(Plans.CHILD_PROTECTION::equals).isPresent()) {
        throw new Refusal("children", "One of these children has a protection plan. A child has one plan at a time: "
            + "leave this child out here, or wait for the conference that ends it.");
      }
      if (!kind.equals(EARLY_HELP) && !jdbc.sql("select exists (select from episode where person_id = :child and closed_at is null)")
          .param("child", child).query(Boolean.class).single()) {
        throw new Refusal("children", "For one of these children no referral is open. Leave this child out, "
            + "or take the concern down as a new contact first.");
      }
      if (kind.equals(EARLY_HELP)) {
        plan.filter(running -> running.kind().equals(Plans.CHILD_IN_NEED))
            .ifPresent(running -> plans.end(running.id(), on, "support-ended", null, at, by));
      } else if (plan.isEmpty()) {
        plans.begin(Plans.CHILD_IN_NEED, child, caseId, null, on, null, at, by);
      }
    }
    jdbc.sql("update support_child set ended_at = :at where support_id = :id and person_id not in (:children) and ended_at is null")
        .param("at", Timestamp.from(at)).param("id", id).param("children", children).update();
    takeOver(id, children, at);
    jdbc.sql("""
            update support set kind = :kind, help = :help, receiver_user = :user, receiver_name = :name, receiver_agency = :agency
              where id = :id""")
        .param("kind", kind).param("help", help).param("user", receiver.user()).param("name", receiver.name())
        .param("agency", receiver.agency()).param("id", id).update();
  }

  /** The one lead professional of the children who are helped; empty when they have none, or several. */
  public Optional<String> lead(UUID id) {
    List<String> leads = jdbc.sql("""
            select distinct l.user_id from support_child c join lead_professional l on l.person_id = c.person_id and l.until is null
            where c.support_id = :id and c.ended_at is null""").param("id", id).query(String.class).list();
    return leads.size() == 1 ? Optional.of(leads.get(0)) : Optional.empty();
  }

  /** Keeps that the one who was named has taken it over. */
  public void accept(UUID id, Instant at, String by) {
    jdbc.sql("update support set accepted_at = :at, accepted_by = :by, declined_why = null where id = :id").param("at", Timestamp.from(at))
        .param("by", by).param("id", id).update();
  }

  /** Keeps why the one who was named cannot take it over. */
  public void decline(UUID id, String why) {
    jdbc.sql("update support set declined_why = :why where id = :id").param("why", why).param("id", id).update();
  }

  /**
   * Keeps whether it helps a child.
   *
   * @param how {@code better}, {@code same} or {@code worse}
   */
  public void review(UUID id, UUID child, String how, String evidence, Instant at, String by) {
    jdbc.sql("insert into support_review (support_id, person_id, how, evidence, reviewed_at, reviewed_by) "
        + "values (:id, :child, :how, :evidence, :at, :by)")
        .param("id", id).param("child", child).param("how", how).param("evidence", evidence).param("at", Timestamp.from(at))
        .param("by", by).update();
  }

  /** What the reviews said so far, a line of Markdown each, the newest first. */
  public List<String> reviews(UUID id) {
    return jdbc.sql("select person_id, how, evidence, reviewed_at from support_review where support_id = :id "
        + "order by reviewed_at desc, person_id").param("id", id)
        .query((row, n) -> "- " + Words.date(Rows.instant(row, "reviewed_at")) + ", "
            + Words.escaped(persons.name(row.getObject("person_id", UUID.class)))
            + ": **" + row.getString("how") + "**. " + Words.escaped(row.getString("evidence"))).list();
  }

  /** Ends help; without effect on what has ended already. */
  public void end(UUID id, String how, Instant at) {
    jdbc.sql("update support set ended_at = :at, ended_as = :how where id = :id and ended_at is null").param("at", Timestamp.from(at))
        .param("how", how).param("id", id).update();
    jdbc.sql("update support_child set ended_at = :at where support_id = :id and ended_at is null").param("at", Timestamp.from(at))
        .param("id", id).update();
  }

  /** Whether help that nobody has accepted yet is still wanted when the decision on its contact is taken back. */
  public boolean stillWanted(UUID id) {
    return jdbc.sql("""
            select exists (select from support s where s.id = :id and (s.follows is not null or s.accepted_at is not null
              or exists (select from support_child c join decision_child part on part.person_id = c.person_id
                and part.response = 'early-help'
                join decision d on d.id = part.decision_id and d.taken_back_at is null and d.contact_id is distinct from s.contact_id
                where c.support_id = s.id and c.ended_at is null)))""")
        .param("id", id).query(Boolean.class).single();
  }

  // When something happens to the whole case.

  @Override
  public Set<String> tables() {
    return Set.of("support", "support_child", "support_review");
  }

  @Override
  public void split(Split split) {
    split.update(jdbc.sql("""
        update support set case_id = :other where case_id = :case
          and exists (select from support_child c where c.support_id = support.id and c.ended_at is null)
          and not exists (select from support_child c where c.support_id = support.id and c.ended_at is null and c.person_id not in
            (:leaving))"""));
  }

  @Override
  public List<UUID> wentAlong(UUID splitOff) {
    return jdbc.sql("select id from support where case_id = :case").param("case", splitOff).query(UUID.class).list();
  }

  @Override
  public void joined(Joining joining) {
    joining.update(jdbc.sql("update support set case_id = :stays where case_id = :duplicate"));
  }

  @Override
  public List<UUID> left(Leaving leaving) {
    jdbc.sql("update support_child set ended_at = :at where person_id in (:children) and ended_at is null")
        .param("at", Timestamp.from(leaving.at()))
        .param("children", leaving.children()).update();
    return jdbc.sql("""
            update support s set ended_at = :at, ended_as = 'no-longer-needed' where case_id = :case and ended_at is null
              and not exists (select from support_child c where c.support_id = s.id and c.ended_at is null) returning id""")
        .param("at", Timestamp.from(leaving.at())).param("case", leaving.caseId()).query(UUID.class).list();
  }

  @Override
  public List<String> keepsOpen(UUID caseId) {
    return jdbc.sql("select 'Help goes on.' from support where case_id = :case and ended_at is null").param("case", caseId)
        .query(String.class).list();
  }

  @Override
  public List<String> goesOn(UUID child, UUID except) {
    return jdbc.sql("select 'other support goes on' from support_child where person_id = :child and ended_at is null "
        + "and support_id is distinct from :except")
        .param("child", child).param("except", except).query(String.class).list();
  }
}
