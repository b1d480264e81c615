package org.lastlogin.embedding;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

class NettyDictDaemonTest extends EmbeddedDaemonContract {
  @Override
  AutoCloseable start(Path socket, Map<String, String> values) throws IOException {
    return new NettyDictDaemon(socket, values);
  }
}
