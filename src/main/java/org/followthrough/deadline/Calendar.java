package org.followthrough.deadline;

import java.time.LocalDate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The calendar in force: England's bank holidays, with the corrections that were entered. */
@Configuration(proxyBeanMethods = false)
class Calendar {

  @Bean
  WorkingDays workingDays(JdbcClient jdbc) {
    return new WorkingDays(() -> jdbc.sql("select day, working, name from holiday_override")
        .query((row, n) -> new HolidayOverride(row.getObject("day", LocalDate.class),
            row.getBoolean("working") ? HolidayOverride.Change.REMOVE : HolidayOverride.Change.ADD, row.getString("name")))
        .list());
  }

  @Bean
  DueDates dueDates(WorkingDays workingDays) {
    return new DueDates(workingDays);
  }
}
