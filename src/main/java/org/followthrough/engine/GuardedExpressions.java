package org.followthrough.engine;

import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.delegate.BaseDelegateExecution;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.impl.el.Expression;
import org.camunda.bpm.engine.impl.el.JuelExpression;
import org.camunda.bpm.engine.spring.SpringExpressionManager;
import org.camunda.bpm.impl.juel.jakarta.el.ValueExpression;
import org.springframework.context.ApplicationContext;

/**
 * Expressions outside a running process come from queries and filters, that is, from users. They are evaluated only from
 * a short list, whichever way they come in (CVE-2026-109432: the engine checks the top level of a query, not its
 * {@code orQueries}). Those of models are held against the rule of {@link ModelGuard} once more as the engine has read them:
 * what a deployment managed to hide does not run.
 */
class GuardedExpressions extends SpringExpressionManager {

  private static final Pattern ASKABLE = Pattern.compile(
      "[#$]\\{ *(currentUser\\(\\)|currentUserGroups\\(\\)|now\\(\\)|dateTime\\(\\)(\\.(plus|minus)(Days|Weeks|Hours|Months)\\(\\d{1,4}\\)"
          + "|\\.withTimeAtStartOfDay\\(\\))*) *}");

  private final Predicate<String> bean;

  GuardedExpressions(ApplicationContext context, Map<Object, Object> beans) {
    super(context, beans);
    bean = beans::containsKey;
  }

  @Override
  public Expression createExpression(String expression) {
    String now = FormerNames.translated(expression);
    return new Guarded(createValueExpression(now), now);
  }

  private class Guarded extends JuelExpression {

    private final String refusal;

    Guarded(ValueExpression value, String text) {
      super(value, GuardedExpressions.this, text);
      refusal = isLiteralText() ? null : ModelGuard.refusal(text, bean);
    }

    @Override
    public Object getValue(VariableScope scope, BaseDelegateExecution execution) {
      if (scope == null && !isLiteralText() && !ASKABLE.matcher(getExpressionText()).matches()) {
        throw new BadUserRequestException("This expression is not allowed in a query. Allowed are currentUser(), "
            + "currentUserGroups(), now() and dateTime() with plus or minus.");
      }
      if (scope != null && refusal != null) {
        throw new ProcessEngineException("Not evaluated. The model " + refusal + ".");
      }
      return super.getValue(scope, execution);
    }
  }
}
