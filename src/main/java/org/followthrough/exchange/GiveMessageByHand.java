package org.followthrough.exchange;

import java.util.Map;
import java.util.stream.Collectors;
import org.followthrough.family.Events;
import org.followthrough.move.Messages;
import org.followthrough.page.Matter;
import org.followthrough.page.Reads;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.followthrough.people.AddressBook;
import org.springframework.stereotype.Component;

/** Their system does not take this message; their people must know all the same. */
@Component
class GiveMessageByHand implements Step {

  private final Messages messages;
  private final AddressBook book;

  GiveMessageByHand(Messages messages, AddressBook book) {
    this.messages = messages;
    this.book = book;
  }

  @Override
  public Reads reads() {
    return new Reads().happened();
  }

  @Override
  public String event() {
    return Events.MESSAGE_GIVEN_BY_HAND;
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    Messages.Posted message = messages.posted(matter.subjectId());
    AddressBook.Authority them = book.find(message.authority()).orElse(null);
    return Map.of(
        "messageText", "**" + Words.sentence(message.type()) + "** to **"
            + Words.escaped(them == null ? message.authority() : them.name()) + "**, "
            + Words.moment(message.postedAt()) + "\n\n" + said(message),
        "refusedText", Words.escaped(message.refusedWhy()),
        "contactsText", them == null ? "" : String.join("\n", them.contacts().stream()
            .map(contact -> "- " + Words.escaped(contact.name()) + ", " + Words.spoken(contact.tier()) + ": "
                + Words.escaped(contact.reach())).toList()));
  }

  /** What it says, a line to each; the pack and the people are read in the case. */
  private String said(Messages.Posted message) {
    return messages.said(message).inWords().stream().map(field -> "- " + field.label() + ": " + Words.escaped(field.value()))
        .collect(Collectors.joining("\n"));
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    messages.received(typed.matter().subjectId(), typed.happenedAt());
    return Map.of();
  }
}
