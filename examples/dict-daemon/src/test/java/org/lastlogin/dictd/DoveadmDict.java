package org.lastlogin.dictd;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.lastlogin.dictd.Command.Result;

/**
 * Runs {@code doveadm dict} of a Dovecot on the dict that its last_login plugin writes to.
 * Thread-safe.
 *
 * @param dovecot whose doveadm it is
 * @param socket the socket of the dict server
 */
record DoveadmDict(Dovecot dovecot, Path socket) {

  /** Runs {@code doveadm dict COMMAND OPTIONS DICT ARGUMENTS}. */
  Result run(String command, List<String> options, String... arguments)
      throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of("dict", command));
    line.addAll(options);
    line.add(dict());
    line.addAll(List.of(arguments));
    return dovecot.doveadm(line);
  }

  /** Runs a command that must succeed, and returns its output without white space at the ends. */
  String require(String command, List<String> options, String... arguments)
      throws IOException, InterruptedException {
    Result result = run(command, options, arguments);
    if (result.status() != 0) {
      throw new IOException(
          dovecot.version() + ", dict " + command + List.of(arguments) + ": " + result.output());
    }
    return result.output().strip();
  }

  /** From 2.4 on, the address of a dict is the name of its settings. */
  private String dict() {
    return dovecot.version().isAtLeast(2, 4, 0) ? "last_login" : "proxy:" + socket + ":lastlogin";
  }
}
