package org.lastlogin.dictd;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.lastlogin.dictproto.server.DictListener;
import org.lastlogin.dictproto.server.DictServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server while it runs, and how it ends when the process is asked to. */
final class Serving {
  private static final Logger log = LoggerFactory.getLogger(Serving.class);

  /** Together these stay below the 10 s that are promised, and after which Docker kills. */
  private static final Duration GRACE_PERIOD = Duration.ofSeconds(8);

  private static final Duration CLOSING_PATIENCE = Duration.ofSeconds(1);

  private final DictServer server;
  private final List<ServedDict> dicts;

  private Serving(DictServer server, List<ServedDict> dicts) {
    this.server = server;
    this.dicts = dicts;
  }

  /** Starts to serve; from now on a signal to end is obeyed in an orderly way. */
  static Serving start(List<ServedDict> dicts, List<DictListener> listeners) throws IOException {
    DictServer.Builder builder = DictServer.builder().gracePeriod(GRACE_PERIOD);
    dicts.forEach(dict -> builder.dict(dict.name(), dict.dict()));
    listeners.forEach(builder::listen);
    Serving serving = new Serving(builder.start(), dicts);
    Runtime.getRuntime().addShutdownHook(new Thread(serving::end, "lastlogin-dictd-end"));
    log.info("started, serving {}", dicts);
    return serving;
  }

  void awaitTermination() throws InterruptedException {
    server.awaitTermination();
  }

  private void end() {
    try {
      log.info("stopping");
      server.close();
      closeDicts();
      log.info("stopped");
    } finally {
      // A signal would leave the exit status at 128 and more, which to systemd looks like a
      // failure.
      Runtime.getRuntime().halt(ExitStatus.OK);
    }
  }

  /** All that was asked for has its answer by now: a database that hangs need not be waited for. */
  private void closeDicts() {
    Thread closing = new Thread(() -> dicts.forEach(ServedDict::close), "lastlogin-dictd-close");
    closing.setDaemon(true);
    closing.start();
    try {
      closing.join(CLOSING_PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
