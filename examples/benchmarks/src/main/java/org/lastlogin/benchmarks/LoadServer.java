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
 * The server under load, as a program, so that its memory can be measured. It answers each line of
 * its standard input with its {@link ServerState}, and ends when its input ends.
 */
final class LoadServer {
  /** The dict of logins. */
  static final String LASTLOGIN = "lastlogin";

  /** The dict of endless rows of last_login's size. */
  static final String ENDLESS = "endless";

  /** The dict of endless rows of the largest size that a client's line allows. */
  static final String ENDLESS_LARGE = "endless-large";

  private static final int TIME_CHARACTERS = 10;
  private static final int LARGE_CHARACTERS = 60_000;

  /** Long enough that no iteration times out, and frees its memory, before it was measured. */
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
