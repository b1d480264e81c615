package org.lastlogin.embedding;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** What a daemon leaves behind when it is killed, with Ctrl-C for example. */
final class StaleSocket {
  private StaleSocket() {}

  /** Makes room for a socket; a file that is none stays, and binding fails. */
  static void delete(Path socket) throws IOException {
    // Whether another daemon still answers there is not asked here; DictServer does.
    if (Files.exists(socket) && Files.readAttributes(socket, BasicFileAttributes.class).isOther()) {
      Files.delete(socket);
    }
  }
}
