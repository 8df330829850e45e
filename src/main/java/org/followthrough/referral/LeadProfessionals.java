package org.followthrough.referral;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.followthrough.family.CaseRecords;
import org.followthrough.family.Families;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who leads for a child: exactly one at a time, while an episode is open (learning points K-26, S-24). */
@Component
public class LeadProfessionals implements CaseRecords {

  /** The message that ends what asks for a lead professional. */
  public static final String LEAD_PROFESSIONAL_WITHDRAWN = "LeadProfessionalWithdrawn";

  private final JdbcClient jdbc;
  private final Families families;

  LeadProfessionals(JdbcClient jdbc, Families families) {
    this.jdbc = jdbc;
    this.families = families;
  }

  /** The children of a case with an open episode and no lead professional. */
  public List<UUID> childrenWithout(UUID caseId) {
    return jdbc.sql("""
            select e.person_id from episode e join person p on p.id = e.person_id
            where e.case_id = :case and e.closed_at is null and p.died_on is null
              and not exists (select from lead_professional l where l.person_id = e.person_id and l.until is null)""")
        .param("case", caseId).query(UUID.class).list();
  }

  /** Names the lead professional of children; whoever was lead before ends in the same moment. */
  public void name(UUID caseId, List<UUID> children, String userId, String why, Instant at, String by) {
    families.lock(caseId);
    for (UUID child : children) {
      end(child, at);
      jdbc.sql("""
              insert into lead_professional (person_id, case_id, user_id, why, since, named_by)
              values (:child, :case, :user, :why, :at, :by)""")
          .param("child", child).param("case", caseId).param("user", userId).param("why", why)
          .param("at", Timestamp.from(at)).param("by", by).update();
    }
  }

  /** Nobody leads for a child any more; never before they began to. */
  void end(UUID child, Instant at) {
    jdbc.sql("update lead_professional set until = greatest(since, :at) where person_id = :child and until is null")
        .param("child", child).param("at", Timestamp.from(at)).update();
  }

  // When something happens to the whole case.

  @Override
  public Set<String> tables() {
    return Set.of("lead_professional");
  }

  @Override
  public void split(Split split) {
    split.update(jdbc.sql("update lead_professional set case_id = :other where case_id = :case and person_id in (:leaving) "
        + "and until is null"));
  }

  @Override
  public void joined(Joining joining) {
    joining.update(jdbc.sql("update lead_professional set case_id = :stays where case_id = :duplicate"));
  }

  @Override
  public void died(UUID child, LocalDate on, Instant at) {
    end(child, at);
  }
}
