package org.followthrough.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.followthrough.move.Messages;
import org.followthrough.move.Moves;
import org.followthrough.people.AddressBook;
import org.followthrough.people.ExchangeAudit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/**
 * Where other authorities call. {@code GET /exchange} says which forms of message we understand; {@code POST
 * /exchange/messages} takes one message, and answers when it is kept for good: 202, or 200 where it was here before. What is
 * not let in gets a reason and leaves one line in the audit, and nothing else.
 */
@Component
@ConditionalOnProperty("followthrough.exchange.port")
class ExchangeServlet extends HttpServlet {

  private static final Logger LOG = LoggerFactory.getLogger(ExchangeServlet.class);
  private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

  private final transient AddressBook book;
  private final transient Messages messages;
  private final transient Moves moves;
  private final transient ExchangeAudit audit;
  private final transient ObjectMapper json;
  private final transient Clock clock;
  private final int longest;

  ExchangeServlet(AddressBook book, Messages messages, Moves moves, ExchangeAudit audit, ObjectMapper json, Clock clock,
      Exchange exchange) {
    this.book = book;
    this.messages = messages;
    this.moves = moves;
    this.audit = audit;
    this.json = json;
    this.clock = clock;
    this.longest = Math.toIntExact(exchange.longestMessage().toBytes());
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
    Call call = new Call();
    try {
      call.who = caller(request).map(AddressBook.Authority::code)
          .orElseThrow(() -> new Refused(403, "Nobody in our address book shows this certificate."));
      switch (request.getMethod() + " " + request.getRequestURI()) {
        case "GET /exchange" -> {
          audit.heard(clock.instant(), call.who, null, "versions asked", null);
          answer(response, 200, Map.of("authority", book.code(), "versions", Envelope.VERSIONS));
        }
        case "POST /exchange/messages" -> {
          boolean before = take(request, call);
          audit.heard(clock.instant(), call.who, call.message, before ? "message here before" : "message kept", null);
          answer(response, before ? 200 : 202, Map.of("message", call.message));
        }
        default -> throw new Refused(404, "There is nothing here but GET /exchange and POST /exchange/messages.");
      }
    } catch (Refused refused) {
      audit.heard(clock.instant(), call.who, call.message, "refused " + refused.status(), refused.getMessage());
      Map<String, Object> why = new LinkedHashMap<>(Map.of("why", refused.getMessage()));
      if (refused.status() == 422) {
        why.put("versions", Envelope.VERSIONS);
      }
      answer(response, refused.status(), why);
    } catch (IOException cut) {
      audit.heard(clock.instant(), call.who, call.message, "cut off", null);
    } catch (RuntimeException fault) {
      // what the database says of a row would be a word of the message
      LOG.error("A message of {} could not be kept: {}", call.who, fault.getClass().getSimpleName());
      audit.heard(clock.instant(), call.who, call.message, "failed here", fault.getClass().getSimpleName());
      answer(response, 500, Map.of("why", "It is not kept, through a fault of ours. Try again."));
    }
  }

  /** What is known of a call, as far as it has come. */
  private static class Call {
    private String who;
    private UUID message;
  }

  private Optional<AddressBook.Authority> caller(HttpServletRequest request) {
    X509Certificate[] shown = (X509Certificate[]) request.getAttribute(CERTIFICATES);
    return shown == null || shown.length == 0 ? Optional.empty() : book.shownBy(Fingerprint.of(shown[0]));
  }

  /** Lets a message in, unless there is a reason not to; says whether it was here before. */
  private boolean take(HttpServletRequest request, Call call) throws IOException, Refused {
    String content = content(request);
    JsonNode message = Envelope.parsed(content);
    call.message = uuid(message.path("id").asText());
    Envelope envelope = Envelope.of(message, content);
    if (!envelope.from().equals(call.who)) {
      throw new Refused(403, "You have not shown that you are the one whom this message is from.");
    }
    if (!envelope.to().equals(book.code())) {
      throw new Refused(403, "This message is not to us.");
    }
    Optional<Moves.Move> move = moves.find(envelope.move());
    if (move.map(known -> !call.who.equals(known.other().authority())).orElse(false) || messages.anothersMove(envelope.move(), call.who)) {
      throw new Refused(403, "This move is not between you and us.");
    }
    if (!envelope.fits(move.map(Moves.Move::incoming).orElse(true))) {
      throw new Refused(403, "This is not for you to say about this move.");
    }
    Optional<Messages.Kept> here = messages.here(envelope.id(), call.who, envelope.sha256());
    if (here.isEmpty()) {
      refuseReplayed(envelope, message.path("fields").path("onlyForATime").asBoolean(), move);
    }
    return switch (here.orElseGet(() -> messages.keep(envelope.id(), call.who, envelope.move(), envelope.type(), envelope.body(),
        envelope.sha256(), envelope.at(), clock.instant()))) {
      case NEW -> false;
      case BEFORE -> true;
      case ANOTHER -> throw new Refused(409, "Another message is here under this id.");
    };
  }

  /** The same content under a new id would begin what has begun, or open what is settled. A stay may be announced again: for good. */
  private void refuseReplayed(Envelope envelope, boolean stays, Optional<Moves.Move> move) throws Refused {
    boolean becomesForGood = !stays && move.map(known -> known.destination().onlyForATime()).orElse(true)
        && !messages.announcedForGood(envelope.move());
    if (envelope.type().equals("first-call") && (move.isPresent() || messages.heard(envelope.move(), envelope.type())) && !becomesForGood) {
      throw new Refused(409, "This move was announced to us before.");
    }
    if (envelope.type().equals("pack") && move.map(known -> known.acceptance().at()).isPresent()) {
      throw new Refused(409, "We have accepted this family already. No further pack is taken in.");
    }
  }

  /** Counted as it comes in: what its sender says about its length may be wrong. */
  private String content(HttpServletRequest request) throws IOException, Refused {
    byte[] content = request.getInputStream().readNBytes(longest + 1);
    if (content.length > longest) {
      throw new Refused(413, "This message is larger than the " + longest + " bytes that we take in.");
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
    } catch (CharacterCodingException e) {
      throw new Refused(400, "This is not text in UTF-8.");
    }
  }

  private static UUID uuid(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private void answer(HttpServletResponse response, int status, Map<String, Object> said) throws IOException {
    response.setStatus(status);
    response.setContentType("application/json");
    response.setHeader("Cache-Control", "no-store");
    json.writeValue(response.getOutputStream(), said);
  }
}
