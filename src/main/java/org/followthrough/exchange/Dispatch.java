package org.followthrough.exchange;

import org.followthrough.people.AddressBook;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Has the outbox and the inbox passed on every second, as long as the exchange is open and processes go on by themselves. */
@Component
public class Dispatch {

  private static final Logger LOG = LoggerFactory.getLogger(Dispatch.class);

  private final Outbox outbox;
  private final Inbox inbox;
  private final boolean running;

  Dispatch(Outbox outbox, Inbox inbox, AddressBook book, Exchange exchange,
      @Value("${camunda.bpm.job-execution.enabled:true}") boolean processesGoOnByThemselves) {
    this.outbox = outbox;
    this.inbox = inbox;
    this.running = exchange.open() && processesGoOnByThemselves;
    if (!exchange.open() && !book.others().isEmpty()) {
      LOG.warn("There are authorities in the address book, but no followthrough.exchange.port: no message goes out or comes in");
    }
  }

  @Scheduled(fixedDelayString = "PT1S")
  void everySecond() {
    if (running) {
      pass();
    }
  }

  /** Does everything that can be done now: posts what is to be told, begins the process of what is posted, takes in what has come. */
  public void pass() {
    outbox.pass();
    inbox.pass();
  }
}
