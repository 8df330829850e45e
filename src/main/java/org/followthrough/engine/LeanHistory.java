package org.followthrough.engine;

import static org.camunda.bpm.engine.impl.history.event.HistoryEventTypes.INCIDENT_CREATE;
import static org.camunda.bpm.engine.impl.history.event.HistoryEventTypes.INCIDENT_DELETE;
import static org.camunda.bpm.engine.impl.history.event.HistoryEventTypes.INCIDENT_RESOLVE;
import static org.camunda.bpm.engine.impl.history.event.HistoryEventTypes.INCIDENT_UPDATE;
import static org.camunda.bpm.engine.impl.history.event.HistoryEventTypes.JOB_FAIL;
import static org.camunda.bpm.engine.impl.history.event.HistoryEventTypes.USER_OPERATION_LOG;

import java.util.Set;
import org.camunda.bpm.engine.impl.history.HistoryLevel;
import org.camunda.bpm.engine.impl.history.event.HistoryEventType;

/**
 * What the engine remembers: which steps were taken and by whom, and what failed. No variable values, no form fields, no
 * decision inputs: the record keeps those, and only the record.
 */
class LeanHistory implements HistoryLevel {

  private static final Set<HistoryEventType> KEPT =
      Set.of(USER_OPERATION_LOG, JOB_FAIL, INCIDENT_CREATE, INCIDENT_UPDATE, INCIDENT_RESOLVE, INCIDENT_DELETE);

  @Override
  public int getId() {
    return 47;
  }

  @Override
  public String getName() {
    return "follow-through";
  }

  @Override
  public boolean isHistoryEventProduced(HistoryEventType type, Object entity) {
    return KEPT.contains(type) || HISTORY_LEVEL_ACTIVITY.isHistoryEventProduced(type, entity);
  }
}
