package org.lastlogin.dictproto.server;

import java.io.IOException;
import java.nio.file.Path;
import org.lastlogin.dict.InMemoryDict;

/** Starts and stops a server many times, in a process of its own. */
final class SocketStarts {
  private static final int STARTS = 100;

  private SocketStarts() {}

  /** Does so at the socket that is given, which is for its owner alone. */
  public static void main(String[] arguments) throws IOException {
    for (int i = 0; i < STARTS; i++) {
      DictServer.builder()
          .dict("lastlogin", new InMemoryDict())
          .listen(UnixListener.at(Path.of(arguments[0])))
          .start()
          .close();
    }
  }
}
