package org.lastlogin.embedding;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

class NioDictDaemonTest extends EmbeddedDaemonContract {
  @Override
  AutoCloseable start(Path socket, Map<String, String> values) throws IOException {
    NioDictDaemon daemon = new NioDictDaemon(socket, values);
    new Thread(daemon, "nio-dict-daemon").start();
    return daemon;
  }
}
