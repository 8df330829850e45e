package org.followthrough.engine;

import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.followthrough.page.ForModels;
import org.springframework.context.ApplicationContext;
import org.springframework.core.MethodIntrospector;
import org.springframework.util.ReflectionUtils.MethodFilter;

/**
 * The beans that a model may name: the delegates, and those with something for models to call ({@link ForModels}). Everything else is
 * out of reach.
 */
class ModelBeans extends AbstractMap<Object, Object> {

  private final ApplicationContext context;
  private final Map<String, Set<String>> answers = new ConcurrentHashMap<>();

  ModelBeans(ApplicationContext context) {
    this.context = context;
  }

  boolean isDelegate(String bean) {
    return context.containsBean(bean) && context.isTypeMatch(bean, JavaDelegate.class);
  }

  /** Whether models may call this, as in {@code team.role}, with so many arguments. */
  boolean answers(String call, int arguments) {
    return answers(call.substring(0, call.indexOf('.'))).contains(call.substring(call.indexOf('.') + 1) + " " + arguments);
  }

  private Set<String> answers(String bean) {
    MethodFilter forModels = method -> method.isAnnotationPresent(ForModels.class);
    return answers.computeIfAbsent(bean, name -> !context.containsBean(name) ? Set.of()
        : MethodIntrospector.selectMethods(context.getType(name), forModels).stream()
            .map(method -> method.getName() + " " + method.getParameterCount()).collect(Collectors.toSet()));
  }

  @Override
  public boolean containsKey(Object name) {
    return name instanceof String bean && (!answers(bean).isEmpty() || isDelegate(bean));
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
