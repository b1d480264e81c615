package org.lastlogin.dictd;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.lastlogin.dictd.Command.Result;

/**
 * {@code doveadm dict} of a Dovecot whose last_login plugin writes to a dict socket, for the same
 * dict. Safe for use by any threads.
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

  /** The same where it must succeed; returns what it printed, without white space at the ends. */
  String require(String command, List<String> options, String... arguments)
      throws IOException, InterruptedException {
    Result result = run(command, options, arguments);
    if (result.status() != 0) {
      throw new IOException(
          dovecot.version() + ", dict " + command + List.of(arguments) + ": " + result.output());
    }
    return result.output().strip();
  }

  /** From 2.4 on it is the name of the settings that hold the dict. */
  private String dict() {
    return dovecot.version().isAtLeast(2, 4, 0) ? "last_login" : "proxy:" + socket + ":lastlogin";
  }
}
