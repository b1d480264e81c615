package org.lastlogin.jdbc.testing;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lastlogin.jdbc.testing.LinkFault.Action;
import org.lastlogin.jdbc.testing.LinkFault.Place;
import org.lastlogin.jdbc.testing.LinkFault.Sign;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection through a {@link FaultyLink}: bytes both ways, until a fault strikes. */
final class FaultyConnection {
  private static final Logger log = LoggerFactory.getLogger(FaultyConnection.class);

  /** Requests are recognised where they begin; drivers send them at one go if they are short. */
  private static final Pattern REQUEST =
      Pattern.compile("(INSERT INTO|UPDATE|DELETE FROM)|(COMMIT)");

  /** How long what was delayed is under way, unless enough of what came later is done before. */
  private static final Duration DELAY = Duration.ofMillis(500);

  private static final int COMMITS_MEANWHILE = 2;
  private static final Duration LONGEST_STATEMENT = Duration.ofSeconds(20);

  private final Socket client;
  private final Socket server;
  private final FaultPlan plan;
  private final Closeable link;
  private final ByteArrayOutputStream withheld = new ByteArrayOutputStream();
  private final CountDownLatch serverClosed = new CountDownLatch(1);
  private volatile LinkFault onAnswer;
  private volatile Action struckBy;

  FaultyConnection(Socket client, Socket server, FaultPlan plan, Closeable link) {
    this.client = client;
    this.server = server;
    this.plan = plan;
    this.link = link;
  }

  /** Carries what the client sends, until either side closes. */
  void carryRequests() {
    try (client;
        server) {
      InputStream in = client.getInputStream();
      byte[] buffer = new byte[64 * 1024];
      for (int count = read(in, buffer); count >= 0; count = read(in, buffer)) {
        request(buffer, count);
      }
      if (struckBy == Action.DELAY) {
        deliverLate();
      }
    } catch (IOException e) {
      log.debug("a connection ended: {}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Carries what the server answers, until either side closes. */
  void carryAnswers() {
    try {
      InputStream in = server.getInputStream();
      byte[] buffer = new byte[64 * 1024];
      for (int count = read(in, buffer); count >= 0; count = read(in, buffer)) {
        answer(buffer, count);
      }
      if (struckBy == null) {
        close();
      }
    } catch (IOException e) {
      log.debug("a connection ended: {}", e.toString());
    } finally {
      serverClosed.countDown();
    }
  }

  /** A connection that is reset has come to its end, too. */
  private static int read(InputStream in, byte[] buffer) {
    try {
      return in.read(buffer);
    } catch (IOException e) {
      log.debug("a connection was reset: {}", e.toString());
      return -1;
    }
  }

  private void request(byte[] bytes, int count) throws IOException {
    if (struckBy != null) {
      withheld.write(bytes, 0, count);
      return;
    }
    FaultPlan.Strike strike = plan.pass(Sign.BYTES_TO_SERVER, count);
    if (strike != null) {
      pass(bytes, count, strike.before(), strike.fault());
      return;
    }
    Matcher request = REQUEST.matcher(new String(bytes, 0, count, StandardCharsets.ISO_8859_1));
    while (request.find()) {
      LinkFault fault = plan.pass(request.group(1) == null ? Sign.COMMIT : Sign.STATEMENT);
      if (fault != null) {
        request(bytes, count, request, fault);
        return;
      }
    }
    server.getOutputStream().write(bytes, 0, count);
  }

  private void request(byte[] bytes, int count, Matcher request, LinkFault fault)
      throws IOException {
    switch (fault.point().place) {
      case BEFORE -> pass(bytes, count, 0, fault);
      case WITHIN -> pass(bytes, count, (request.start() + request.end()) / 2, fault);
      case SENT -> pass(bytes, count, count, fault);
      case ANSWERED, WITHIN_ANSWER -> {
        onAnswer = fault;
        server.getOutputStream().write(bytes, 0, count);
      }
    }
  }

  /** The first of some bytes pass, then a fault strikes. */
  private void pass(byte[] bytes, int count, int before, LinkFault fault) throws IOException {
    // Before they do, so that no answer is quicker than the fault.
    struckBy = fault.action();
    server.getOutputStream().write(bytes, 0, before);
    withheld.write(bytes, before, count - before);
    strike(fault);
  }

  private void answer(byte[] bytes, int count) throws IOException {
    if (struckBy != null) {
      return;
    }
    OutputStream out = client.getOutputStream();
    FaultPlan.Strike strike = plan.pass(Sign.BYTES_FROM_SERVER, count);
    if (strike != null) {
      out.write(bytes, 0, strike.before());
      strike(strike.fault());
    } else if (onAnswer != null) {
      boolean half = onAnswer.point().place == Place.WITHIN_ANSWER;
      out.write(bytes, 0, half ? (count + 1) / 2 : 0);
      strike(onAnswer);
    } else {
      out.write(bytes, 0, count);
    }
  }

  private void strike(LinkFault fault) throws IOException {
    log.debug("{}", fault);
    struckBy = fault.action();
    switch (fault.action()) {
      case CUT -> close();
      case END -> link.close();
      case STALL, DELAY -> {
        // Whatever comes from now on is withheld.
      }
    }
  }

  /** The client has gone; what it had sent arrives only now. */
  private void deliverLate() throws IOException, InterruptedException {
    plan.awaitCommits(COMMITS_MEANWHILE, DELAY);
    withheld.writeTo(server.getOutputStream());
    server.shutdownOutput();
    // The server closes once it has executed what it had been sent.
    if (!serverClosed.await(LONGEST_STATEMENT.toMillis(), TimeUnit.MILLISECONDS)) {
      log.warn("The server still works on what came late, or has not seen the end");
    }
  }

  void close() throws IOException {
    client.close();
    server.close();
  }
}
