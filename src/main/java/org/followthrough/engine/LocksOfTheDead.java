package org.followthrough.engine;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A killed application leaves its timers locked until the locks run out. On the embedded database there is only ever one
 * application, so at its start nobody can hold a lock: what fell due meanwhile fires at once.
 */
@Configuration(proxyBeanMethods = false)
class LocksOfTheDead {

  @Bean
  @ConditionalOnExpression("'${spring.datasource.url:}'.isEmpty()")
  SmartInitializingSingleton freeLocks(JdbcClient jdbc) {
    return () -> jdbc.sql("update camunda.act_ru_job set lock_owner_ = null, lock_exp_time_ = null where lock_owner_ is not null")
        .update();
  }
}
