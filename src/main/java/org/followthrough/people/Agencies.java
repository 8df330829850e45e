package org.followthrough.people;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.IdentityService;
import org.followthrough.page.Option;
import org.followthrough.page.Refusal;
import org.followthrough.page.Words;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Where people come from. An agency is a kind (police, health, school) and an organisation is this school or that practice; both are
 * rows, and a new one is a row more. The record keeps the code of somebody's organisation, or of its kind where nobody knows more.
 * The code is the group in which their people sign in, and the group {@code <code>.safeguarding-lead} is asked when they are silent.
 */
@Component
public class Agencies {

  /** The authority's own social workers, who keep the case. */
  public static final String SOCIAL_CARE = "social-care";

  /** What stands for an agency where one of the family is meant. */
  public static final String FAMILY = "family";

  /** The list of {@link #offered()}, by the name under which a form takes its choices from it. */
  public static final String OFFERED = "offeredAgencies";

  /** The list of {@link #others()}. */
  public static final String OTHERS = "otherAgencies";

  /** The list of {@link #withFamily()}. */
  public static final String AND_FAMILY = "agenciesAndFamily";

  /**
   * A kind.
   *
   * @param name as forms offer it
   * @param countsAs for which agency its people speak where a quorum counts; null where for none
   * @param closed whether forms offer it no more, and only what is written names it
   */
  public record Agency(String code, String name, String countsAs, boolean closed) {}

  /**
   * One of a kind.
   *
   * @param agency the code of its kind
   * @param safeguardingLead who answers there for the safety of children, or null
   * @param reach how to reach them, or null
   * @param closed whether forms offer it no more, and only what is written names it
   */
  public record Organisation(String code, String name, String agency, String safeguardingLead, String reach, boolean closed) {

    /** Whom to ask there, as people say it; empty where nobody has written it down. */
    public String lead() {
      return Stream.of(Optional.ofNullable(safeguardingLead).map("safeguarding lead "::concat), Optional.ofNullable(reach))
          .flatMap(Optional::stream).collect(Collectors.joining(", "));
    }
  }

  private final JdbcClient jdbc;
  private final IdentityService identity;
  private final Directory directory;

  Agencies(JdbcClient jdbc, @Lazy IdentityService identity, Directory directory) {
    this.jdbc = jdbc;
    this.identity = identity;
    this.directory = directory;
  }

  /** Something that forms offer, of which agency it is, and for which it counts. */
  private record Choice(String label, String value, String agency, String countsAs) {}

  private Stream<Choice> choices() {
    return jdbc.sql("""
            select case when o.code is null then a.name else a.name || ': ' || o.name end as label, coalesce(o.code, a.code) as value,
              a.code as agency, a.counts_as
            from agency a cross join lateral (
              select null as code, null as name union all select code, name from organisation where agency = a.code and not closed) o
            where not a.closed order by a.position, a.name, a.code, o.name nulls first""").query(Choice.class).list().stream();
  }

  private static List<Option> options(Stream<Choice> choices) {
    return choices.map(choice -> new Option(choice.label(), choice.value())).toList();
  }

  /** Every agency as choices for a form, each followed by its organisations; what fits nowhere else comes last. */
  public List<Option> offered() {
    return options(choices());
  }

  /** The same without social care, where it is about others than us. */
  public List<Option> others() {
    return options(choices().filter(choice -> !choice.agency().equals(SOCIAL_CARE)));
  }

  /** The same as {@link #offered()}, and the family, where one of them may be meant. */
  public List<Option> withFamily() {
    return Stream.concat(offered().stream(), Stream.of(new Option("The family", FAMILY))).toList();
  }

  /** Those of {@link #offered()} whose people speak for this agency where a quorum counts. */
  public List<Option> speakingFor(String agency) {
    return options(choices().filter(choice -> agency.equals(choice.countsAs())));
  }

  /** The organisation of a code; empty where the code is a kind's, or nobody's here. */
  public Optional<Organisation> organisation(String code) {
    return jdbc.sql("select code, name, agency, safeguarding_lead, reach, closed from organisation where code = :code")
        .param("code", code).query(Organisation.class).optional();
  }

  /** The agency behind a code of the record: an organisation's kind, else the code itself. */
  public String agencyOf(String code) {
    return organisation(code).map(Organisation::agency).orElse(code);
  }

  /** For which agency somebody from there speaks where a quorum counts; who comes from where nobody here knows, for themselves. */
  public Optional<String> countsAs(String code) {
    String agency = agencyOf(code);
    List<Agency> known = jdbc.sql("select code, name, counts_as, closed from agency where code = :code").param("code", agency)
        .query(Agency.class).list();
    return known.isEmpty() ? Optional.of(agency) : Optional.ofNullable(known.get(0).countsAs());
  }

  /** For which agencies those speak where a quorum counts who come from there; each once. */
  public Set<String> countedAs(List<String> codes) {
    return codes.stream().distinct().flatMap(code -> countsAs(code).stream()).collect(Collectors.toSet());
  }

  /** The agencies that a quorum can ask for. */
  public List<String> counted() {
    return jdbc.sql("select distinct counts_as from agency where counts_as is not null order by 1").query(String.class).list();
  }

  /** A code as people say it in a sentence: an organisation by its name, else the code in words. Empty for null. */
  public String spoken(String code) {
    return organisation(code).map(Organisation::name).orElseGet(() -> Words.spoken(code));
  }

  /** The same with a capital. */
  public String sentence(String code) {
    return organisation(code).map(Organisation::name).orElseGet(() -> Words.sentence(code));
  }

  /** How somebody from there is reached: as was written down of them, else as their organisation is; null where nobody knows. */
  public String reach(String written, String code) {
    return written != null || code == null ? written : organisation(code).map(Organisation::reach).orElse(null);
  }

  /** The group that is asked when those are silent who come from there. */
  public static String leadGroup(String code) {
    return code + Sight.LEAD;
  }

  // Kept ------------------------------------------------------------------------------------------------------------------------

  /**
   * Keeps an agency under its code, in place of what was kept under it, and makes its groups.
   *
   * @throws Refusal when the code is no name of a group, or names something else
   */
  @Transactional
  public void keep(Agency agency, String by) {
    checkCode(agency.code(), agency.name());
    if (organisation(agency.code()).isPresent()) {
      throw new Refusal("code", "An organisation has this code. Give the agency another one.");
    }
    if (agency.countsAs() != null && !agency.countsAs().equals(agency.code()) && !isAgency(agency.countsAs())) {
      throw new Refusal("countsAs", "No agency has this code. Say for which one its people speak, or for none.");
    }
    jdbc.sql("""
            insert into agency (code, name, counts_as, closed, recorded_by) values (:code, :name, :counts, :closed, :by)
            on conflict (code) do update set name = excluded.name, counts_as = excluded.counts_as, closed = excluded.closed,
              recorded_by = excluded.recorded_by""")
        .param("code", agency.code()).param("name", agency.name()).param("counts", agency.countsAs()).param("closed", agency.closed())
        .param("by", by).update();
    makeGroups();
  }

  /**
   * Keeps an organisation under its code, in place of what was kept under it, and makes its groups.
   *
   * @throws Refusal when the code is no name of a group, or names something else, or the agency is not known
   */
  @Transactional
  public void keep(Organisation organisation, String by) {
    checkCode(organisation.code(), organisation.name());
    if (isAgency(organisation.code())) {
      throw new Refusal("code", "An agency has this code. Give the organisation another one.");
    }
    if (organisation.agency() == null || !isAgency(organisation.agency())) {
      throw new Refusal("agency", "No agency has this code. Add the agency first.");
    }
    if (organisation.agency().equals(SOCIAL_CARE)) {
      throw new Refusal("agency", "Social care has teams, and no organisations.");
    }
    jdbc.sql("""
            insert into organisation (code, name, agency, safeguarding_lead, reach, closed, recorded_by)
            values (:code, :name, :agency, :lead, :reach, :closed, :by)
            on conflict (code) do update set name = excluded.name, agency = excluded.agency, safeguarding_lead = excluded.safeguarding_lead,
              reach = excluded.reach, closed = excluded.closed, recorded_by = excluded.recorded_by""")
        .param("code", organisation.code()).param("name", organisation.name()).param("agency", organisation.agency())
        .param("lead", organisation.safeguardingLead()).param("reach", organisation.reach()).param("closed", organisation.closed())
        .param("by", by).update();
    makeGroups();
  }

  /** Makes the groups of every agency and organisation that have none yet. Social care has its teams. */
  void makeGroups() {
    Set<String> there = identity.createGroupQuery().list().stream().map(group -> group.getId()).collect(Collectors.toSet());
    jdbc.sql("select code from agency where code <> :us union all select code from organisation")
        .param("us", SOCIAL_CARE).query(String.class).list().stream().flatMap(code -> Stream.of(code, leadGroup(code)))
        .filter(group -> !there.contains(group)).forEach(group -> Grants.group(identity, group));
  }

  private boolean isAgency(String code) {
    return jdbc.sql("select exists (select from agency where code = :code)").param("code", code).query(Boolean.class).single();
  }

  /** A group of a role or a team would open to the agency what is open to them. */
  private void checkCode(String code, String name) {
    if (code == null || !code.matches("[a-z][a-z0-9]*(-[a-z0-9]+)*")) {
      throw new Refusal("code", "Write the code in small letters, with hyphens, as mill-road-school.");
    }
    if (name == null || name.isBlank()) {
      throw new Refusal("name", "Say what it is called.");
    }
    if (code.equals(FAMILY) || Grants.ROLES.contains(code) || directory.teams().stream().anyMatch(team -> team.value().equals(code))) {
      throw new Refusal("code", "A role or a team has this code, and may see what an agency may not. Give it another one.");
    }
  }
}
