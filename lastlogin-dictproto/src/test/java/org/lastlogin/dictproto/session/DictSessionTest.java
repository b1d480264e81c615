package org.lastlogin.dictproto.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lastlogin.dict.Dict;
import org.lastlogin.dict.DictContext;
import org.lastlogin.dict.DictTransaction;
import org.lastlogin.dict.InMemoryDict;
import org.lastlogin.dict.InvalidValueException;
import org.lastlogin.dict.UncertainCommitException;
import org.lastlogin.dictproto.DictCommand;
import org.lastlogin.dictproto.DictCommandDecoder;
import org.lastlogin.dictproto.DictConversation;
import org.lastlogin.dictproto.DictLimits;
import org.lastlogin.dictproto.DictProtocolException;
import org.lastlogin.dictproto.DictReply;
import org.lastlogin.dictproto.DictReplyEncoder;
import org.lastlogin.dictproto.DictVersion;
import org.lastlogin.dictproto.TransactionCommand;
import org.lastlogin.dictproto.testing.HeldDict;

class DictSessionTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00.000042Z");
  private static final String TIMES = "\t1795341600\t42\t1795341600\t42";

  private final List<DictReply> replies = new ArrayList<>();
  private final HeldDict held = new HeldDict();
  private final NotedSession session = session(new InMemoryDict());

  @Test
  void setsAndLooksUpAndIterates() {
    String answers =
        play(
            session,
            "H3\t2\t0\t\td",
            "B1\t",
            "S1\tshared/t/a\t1",
            "S1\tshared/t/b\t2",
            "C1",
            "Lshared/t/a\t",
            "Lshared/t/x\t",
            "I0\t0\tshared/t/\t");

    assertThat(answers)
        .isEqualTo(
            "*1\n+1\tO1"
                + TIMES
                + "\n*2\n+2\tO1"
                + TIMES
                + "\n*3\n+3\tN"
                + TIMES
                + "\n*4\n+4\tOshared/t/a\t1\n+4\tOshared/t/b\t2\n+4\t"
                + TIMES
                + "\n");
  }

  @Test
  void iteratesSeveralPathsUpToTheLimit() {
    play(
        session,
        "H2\t2\t0\t\td",
        "B1",
        "S1\tshared/a/1\tx",
        "S1\tshared/b/1\ty",
        "S1\tshared/b/2\tz",
        "C1");
    replies.clear();

    assertThat(play(session, "I0\t2\tshared/a/\tshared/b/\tshared/c/"))
        .isEqualTo("*2\n+2\tOshared/a/1\tx\n+2\tOshared/b/1\ty\n+2\t" + TIMES + "\n");
  }

  @Test
  void takesTheUserFromTheHelloInVersion2AndFromTheCommandLater() {
    InMemoryDict dict = new InMemoryDict();
    play(session(dict), "H2\t2\t0\tcarol\td", "B1", "S1\tpriv/a\t1", "C1");
    replies.clear();
    assertThat(play(session(dict), "H3\t2\t0\t\td", "Lpriv/a\tcarol", "Lpriv/a\tdave"))
        .isEqualTo("*1\n+1\tO1" + TIMES + "\n*2\n+2\tN" + TIMES + "\n");
  }

  @Test
  void answersFWhenAPrivateKeyHasNoUser() {
    assertThat(play(session, "H3\t2\t0\t\td", "B1\t", "A1\tpriv/a\t1", "C1"))
        .isEqualTo(
            "*1\n+1\tF1\tInvalid key: priv/a (a priv/ key needs a user name)" + TIMES + "\n");
  }

  @Test
  void answersAnEmptyTransactionAndNotARolledBackOne() {
    assertThat(
            play(
                session,
                "H3\t2\t0\t\td",
                "B1\t",
                "S1\tshared/a\t1",
                "R1",
                "B1\t",
                "C1",
                "Lshared/a\t"))
        .isEqualTo("*1\n+1\tO1" + TIMES + "\n*2\n+2\tN" + TIMES + "\n");
  }

  @Test
  void marksTheAnswerToAnAsyncCommit() {
    assertThat(play(session, "H3\t2\t0\t\td", "B5\t", "S5\tshared/a\t1", "D5"))
        .isEqualTo("*1\n+1\tAO5" + TIMES + "\n");
  }

  @Test
  void handsTheDictAllThatWasSaidOfATransaction() {
    play(
        session(held),
        "H4\t0\t0\t\td",
        "B1\tcarol\t60",
        "S1\tshared/a\tsecret",
        "T1\t1700000000\t5",
        "V1\tyes",
        "C1");

    DictTransaction transaction = held.transactions().get(0);
    assertThat(transaction.context()).isEqualTo(DictContext.of("carol"));
    assertThat(transaction.expiry()).isEqualTo(Duration.ofSeconds(60));
    assertThat(transaction.timestamp()).contains(Instant.ofEpochSecond(1700000000, 5));
    assertThat(transaction.hidesValues()).isTrue();
    assertThat(transaction).hasToString("DictTransaction[shared/a]");
  }

  @Test
  void answersInTheOrderOfCompletion() {
    NotedSession waiting = session(held);
    play(waiting, "H3\t2\t0\t\td", "Lshared/a\t", "Lshared/b\t");
    held.answerLookup(1, "b");
    held.answerLookup(0, "a");

    assertThat(encoded(DictVersion.V3_2))
        .isEqualTo("*1\n*2\n+2\tOb" + TIMES + "\n+1\tOa" + TIMES + "\n");
  }

  @Test
  void takesOneCommandAtATimeFromAClientThatNeedsOrder() {
    NotedSession waiting = session(held);
    play(waiting, "H2\t0\t0\t\td", "Lshared/a");
    assertThat(waiting.canReceive()).isFalse();
    assertThatThrownBy(() -> waiting.receive(new DictCommand.Lookup("shared/b", "")))
        .isInstanceOf(IllegalStateException.class);

    held.answerLookup(0, "a");
    assertThat(waiting.canReceive()).isTrue();
    assertThat(encoded(DictVersion.V2_0)).isEqualTo("Oa\n");
  }

  @Test
  void takesNoMoreThanTheLimitOfPendingCommands() {
    NotedSession waiting = session(held);
    play(waiting, "H3\t2\t0\t\td");
    for (int i = 0; i < DictLimits.DEFAULT.pendingCommands(); i++) {
      assertThat(waiting.canReceive()).isTrue();
      waiting.receive(new DictCommand.Lookup("shared/" + i, ""));
    }
    assertThat(waiting.canReceive()).isFalse();
  }

  @Test
  void wordsFailuresForTheVersion() {
    InvalidValueException invalid = new InvalidValueException(1, "shared/a", "zz", "no hexblob");
    held.failCommits(invalid);
    assertThat(play(session(held), "H3\t2\t0\t\td", "B1\t", "S1\tshared/a\tzz", "C1"))
        .contains("F1\tdict-sql: Failed to set 1 fields (first shared/a): no hexblob\t");
    replies.clear();
    assertThat(play(session(held), "H2\t2\t0\t\td", "B1", "S1\tshared/a\tzz", "C1"))
        .contains("F1\tdict-sql: Failed to set shared/a=zz: no hexblob\t");
  }

  @Test
  void tellsAnUncertainCommitFromAFailedOne() {
    held.failCommits(new UncertainCommitException("connection lost"));
    assertThat(play(session(held), "H3\t2\t0\t\td", "B1\t", "S1\tshared/a\tzz", "C1"))
        .contains("+1\tW1\tconnection lost\t");
  }

  @Test
  void answersEvenIfTheDictThrows() {
    held.throwFromCommits(new IllegalStateException("password=secret"));
    assertThat(play(session(held), "H3\t2\t0\t\td", "B1\t", "S1\tshared/a\tzz", "C1"))
        .contains("+1\tF1\tInternal error (IllegalStateException); the server's log has more\t")
        .doesNotContain("secret");
  }

  @Test
  void givesUpOnADictThatDoesNotAnswer() {
    NotedSession waiting = session(held);
    play(
        waiting,
        "H3\t2\t0\t\td",
        "Lshared/a\t",
        "B1\t",
        "S1\tshared/a\t1",
        "C1",
        "I0\t0\tshared/a/\t");
    long now = System.nanoTime();
    waiting.expire(now);
    assertThat(waiting.pending()).isEqualTo(3);

    waiting.expire(now + Duration.ofSeconds(26).toNanos());
    String text = "No answer from the dict within 25000 ms" + TIMES + "\n";
    assertThat(encoded(DictVersion.V3_2))
        .isEqualTo("*1\n*2\n*3\n+1\tF" + text + "+2\tW1\t" + text + "+3\tF" + text);
    assertThat(waiting.pending()).isZero();

    replies.clear();
    held.answerLookup(0, "late");
    assertThat(replies).isEmpty();
  }

  @Test
  void refusesWhatAClientMayNotDo() {
    assertThatThrownBy(() -> session.receive(new TransactionCommand.Commit(1)))
        .hasMessage("The first command is 'C', not HELLO");
    assertThatThrownBy(() -> play(session(held), "H3\t2\t0\t\tnosuch"))
        .isInstanceOf(DictProtocolException.class)
        .hasMessage("HELLO names the dict \"nosuch\", which is not served here; served are [d]");
    play(session, "H3\t2\t0\t\td", "B1\t");
    assertThatThrownBy(() -> session.receive(new TransactionCommand.Begin(1, "", 0)))
        .hasMessage("BEGIN: the transaction id 1 is in use");
    for (TransactionCommand command :
        List.of(
            new TransactionCommand.Set(2, "shared/a", "1"),
            new TransactionCommand.Commit(2),
            new TransactionCommand.CommitAsync(2),
            new TransactionCommand.Rollback(2),
            new TransactionCommand.HideValues(2, true),
            new TransactionCommand.Timestamp(2, 1, 1))) {
      assertThatThrownBy(() -> session.receive(command))
          .isInstanceOf(DictProtocolException.class)
          .hasMessage(
              command.type().protocolName() + ": there is no open transaction with the id 2");
    }
    assertThatThrownBy(() -> session.receive(new TransactionCommand.Timestamp(1, 1, 1_000_000_000)))
        .hasMessageContaining("not a point in time");
  }

  @Test
  void rejectsACommandThatWasNotNoted() {
    DictSession alone =
        DictSession.create(
            "test",
            Map.of("d", held),
            DictConversation.ofServer(DictLimits.DEFAULT),
            replies::add,
            Runnable::run);
    assertThatThrownBy(() -> alone.receive(new DictCommand.Hello(3, 2, 0, "", "d")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("A command was not noted; create its decoder with the session's conversation");
  }

  @Test
  void limitsWhatOpenTransactionsMayHold() {
    play(session, "H3\t2\t0\t\td");
    for (int i = 0; i < 1000; i++) {
      session.receive(new TransactionCommand.Begin(i, "", 0));
    }
    assertThatThrownBy(() -> session.receive(new TransactionCommand.Begin(1000, "", 0)))
        .hasMessageContaining("1000 transactions are open already");
    String large = "x".repeat(60_000);
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 1000; i++) {
                session.receive(new TransactionCommand.Set(1, "shared/a", large));
              }
            })
        .isInstanceOf(DictProtocolException.class)
        .hasMessage("The open transactions are larger than 16777216 bytes");
    session.receive(new TransactionCommand.Rollback(1));
    assertThatThrownBy(
            () -> {
              for (int i = 0; i <= DictLimits.DEFAULT.openOperations(); i++) {
                session.receive(new TransactionCommand.Unset(2, "shared/a"));
              }
            })
        .isInstanceOf(DictProtocolException.class)
        .hasMessage("The open transactions hold more than 100000 operations");
  }

  private NotedSession session(Dict dict) {
    return new NotedSession(
        DictSessionSettings.builder(Map.of("d", dict)).clock(InstantSource.fixed(NOW)).build(),
        DictLimits.DEFAULT,
        replies::add);
  }

  /**
   * Gives a session the commands that stand in lines, and returns all answers so far as they go
   * onto the wire.
   */
  private String play(NotedSession to, String... lines) {
    String hello =
        to.version() == null ? "" : "H" + to.version().toString().replace('.', '\t') + "\t0\t\td\n";
    DictCommandDecoder decoder = DictCommandDecoder.create(DictLimits.DEFAULT);
    decoder.feed((hello + String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    DictCommand command = hello.isEmpty() ? null : decoder.next();
    while ((command = decoder.next()) != null) {
      to.receive(command);
    }
    return encoded(to.version());
  }

  private String encoded(DictVersion version) {
    DictReplyEncoder encoder = DictReplyEncoder.create(version);
    replies.forEach(encoder::encode);
    return StandardCharsets.UTF_8.decode(encoder.drain()).toString();
  }
}
