package org.lastlogin.dictd;

import java.io.IOException;
import java.util.List;
import org.lastlogin.dictproto.netty.DictListener;
import org.lastlogin.dictproto.netty.DictServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server while it runs, and how it ends when the process is asked to. */
final class Serving {
  private static final Logger log = LoggerFactory.getLogger(Serving.class);

  private final DictServer server;
  private final List<ServedDict> dicts;

  private Serving(DictServer server, List<ServedDict> dicts) {
    this.server = server;
    this.dicts = dicts;
  }

  /** Starts to serve; from now on a signal to end is obeyed in an orderly way. */
  static Serving start(List<ServedDict> dicts, List<DictListener> listeners) throws IOException {
    DictServer.Builder builder = DictServer.builder();
    dicts.forEach(dict -> builder.dict(dict.name(), dict.dict()));
    listeners.forEach(builder::listen);
    Serving serving = new Serving(builder.start(), dicts);
    Runtime.getRuntime().addShutdownHook(new Thread(serving::end, "lastlogin-dictd-end"));
    log.info("started, serving {}", dicts.stream().map(ServedDict::name).toList());
    return serving;
  }

  void awaitTermination() throws InterruptedException {
    server.awaitTermination();
  }

  private void end() {
    log.info("stopping");
    server.close();
    dicts.forEach(ServedDict::close);
    log.info("stopped");
    // A signal would leave the exit status at 128 and more, which to systemd looks like a failure.
    Runtime.getRuntime().halt(ExitStatus.OK);
  }
}
