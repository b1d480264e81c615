package org.lastlogin.dictd;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.lastlogin.dictproto.server.DictListener;
import org.lastlogin.dictproto.server.DictServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the server, and shuts it down in order when the process gets a signal. It stops within 10 s
 * whatever the database does: dicts have 8 s to answer pending requests, then commits are answered
 * as uncertain and the rest as failed, and the pools have one second to close.
 */
final class Serving {
  private static final Logger log = LoggerFactory.getLogger(Serving.class);

  /** With {@link #CLOSE_TIMEOUT} below the documented 10 s, after which Docker kills a process. */
  private static final Duration GRACE_PERIOD = Duration.ofSeconds(8);

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

  private final DictServer server;
  private final List<ServedDict> dicts;

  private Serving(DictServer server, List<ServedDict> dicts) {
    this.server = server;
    this.dicts = dicts;
  }

  /** Starts the server and registers the shutdown hook. */
  static Serving start(List<ServedDict> dicts, List<DictListener> listeners) throws IOException {
    DictServer.Builder builder = DictServer.builder().gracePeriod(GRACE_PERIOD);
    dicts.forEach(dict -> builder.dict(dict.name(), dict.dict()));
    listeners.forEach(builder::listen);
    Serving serving = new Serving(builder.start(), dicts);
    Runtime.getRuntime().addShutdownHook(new Thread(serving::shutDown, "lastlogin-dictd-end"));
    log.info("started, serving {}", dicts);
    return serving;
  }

  void awaitTermination() throws InterruptedException {
    server.awaitTermination();
  }

  private void shutDown() {
    try {
      log.info("stopping");
      server.close();
      closeDicts();
      log.info("stopped");
    } finally {
      // After a signal the exit status would be above 128, which systemd counts as a failure.
      Runtime.getRuntime().halt(ExitStatus.OK);
    }
  }

  /**
   * Closes the dicts in a daemon thread: all requests are answered, so a hung database can wait.
   */
  private void closeDicts() {
    Thread closing = new Thread(() -> dicts.forEach(ServedDict::close), "lastlogin-dictd-close");
    closing.setDaemon(true);
    closing.start();
    try {
      closing.join(CLOSE_TIMEOUT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
