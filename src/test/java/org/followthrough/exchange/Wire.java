package org.followthrough.exchange;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/**
 * The line in one direction between two authorities, with everything that can happen to one. It has the keys of both, as no
 * attacker has: so it can lose, halve, delay, double and hold back what nobody else can even read.
 */
public final class Wire implements AutoCloseable {

  /** What becomes of one call. */
  public enum Fate {
    PASSES,
    /** The other side never hears of it. */
    CUT_BEFORE,
    /** The other side hears half of it. */
    CUT_WHILE,
    /** The other side has it, and its answer is lost. */
    CUT_AFTER,
    DELAYED,
    /** The other side gets the very same twice. */
    TWICE,
    /** It is lost for whoever called, and comes to the other side later, see {@link Wire#deliverHeldBack}. */
    HELD_BACK
  }

  /**
   * A call.
   *
   * @param line its method and path
   * @param type of the message, or an empty text
   */
  public record Call(String line, String type, byte[] whole) {}

  private static final Pattern LENGTH = Pattern.compile("(?im)^content-length: *(\\d+)");
  private static final Pattern TYPE = Pattern.compile("\"type\" *: *\"([a-z-]+)\"");
  private static final int PATIENCE = 30_000;

  private final SSLServerSocket door;
  private final SSLContext asTheCaller;
  private final int target;
  private final ExecutorService hands = Executors.newCachedThreadPool();
  private final Deque<Call> heldBack = new ArrayDeque<>();
  private final AtomicInteger faults = new AtomicInteger();
  private final List<Call> passed = Collections.synchronizedList(new ArrayList<>());
  private volatile Function<Call, Fate> fate = call -> Fate.PASSES;

  /**
   * Lays the line.
   *
   * @param asTheCalled shows itself to the caller as the one who is called
   * @param asTheCaller and to the one who is called as the caller
   * @param target the port of the one who is called, on this machine
   */
  public Wire(SSLContext asTheCalled, SSLContext asTheCaller, int target) throws IOException {
    this.asTheCaller = asTheCaller;
    this.target = target;
    this.door = (SSLServerSocket) asTheCalled.getServerSocketFactory().createServerSocket(0);
    door.setNeedClientAuth(true);
    hands.submit(this::listen);
  }

  /** The port on which it is called. */
  public int port() {
    return door.getLocalPort();
  }

  /** Decides from now on what becomes of each call. */
  public void fate(Function<Call, Fate> decides) {
    fate = decides;
  }

  /** How many calls did not simply pass. */
  public int faults() {
    return faults.get();
  }

  /** The calls that reached the other side whole, in that order. */
  public List<Call> passed() {
    return List.copyOf(passed);
  }

  /** Brings what was held back to the other side, the newest first; returns how many there were that it answered. */
  public int deliverHeldBack() {
    int delivered = 0;
    for (Call held = next(); held != null; held = next()) {
      try {
        forward(held.whole(), held.whole().length);
        passed.add(held);
        delivered++;
      } catch (IOException e) {
        // whoever was killed meanwhile does not hear it: the sender tries again
      }
    }
    return delivered;
  }

  private Call next() {
    synchronized (heldBack) {
      return heldBack.pollLast();
    }
  }

  private Void listen() throws IOException {
    while (!door.isClosed()) {
      SSLSocket caller = (SSLSocket) door.accept();
      hands.submit(() -> answer(caller));
    }
    return null;
  }

  private void answer(SSLSocket caller) {
    try (caller) {
      caller.setSoTimeout(PATIENCE);
      for (byte[] whole = read(caller.getInputStream()); whole.length > 0; whole = read(caller.getInputStream())) {
        byte[] answer = meets(whole);
        if (answer.length == 0) {
          return;
        }
        caller.getOutputStream().write(answer);
        caller.getOutputStream().flush();
      }
    } catch (IOException | RuntimeException e) {
      // to the caller it is a line that was cut
    }
  }

  /** The answer; none: the line is cut. */
  private byte[] meets(byte[] whole) throws IOException {
    String head = new String(whole, 0, Math.min(whole.length, 4096), StandardCharsets.UTF_8);
    Matcher type = TYPE.matcher(head);
    Call call = new Call(head.substring(0, head.indexOf(" HTTP")), type.find() ? type.group(1) : "", whole);
    Fate met = fate.apply(call);
    if (met != Fate.PASSES) {
      faults.incrementAndGet();
    }
    switch (met) {
      case CUT_BEFORE -> {
        return new byte[0];
      }
      case CUT_WHILE -> {
        half(whole);
        return new byte[0];
      }
      case HELD_BACK -> {
        synchronized (heldBack) {
          heldBack.addLast(call);
        }
        return new byte[0];
      }
      case DELAYED -> pause();
      case TWICE -> forward(whole, whole.length);
      default -> { }
    }
    byte[] answer = forward(whole, whole.length);
    passed.add(call);
    return met == Fate.CUT_AFTER ? new byte[0] : answer;
  }

  private void half(byte[] whole) {
    try {
      forward(whole, whole.length / 2);
    } catch (IOException e) {
      // as it should be
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(1_500);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Sends so much of a call to the other side, on a line of its own; returns the answer to it when it was whole. */
  private byte[] forward(byte[] whole, int length) throws IOException {
    try (SSLSocket called = (SSLSocket) asTheCaller.getSocketFactory().createSocket("localhost", target)) {
      called.setSoTimeout(PATIENCE);
      OutputStream out = called.getOutputStream();
      out.write(whole, 0, length);
      out.flush();
      if (length < whole.length) {
        return new byte[0];
      }
      byte[] answer = read(called.getInputStream());
      if (answer.length == 0) {
        throw new IOException("no answer");
      }
      return answer;
    }
  }

  /** One call or answer of HTTP/1.1 with its length; empty where nothing more comes. */
  private static byte[] read(InputStream in) throws IOException {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    while (!ends(whole)) {
      int next = in.read();
      if (next < 0) {
        return new byte[0];
      }
      whole.write(next);
    }
    String head = whole.toString(StandardCharsets.ISO_8859_1);
    Matcher length = LENGTH.matcher(head);
    if (length.find()) {
      byte[] body = in.readNBytes(Integer.parseInt(length.group(1)));
      whole.writeBytes(body);
    } else if (head.toLowerCase().contains("transfer-encoding: chunked")) {
      chunks(in, whole);
    }
    return whole.toByteArray();
  }

  private static boolean ends(ByteArrayOutputStream head) {
    return head.size() >= 4 && head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n");
  }

  private static void chunks(InputStream in, ByteArrayOutputStream whole) throws IOException {
    int size;
    do {
      StringBuilder line = new StringBuilder();
      for (int next = in.read(); next != '\n'; next = in.read()) {
        line.append((char) next);
      }
      whole.writeBytes((line + "\n").getBytes(StandardCharsets.ISO_8859_1));
      size = Integer.parseInt(line.toString().strip(), 16);
      whole.writeBytes(in.readNBytes(size + 2));
    } while (size > 0);
  }

  @Override
  public void close() {
    try {
      door.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    hands.shutdownNow();
  }
}
