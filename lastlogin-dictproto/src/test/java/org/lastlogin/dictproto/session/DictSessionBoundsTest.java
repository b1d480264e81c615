package org.lastlogin.dictproto.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.lastlogin.dict.CommitResult;
import org.lastlogin.dict.Dict;
import org.lastlogin.dict.DictContext;
import org.lastlogin.dict.DictException;
import org.lastlogin.dict.DictIteration;
import org.lastlogin.dict.DictRow;
import org.lastlogin.dict.DictTransaction;
import org.lastlogin.dict.LookupResult;
import org.lastlogin.dict.RowConsumer;
import org.lastlogin.dictproto.DictCommand;
import org.lastlogin.dictproto.DictLimits;
import org.lastlogin.dictproto.DictReply;
import org.lastlogin.dictproto.DictReplyEncoder;
import org.lastlogin.dictproto.DictVersion;
import org.lastlogin.dictproto.TransactionCommand;
import org.lastlogin.dictproto.testing.HeldDict;

/**
 * The memory that a session needs for a client, and its answers when dicts break their contract.
 */
class DictSessionBoundsTest {
  private final Sink sink = new Sink();
  private final HeldDict held = new HeldDict();

  @Test
  void startsNoMoreLookupsWhileTheClientDoesNotRead() {
    NotedSession session = session(held);
    sink.writable = new CompletableFuture<>();
    for (int i = 0; i < 100; i++) {
      session.receive(new DictCommand.Lookup("shared/" + i, ""));
    }
    assertThat(held.lookups()).isZero();
    assertThat(session.pending()).isEqualTo(100);

    sink.reads();
    assertThat(held.lookups()).isEqualTo(4);
    held.answerLookup(2, "v");
    assertThat(held.lookups()).isEqualTo(5);
  }

  @Test
  void asksTheDictNothingForCommandsThatAreGivenUp() {
    NotedSession session = session(held);
    for (int i = 0; i < 100; i++) {
      session.receive(new DictCommand.Lookup("shared/" + i, ""));
    }
    session.giveUpAll("over");
    assertThat(session.pending()).isZero();
    assertThat(held.lookups()).isEqualTo(4);
  }

  @Test
  void asksTheDictNothingForCommandsThatAreOverdue() {
    NotedSession session = session(held);
    for (int i = 0; i < 100; i++) {
      session.receive(new DictCommand.Lookup("shared/" + i, ""));
    }
    session.expire(afterTheAnswerTime());
    assertThat(session.pending()).isZero();
    assertThat(held.lookups()).isEqualTo(4);
  }

  @Test
  void answersEachOverdueCommandOnceEvenIfTheDictRecovers() {
    AtomicInteger asked = new AtomicInteger();
    NotedSession session =
        session(
            new Lawless(null, null) {
              @Override
              public CompletionStage<LookupResult> lookup(String key, DictContext context) {
                return asked.getAndIncrement() < 4
                    ? new CompletableFuture<>()
                    : CompletableFuture.completedFuture(LookupResult.found("v"));
              }
            });
    for (int i = 0; i < 100; i++) {
      session.receive(new DictCommand.Lookup("shared/" + i, ""));
    }
    sink.replies.clear();
    session.expire(afterTheAnswerTime());
    assertThat(sink.replies).extracting(DictReply::asyncId).doesNotHaveDuplicates().hasSize(100);
  }

  private static long afterTheAnswerTime() {
    return System.nanoTime() + DictLimits.DEFAULT.answerTime().plusSeconds(1).toNanos();
  }

  @Test
  void sendsNoRowAfterTheAnswer() {
    List<RowConsumer> kept = new ArrayList<>();
    NotedSession session =
        session(
            new Lawless(null, null) {
              @Override
              public CompletionStage<Void> iterate(DictIteration iteration, RowConsumer rows) {
                kept.add(rows);
                return RowConsumer.READY;
              }
            });
    session.receive(new DictCommand.Iterate(Set.of(), 0, List.of("shared/a/"), ""));
    assertThat(sink.replies).last().isInstanceOf(DictReply.EndOfRows.class);
    int replies = sink.replies.size();

    CompletionStage<Void> late = kept.get(0).accept(new DictRow("shared/a/b", List.of("v")));

    assertThat(late.toCompletableFuture()).isCompletedExceptionally();
    assertThat(sink.replies).hasSize(replies);
  }

  @Test
  void cutsALongErrorBetweenCharacters() {
    NotedSession session = session(held);
    for (int before : new int[] {295, 296, 297}) {
      session.receive(new DictCommand.Lookup("shared/a", ""));
      held.failLookup(
          held.lookups() - 1, new DictException("x".repeat(before) + "\ud83d\ude00".repeat(9)));
      assertThat(lastError()).startsWith("x".repeat(before)).endsWith("...");
      assertThat(lastError().length()).isLessThanOrEqualTo(300);
      assertThat(lastError().replace("\ud83d\ude00", "")).matches("x*\\.\\.\\.");
    }
  }

  @Test
  void takesNoCommandWhileThePendingOnesAreLarge() {
    NotedSession session = session(held);
    int commits = 0;
    for (; session.canReceive(); commits++) {
      session.receive(new TransactionCommand.Begin(commits, "", 0));
      session.receive(new TransactionCommand.Set(commits, "shared/a", "v".repeat(60_000)));
      session.receive(new TransactionCommand.Commit(commits));
    }
    assertThat(commits).isEqualTo(5);
    held.answerCommit(0);
    assertThat(session.canReceive()).isTrue();
  }

  @Test
  void doesNotSendAValueThatIsTooLong() {
    NotedSession session = session(held, DictLimits.builder().replyBytes(1000).build());
    session.receive(new DictCommand.Lookup("shared/a", ""));
    held.answerLookup(0, "v".repeat(1001));
    assertThat(lastError()).isEqualTo("A value of 1001 characters is too long for an answer");
  }

  @Test
  void answersWhenTheDictsOwnWordsCannotBeSent() {
    DictReplyEncoder encoder = DictReplyEncoder.create(DictVersion.V3_2);
    sink.check = encoder::encode;
    NotedSession session = session(held);
    session.receive(new DictCommand.Lookup("shared/a", ""));
    held.answerLookup(0, "half a character: \ud800");
    assertThat(lastError()).startsWith("Internal error (IllegalArgumentException)");

    session.receive(new DictCommand.Lookup("shared/a", ""));
    held.failLookup(1, new DictException("half a character: \ud800"));
    assertThat(lastError()).isEqualTo("The server's log has the reason");
    assertThat(session.pending()).isZero();
  }

  private String lastError() {
    return ((DictReply.Failed) sink.replies.get(sink.replies.size() - 1)).error();
  }

  @Test
  void answersWhateverTheDictDoes() {
    for (Lawless dict :
        List.of(
            new Lawless(null, null),
            new Lawless(null, new StackOverflowError()),
            new Lawless(null, new NoClassDefFoundError("x")),
            new Lawless(CompletableFuture.completedStage(null), null),
            new Lawless(CompletableFuture.failedStage(new LinkageError()), null))) {
      sink.replies.clear();
      NotedSession session = session(dict);
      session.receive(new DictCommand.Lookup("shared/a", ""));
      session.receive(new TransactionCommand.Begin(1, "", 0));
      session.receive(new TransactionCommand.Set(1, "shared/a", "1"));
      session.receive(new TransactionCommand.Commit(1));
      assertThat(session.pending()).isZero();
      assertThat(sink.replies.get(1)).isInstanceOf(DictReply.Failed.class);
      assertThat(((DictReply.Committed) sink.replies.get(3)).outcome())
          .isEqualTo(DictReply.CommitOutcome.FAILED);
    }
  }

  @Test
  void answersAnIterationThatIsNoStage() {
    NotedSession session = session(new Lawless(null, null));
    session.receive(new DictCommand.Iterate(Set.of(), 0, List.of("shared/a/"), ""));
    assertThat(sink.replies).last().isInstanceOf(DictReply.Failed.class);
  }

  private NotedSession session(Dict dict) {
    return session(dict, DictLimits.DEFAULT);
  }

  private NotedSession session(Dict dict, DictLimits limits) {
    NotedSession session =
        new NotedSession(DictSessionSettings.builder(Map.of("d", dict)).build(), limits, sink);
    session.receive(new DictCommand.Hello(3, 2, 0, "", "d"));
    return session;
  }

  /** Keeps the replies of a client that reads or does not. */
  private static final class Sink implements DictReplySink {
    final List<DictReply> replies = new ArrayList<>();
    Consumer<DictReply> check = reply -> {};
    CompletableFuture<Void> writable = CompletableFuture.completedFuture(null);

    @Override
    public void send(DictReply reply) {
      check.accept(reply);
      replies.add(reply);
    }

    @Override
    public CompletionStage<Void> whenWritable() {
      return writable;
    }

    void reads() {
      writable.complete(null);
    }
  }

  /** A dict that breaks its contract: returns the same whatever it is asked, or throws. */
  private static class Lawless implements Dict {
    private final CompletionStage<?> result;
    private final Error error;

    Lawless(CompletionStage<?> result, Error error) {
      this.result = result;
      this.error = error;
    }

    @SuppressWarnings("unchecked")
    private <T> CompletionStage<T> answer() {
      if (error != null) {
        throw error;
      }
      return (CompletionStage<T>) result;
    }

    @Override
    public CompletionStage<LookupResult> lookup(String key, DictContext context) {
      return answer();
    }

    @Override
    public CompletionStage<Void> iterate(DictIteration iteration, RowConsumer rows) {
      return answer();
    }

    @Override
    public CompletionStage<CommitResult> commit(DictTransaction transaction) {
      return answer();
    }

    @Override
    public void close() {}
  }
}
