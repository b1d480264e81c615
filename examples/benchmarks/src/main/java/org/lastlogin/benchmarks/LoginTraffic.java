package org.lastlogin.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.lastlogin.dictproto.DictCommand;
import org.lastlogin.dictproto.DictReply;
import org.lastlogin.dictproto.ReplyTimes;
import org.lastlogin.dictproto.TransactionCommand;

/** What goes over the wire for a login, as Dovecot 2.3.19 was recorded to say it. */
final class LoginTraffic {
  private static final String KEY = "shared/last-login/imap/alice@example.com/example.com";
  private static final String VALUE = "1700000001";
  private static final String HELLO_LINE = "H3\t2\t0\t\tlastlogin\n";
  private static final String LOGIN = "B1\t\nS1\t" + KEY + "\t" + VALUE + "\nC1\n";
  private static final String LOOKUP = "L" + KEY + "\t\n";
  private static final long START = 1795330764_327705L;
  private static final long DURATION = 1494;

  /** The time from one reply to the next: a server that makes 100,000 of them in a second. */
  private static final long INTERVAL = 10;

  /** How many commands a burst has. */
  static final int COMMANDS = 4;

  /** How many replies there are to it. */
  static final int REPLIES = 4;

  static final DictCommand.Hello HELLO = new DictCommand.Hello(3, 2, 0, "", "lastlogin");

  private LoginTraffic() {}

  /** A login that is written, and then looked up as a panel would. */
  static List<DictCommand> commands() {
    return new ArrayList<>(
        List.of(
            new TransactionCommand.Begin(1, "", 0),
            new TransactionCommand.Set(1, KEY, VALUE),
            new TransactionCommand.Commit(1),
            new DictCommand.Lookup(KEY, "")));
  }

  /** The HELLO's line. */
  static byte[] helloBytes() {
    return bytes(HELLO_LINE);
  }

  /** The lines of the commands. */
  static byte[] commandBytes() {
    return bytes(LOGIN + LOOKUP);
  }

  /** The lines that write a login, all that one of Dovecot's processes says in its connection. */
  static byte[] loginBytes() {
    return bytes(HELLO_LINE + LOGIN);
  }

  /** The line that looks it up. */
  static byte[] lookupBytes() {
    return bytes(LOOKUP);
  }

  /** That a commit was read. */
  static DictReply accepted(long asyncId) {
    return new DictReply.Accepted(asyncId);
  }

  /** That it was made. */
  static DictReply committed(long asyncId) {
    return new DictReply.Committed(
        asyncId, 1, false, DictReply.CommitOutcome.COMMITTED, "", times(asyncId));
  }

  /** What was looked up. */
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
