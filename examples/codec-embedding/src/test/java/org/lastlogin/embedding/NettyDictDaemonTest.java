package org.lastlogin.embedding;

import java.nio.file.Path;
import java.util.Map;

class NettyDictDaemonTest extends EmbeddedDaemonContract {
  @Override
  AutoCloseable start(Path socket, Map<String, String> values) {
    return new NettyDictDaemon(socket, values);
  }
}
