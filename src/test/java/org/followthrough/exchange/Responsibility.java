package org.followthrough.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/**
 * Who is responsible, looked at from outside at any moment. The register is that of the authority which the children leave; the
 * other one claims them only when it knows that the first has let go, and the first lets go only of what the other has accepted in writing.
 */
final class Responsibility {

  private static final String HOLDERS = "select coalesce(authority, 'us') from responsibility where person_id = ?::uuid and until is null";

  private final Installation leaves;
  private final Installation arrives;
  private final List<String> children;
  private int looks;

  Responsibility(Installation leaves, Installation arrives, List<String> children) {
    this.leaves = leaves;
    this.arrives = arrives;
    this.children = children;
  }

  /** Looks at every child in both registers. */
  void look() {
    for (String child : children) {
      // in this order: who claims a child was let to have it before
      List<String> there = arrives.texts(HOLDERS, child);
      List<String> here = leaves.texts(HOLDERS, child);
      assertThat(here).as("holders of %s in the register it leaves", child).hasSize(1);
      assertThat(there).as("holders of %s where it arrives", child).hasSizeLessThan(2);
      if (there.contains("us")) {
        assertThat(here).as("two claim %s", child).containsExactly(arrives.code);
      }
      // and in this one: who let a child go had it in writing before
      if (leaves.texts(HOLDERS, child).equals(List.of(arrives.code))) {
        assertThat(arrives.count("select count(*) from move m join move_child c on c.move_id = m.id where c.their_id = ?::uuid "
            + "and m.accepted_at is not null", child))
            .as("nobody has bound itself to hold %s", child).isPositive();
      }
      looks++;
    }
  }

  int looks() {
    return looks;
  }
}
