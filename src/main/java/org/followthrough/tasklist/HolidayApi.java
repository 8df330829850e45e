package org.followthrough.tasklist;

import java.security.Principal;
import java.time.LocalDate;
import java.util.Map;
import org.followthrough.deadline.Holidays;
import org.followthrough.engine.LostRaceRetry;
import org.followthrough.people.Directory;
import org.followthrough.people.Sight;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Where operations or a head of service enters a holiday that was proclaimed at short notice. */
@RestController
class HolidayApi {

  record Proclaimed(LocalDate day, String name, boolean working, String source) {}

  private final Holidays holidays;
  private final Directory directory;
  private final LostRaceRetry lostRaces;

  HolidayApi(Holidays holidays, Directory directory, LostRaceRetry lostRaces) {
    this.holidays = holidays;
    this.directory = directory;
    this.lostRaces = lostRaces;
  }

  @PostMapping("/api/holidays")
  Map<String, Integer> proclaim(@RequestBody Proclaimed holiday, Principal user) {
    if (!Sight.mayProclaim(directory.groupsOf(user.getName()))) {
      throw new ResponseStatusException(HttpStatus.FORBIDDEN, "Only operations or the head of service may change the calendar.");
    }
    return Map.of("moved", lostRaces.untilWon(
        () -> holidays.proclaim(holiday.day(), holiday.name(), holiday.working(), holiday.source(), user.getName())));
  }
}
