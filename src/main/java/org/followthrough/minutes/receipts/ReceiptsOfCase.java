package org.followthrough.minutes.receipts;

import org.followthrough.family.CaseProcess;
import org.springframework.stereotype.Component;

/** The receipts of minutes, as part of the case. */
@Component
class ReceiptsOfCase implements CaseProcess {

  @Override
  public String process() {
    return "receipts";
  }

  @Override
  public String goesOnAfterDeath() {
    return "Whoever was sent minutes says that they have them.";
  }
}
