package org.followthrough.database;

import java.util.List;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ScriptUtils;
import org.springframework.stereotype.Component;

/** Makes the engine's tables in their own schema from the scripts that the engine's jar ships: no copied SQL. */
@Component
class V1__Engine_schema extends BaseJavaMigration {

  private static final List<String> SCRIPTS =
      List.of("engine", "history", "identity", "case.engine", "case.history", "decision.engine", "decision.history");

  @Override
  public void migrate(Context context) throws Exception {
    var connection = context.getConnection();
    try (var statement = connection.createStatement()) {
      statement.execute("set local search_path to camunda");
      for (String script : SCRIPTS) {
        ScriptUtils.executeSqlScript(connection,
            new ClassPathResource("org/camunda/bpm/engine/db/create/activiti.postgres.create." + script + ".sql"));
      }
      statement.execute("set local search_path to casework, camunda, public");
    }
  }
}
