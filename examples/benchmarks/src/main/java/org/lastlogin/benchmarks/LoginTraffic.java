package org.lastlogin.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.lastlogin.dictproto.DictCommand;
import org.lastlogin.dictproto.DictReply;
import org.lastlogin.dictproto.ReplyTimes;
import org.lastlogin.dictproto.TransactionCommand;

/** Wire traffic of a login, as recorded from Dovecot 2.3.19. */
final class LoginTraffic {
  private static final String KEY = "shared/last-login/imap/alice@example.com/example.com";
  private static final String VALUE = "1700000001";
  private static final String HELLO_LINE = "H3\t2\t0\t\tlastlogin\n";
  private static final String LOGIN = "B1\t\nS1\t" + KEY + "\t" + VALUE + "\nC1\n";
  private static final String LOOKUP = "L" + KEY + "\t\n";
  private static final long START = 1795330764_327705L;
  private static final long DURATION = 1494;

  /** The time from one reply to the next, of a server that sends 100,000 replies per second. */
  private static final long INTERVAL = 10;

  /** The number of commands in a burst. */
  static final int COMMANDS = 4;

  /** The number of replies to a burst. */
  static final int REPLIES = 4;

  static final DictCommand.Hello HELLO = new DictCommand.Hello(3, 2, 0, "", "lastlogin");

  private LoginTraffic() {}

  /** The commands of a burst: a login that is written and then looked up as a panel does. */
  static List<DictCommand> commands() {
    return new ArrayList<>(
        List.of(
            new TransactionCommand.Begin(1, "", 0),
            new TransactionCommand.Set(1, KEY, VALUE),
            new TransactionCommand.Commit(1),
            new DictCommand.Lookup(KEY, "")));
  }

  /** Returns the line of the HELLO. */
  static byte[] helloBytes() {
    return bytes(HELLO_LINE);
  }

  /** Returns the lines of the commands. */
  static byte[] commandBytes() {
    return bytes(LOGIN + LOOKUP);
  }

  /**
   * Returns the lines that write a login, which are all lines of a Dovecot process's connection.
   */
  static byte[] loginBytes() {
    return bytes(HELLO_LINE + LOGIN);
  }

  /** Returns the line that looks the login up. */
  static byte[] lookupBytes() {
    return bytes(LOOKUP);
  }

  /** Returns the reply that a commit was read. */
  static DictReply accepted(long asyncId) {
    return new DictReply.Accepted(asyncId);
  }

  /** Returns the reply that a commit succeeded. */
  static DictReply committed(long asyncId) {
    return new DictReply.Committed(
        asyncId, 1, false, DictReply.CommitOutcome.COMMITTED, "", times(asyncId));
  }

  /** Returns the reply to the look-up. */
  static DictReply found(long asyncId) {
    return new DictReply.Found(asyncId, List.of(VALUE), times(asyncId));
  }

  private static ReplyTimes times(long asyncId) {
    long start = START + asyncId * INTERVAL;
    return new ReplyTimes(start, start + DURATION);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
