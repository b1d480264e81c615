package org.lastlogin.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.lastlogin.dict.InMemoryDict;
import org.lastlogin.dictproto.DictLimits;
import org.lastlogin.dictproto.server.DictServer;
import org.lastlogin.dictproto.server.UnixListener;

/**
 * The program under load: a server in a process of its own, so that its memory is its own. It
 * answers every line of its input with its {@link ServerState}, and ends with its input.
 */
final class LoadServer {
  /** The dict of logins. */
  static final String LASTLOGIN = "lastlogin";

  /** Rows as last_login has them, without end. */
  static final String ENDLESS = "endless";

  /** Rows as large as a client's line allows, without end. */
  static final String ENDLESS_LARGE = "endless-large";

  private static final int TIME_CHARACTERS = 10;
  private static final int LARGE_CHARACTERS = 60_000;

  /** Nothing shall be given up, and its memory freed, before it was measured. */
  private static final DictLimits PATIENT =
      DictLimits.builder().answerTime(Duration.ofMinutes(30)).build();

  private LoadServer() {}

  public static void main(String[] arguments) throws IOException {
    BufferedReader questions =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (DictServer server =
        DictServer.builder()
            .dict(LASTLOGIN, new InMemoryDict())
            .dict(ENDLESS, new EndlessDict(TIME_CHARACTERS))
            .dict(ENDLESS_LARGE, new EndlessDict(LARGE_CHARACTERS))
            .limits(PATIENT)
            .gracePeriod(Duration.ZERO)
            .listen(UnixListener.at(Path.of(arguments[0])))
            .start()) {
      while (questions.readLine() != null) {
        System.out.println(ServerState.of(server).toLine());
      }
    }
  }
}
