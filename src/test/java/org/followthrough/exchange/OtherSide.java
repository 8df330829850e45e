package org.followthrough.exchange;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** Another authority's door, which answers as a test says. */
final class OtherSide {

  private final HttpsServer server;
  private final String caller;
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private volatile String versions;
  private volatile int status;
  private volatile String answer;
  private volatile int silence;

  /** Opens it for a caller who shows a certificate of this fingerprint. */
  OtherSide(SSLContext context, String caller) {
    this.caller = caller;
    try {
      server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setHttpsConfigurator(new HttpsConfigurator(context) {
      @Override
      public void configure(HttpsParameters parameters) {
        SSLParameters both = context.getDefaultSSLParameters();
        both.setNeedClientAuth(true);
        parameters.setSSLParameters(both);
      }
    });
    server.createContext("/", this::hear);
    server.setExecutor(Executors.newCachedThreadPool());
    server.start();
    takesEverything();
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** From now on everything is let in, and what was heard before is forgotten. */
  void takesEverything() {
    versions = "{\"authority\":\"barchester\",\"versions\":[1]}";
    answers(202, "{}");
    silence = 0;
    heard.clear();
  }

  void answers(int with, String saying) {
    status = with;
    answer = saying;
  }

  void understands(String said) {
    versions = said;
  }

  /** Answers so much later. */
  void keepsSilentFor(int milliseconds) {
    silence = milliseconds;
  }

  /** The bodies of the messages that came in. */
  List<String> heard() {
    return heard;
  }

  private void hear(HttpExchange call) throws IOException {
    boolean message = call.getRequestMethod().equals("POST");
    String body = new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    boolean known = Fingerprint.of(((HttpsExchange) call).getSSLSession().getPeerCertificates()[0]).equals(caller);
    if (message && known) {
      heard.add(body);
    }
    Installation.pause(silence);
    byte[] said = (message ? answer : versions).getBytes(StandardCharsets.UTF_8);
    call.sendResponseHeaders(message ? known ? status : 403 : 200, said.length);
    call.getResponseBody().write(said);
    call.close();
  }
}
