package org.followthrough.engine;

import org.camunda.bpm.dmn.engine.impl.spi.el.ElProvider;
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
 * {@code orQueries}). Those of models are held against the rule of {@link Expressions} once more as the engine has read them:
 * what a deployment managed to hide does not run.
 */
class GuardedExpressions extends SpringExpressionManager {

  private final Expressions allowed;

  GuardedExpressions(ApplicationContext context, ModelBeans beans, Expressions allowed) {
    super(context, beans);
    this.allowed = allowed;
  }

  @Override
  public Expression createExpression(String expression) {
    String now = FormerNames.translated(expression);
    return new Guarded(createValueExpression(now), now);
  }

  /** The engine hands its tables the way past {@link #createExpression}; ours speak FEEL and never ask for it. */
  @Override
  protected ElProvider createElProvider() {
    return text -> {
      throw new ProcessEngineException("Not evaluated. Decision tables speak FEEL only.");
    };
  }

  private class Guarded extends JuelExpression {

    private final String refusal;
    private final boolean question;

    Guarded(ValueExpression value, String text) {
      super(value, GuardedExpressions.this, text);
      refusal = isLiteralText() ? null : allowed.refusal(text);
      question = isLiteralText() || Expressions.isQuestion(text);
    }

    @Override
    public Object getValue(VariableScope scope, BaseDelegateExecution execution) {
      if (scope == null && !question) {
        throw new BadUserRequestException("This expression is not allowed in a query. Allowed are currentUser(), "
            + "currentUserGroups(), now() and dateTime() with plus or minus.");
      }
      if (scope != null && refusal != null) {
        throw new ProcessEngineException("Not evaluated. The model " + refusal + ".");
      }
      return super.getValue(scope, execution);
    }

    @Override
    public void setValue(Object value, VariableScope scope, BaseDelegateExecution execution) {
      throw new ProcessEngineException("Not evaluated. An expression of a model sets nothing.");
    }
  }
}
