package org.followthrough.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.followthrough.move.Messages;
import org.followthrough.people.AddressBook;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.stereotype.Component;

/**
 * Carries messages to other authorities. Nothing is sent before the other side has shown the very certificate that stands
 * in the address book, on the host that it stands there with.
 */
@Component
@ConditionalOnProperty("followthrough.exchange.port")
class Courier {

  /** How a message was received there. */
  enum How { RECEIVED, NOT_REACHED, REFUSED, WAITS_ITS_TURN }

  /**
   * What came of one attempt.
   *
   * @param why in plain words, where they do not have it; or null
   */
  record Outcome(How how, String why) {}

  /** Answers that say: not this message, however often. Any other that is no success may be different the next time. */
  private static final Set<Integer> REFUSALS = Set.of(400, 403, 409, 413, 422, 426);
  /** No authority that is slow to answer may keep busy all those who also ring for a child in danger. */
  private static final int AT_ONCE_TO_ONE = 2;
  private static final int AT_ONCE = 4;
  private static final int LONGEST_ANSWER = 4096;
  private static final int LONGEST_REASON = 500;

  private final AddressBook book;
  private final Exchange exchange;
  private final SslBundles bundles;
  private final ObjectMapper json;
  private final Semaphore hands = new Semaphore(AT_ONCE);
  private final Map<String, Semaphore> handsForOne = new ConcurrentHashMap<>();
  private final Map<String, HttpClient> lines = new ConcurrentHashMap<>();
  /** The authorities of which we know, since we run, that they understand what we write. */
  private final Set<String> understood = ConcurrentHashMap.newKeySet();

  Courier(AddressBook book, Exchange exchange, SslBundles bundles, ObjectMapper json) {
    this.book = book;
    this.exchange = exchange;
    this.bundles = bundles;
    this.json = json;
  }

  /** Tries once to bring a message to its authority. */
  Outcome deliver(Messages.Posted message) {
    AddressBook.Authority other = book.find(message.authority()).orElse(null);
    if (other == null || other.address() == null) {
      return new Outcome(How.NOT_REACHED, "They are not in our address book any more.");
    }
    Semaphore forThem = handsForOne.computeIfAbsent(other.code(), code -> new Semaphore(AT_ONCE_TO_ONE));
    if (!forThem.tryAcquire()) {
      return new Outcome(How.WAITS_ITS_TURN, null);
    }
    try {
      return hands.tryAcquire() ? deliver(other, message) : new Outcome(How.WAITS_ITS_TURN, null);
    } finally {
      forThem.release();
    }
  }

  private Outcome deliver(AddressBook.Authority other, Messages.Posted message) {
    try {
      Outcome outcome = understood.contains(other.code()) ? null : versions(other);
      return outcome != null ? outcome : send(other, message);
    } catch (IOException e) {
      return new Outcome(How.NOT_REACHED, inPlainWords(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Outcome(How.NOT_REACHED, "We were stopped meanwhile.");
    } finally {
      hands.release();
    }
  }

  /** Asks which versions they understand: null where ours is among them. */
  private Outcome versions(AddressBook.Authority other) throws IOException, InterruptedException {
    Answer answer = call(other, HttpRequest.newBuilder(address(other, "/exchange")).GET());
    if (answer.status() != 200 || !answer.said().path("versions").isArray()) {
      return answer.status() == 200 ? new Outcome(How.NOT_REACHED, "Their system does not say which messages it understands.")
          : outcome(answer.status(), answer.said());
    }
    List<Integer> theirs = new ArrayList<>();
    answer.said().path("versions").forEach(version -> theirs.add(version.asInt()));
    if (Envelope.VERSIONS.stream().noneMatch(theirs::contains)) {
      return new Outcome(How.REFUSED, "They understand versions " + theirs + " of messages; we write " + Envelope.VERSIONS + ".");
    }
    understood.add(other.code());
    return null;
  }

  private Outcome send(AddressBook.Authority other, Messages.Posted message) throws IOException, InterruptedException {
    Answer answer = call(other, HttpRequest.newBuilder(address(other, "/exchange/messages"))
        .header("Content-Type", "application/json").POST(BodyPublishers.ofString(message.body())));
    Outcome outcome = outcome(answer.status(), answer.said());
    if (outcome.how() == How.REFUSED) {
      // they may have been set back to an earlier release
      understood.remove(other.code());
    }
    return outcome;
  }

  /** Whole within its time, however slowly it comes, and never longer than an answer is. */
  private Answer call(AddressBook.Authority other, HttpRequest.Builder request) throws IOException, InterruptedException {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    CompletableFuture<HttpResponse<Void>> answer = lines.computeIfAbsent(other.code(), code -> line(other)).sendAsync(request.build(),
        BodyHandlers.ofByteArrayConsumer(part -> part.ifPresent(bytes -> said.write(bytes, 0,
            Math.min(bytes.length, LONGEST_ANSWER - said.size())))));
    try {
      return new Answer(answer.get(exchange.answerWithin().toMillis(), TimeUnit.MILLISECONDS).statusCode(), read(said.toByteArray()));
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new HttpTimeoutException("no answer");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException cut ? cut : new IOException(e.getCause());
    }
  }

  private record Answer(int status, JsonNode said) {}

  private JsonNode read(byte[] said) {
    try {
      return json.readTree(said);
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }

  private static URI address(AddressBook.Authority other, String path) {
    return URI.create(other.address().replaceFirst("/+$", "") + path);
  }

  private static Outcome outcome(int status, JsonNode said) {
    if (status == 200 || status == 202) {
      return new Outcome(How.RECEIVED, null);
    }
    String why = said.path("why").asText();
    if (!REFUSALS.contains(status) || why.isBlank()) {
      return new Outcome(How.NOT_REACHED, "Their system answers " + status + ".");
    }
    return new Outcome(How.REFUSED, why.length() > LONGEST_REASON ? why.substring(0, LONGEST_REASON) : why);
  }

  private static String inPlainWords(IOException e) {
    List<Throwable> causes = Stream.<Throwable>iterate(e, Objects::nonNull, Throwable::getCause).toList();
    if (causes.stream().anyMatch(NotWhoTheyAre.class::isInstance)) {
      return "Who answers there does not show the certificate of our address book.";
    }
    if (causes.stream().anyMatch(SSLException.class::isInstance)) {
      return "No safe connection: one side does not trust the certificate of the other.";
    }
    return e instanceof HttpConnectTimeoutException ? "Nobody answers at their address."
        : e instanceof HttpTimeoutException ? "They did not answer in time." : "The connection failed or was cut off.";
  }

  private HttpClient line(AddressBook.Authority other) {
    try {
      var managers = bundles.getBundle(exchange.bundle()).getManagers();
      X509ExtendedTrustManager trusting = Stream.of(managers.getTrustManagers()).filter(X509ExtendedTrustManager.class::isInstance)
          .map(X509ExtendedTrustManager.class::cast).findFirst().orElseThrow();
      SSLContext context = SSLContext.getInstance("TLSv1.3");
      context.init(managers.getKeyManagers(), new TrustManager[] {new OnlyThem(trusting, other.fingerprint())}, null);
      SSLParameters parameters = context.getDefaultSSLParameters();
      parameters.setProtocols(new String[] {"TLSv1.3"});
      return HttpClient.newBuilder().sslContext(context).sslParameters(parameters).version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER).connectTimeout(exchange.connectWithin()).build();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Another certificate than that of the address book. */
  private static class NotWhoTheyAre extends CertificateException {}

  /** Trusts whom the bundle trusts, for the host that was called, and of these only the one with this certificate. */
  private static class OnlyThem extends X509ExtendedTrustManager {

    private final X509ExtendedTrustManager trusting;
    private final String fingerprint;

    OnlyThem(X509ExtendedTrustManager trusting, String fingerprint) {
      this.trusting = trusting;
      this.fingerprint = fingerprint;
    }

    private void only(X509Certificate[] chain) throws NotWhoTheyAre {
      if (!Fingerprint.of(chain[0]).equals(fingerprint)) {
        throw new NotWhoTheyAre();
      }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
      only(chain);
      trusting.checkServerTrusted(chain, type, engine);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
      only(chain);
      trusting.checkServerTrusted(chain, type, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
      only(chain);
      trusting.checkServerTrusted(chain, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
      throw new CertificateException("This is for calling, not for being called");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
      throw new CertificateException("This is for calling, not for being called");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
      throw new CertificateException("This is for calling, not for being called");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return trusting.getAcceptedIssuers();
    }
  }
}
