package org.followthrough.engine;

import java.util.AbstractMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.context.ApplicationContext;

/** The beans that a model may name: the delegates, and those that answer questions. Everything else is out of reach. */
class ModelBeans extends AbstractMap<Object, Object> {

  private static final Set<String> ANSWERING = Set.of("deadline", "team", "meetingRoles", "referrers", "ladder", "recipients",
      "actions", "enquiries", "invitations", "conferences", "coregroups", "support", "notices", "successors", "receivingTeam",
      "understanding", "disputes", "arrivals", "acceptances", "words", "deliveries");

  private final ApplicationContext context;
  private final ConcurrentHashMap<Object, Boolean> known = new ConcurrentHashMap<>();

  ModelBeans(ApplicationContext context) {
    this.context = context;
  }

  @Override
  public boolean containsKey(Object name) {
    return name instanceof String bean && known.computeIfAbsent(bean, key -> context.containsBean(bean)
        && (ANSWERING.contains(bean) || context.isTypeMatch(bean, JavaDelegate.class)));
  }

  @Override
  public Object get(Object name) {
    return containsKey(name) ? context.getBean((String) name) : null;
  }

  @Override
  public Set<Entry<Object, Object>> entrySet() {
    throw new UnsupportedOperationException("Beans are looked up by name");
  }
}
