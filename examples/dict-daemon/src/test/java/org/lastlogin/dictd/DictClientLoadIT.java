package org.lastlogin.dictd;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lastlogin.dict.BlockingDict;
import org.lastlogin.dict.CommitResult;
import org.lastlogin.dict.DictContext;
import org.lastlogin.dict.DictException;
import org.lastlogin.dict.DictIteration;
import org.lastlogin.dict.DictOperation;
import org.lastlogin.dict.DictTransaction;

/** Our client with Dovecot's own dict servers under load, and when they stop. */
@Tag("slow")
class DictClientLoadIT {
  private static final int SETS = 500;

  /** The number of calls in flight while a server stops. */
  private static final int AT_ONCE = 20;

  @TempDir Path directory;
  private DovecotPeer peer;

  @AfterEach
  void stop() throws Exception {
    if (peer != null) {
      peer.close();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"HOST", "BULLSEYE", "TRIXIE"})
  void commitsManyAtOnce(DovecotSystem system) throws Exception {
    peer = DovecotPeer.start(system, directory);
    List<CompletableFuture<CommitResult>> commits = new ArrayList<>();
    for (int i = 0; i < SETS; i++) {
      commits.add(set(i).toCompletableFuture());
    }

    for (CompletableFuture<CommitResult> commit : commits) {
      assertThat(commit.get(60, TimeUnit.SECONDS)).isEqualTo(CommitResult.COMMITTED);
    }
    assertThat(rows()).hasSize(SETS);
  }

  private CompletionStage<CommitResult> set(int number) {
    return peer.client()
        .commit(
            DictTransaction.of(
                DictContext.NO_USER,
                new DictOperation.Set("shared/tree/set/" + number, "value " + number)));
  }

  private List<String> rows() throws Exception {
    return peer.database().query("SELECT b, v FROM tree WHERE a = 'set'");
  }

  @ParameterizedTest
  @EnumSource(names = {"HOST", "BULLSEYE", "TRIXIE"})
  void aSlowConsumerHoldsUpNobodyElse(DovecotSystem system) throws Exception {
    peer = DovecotPeer.start(system, directory);
    int count = 20_000;
    peer.database()
        .execute("INSERT INTO tree SELECT 'slow', seq, REPEAT('v', 200) FROM seq_1_to_" + count);
    CompletableFuture<Void> ready = new CompletableFuture<>();
    AtomicInteger rows = new AtomicInteger();
    CompletableFuture<Void> iteration =
        peer.client()
            .iterate(
                DictIteration.below("shared/tree/slow/", DictContext.NO_USER),
                row -> {
                  rows.incrementAndGet();
                  return ready;
                })
            .toCompletableFuture();
    Awaitility.await().until(() -> rows.get() == 1);

    for (int i = 1; i <= 100; i++) {
      assertThat(peer.dict().get("shared/tree/slow/" + i)).isPresent();
    }
    assertThat(rows).hasValue(1);
    assertThat(iteration).isNotDone();

    ready.complete(null);
    iteration.get(60, TimeUnit.SECONDS);
    assertThat(rows).hasValue(count);
  }

  @ParameterizedTest
  @EnumSource(names = {"HOST", "BULLSEYE", "TRIXIE"})
  void losesNothingThatWasCommittedWhenTheServerIsRestarted(DovecotSystem system) throws Exception {
    peer = DovecotPeer.start(system, directory);

    List<String> committed =
        setWhile(
            () -> {
              peer.server().killProcesses();
              peer.server().stop();
              peer.server().start();
            });

    assertThat(committed).isNotEmpty();
    assertThat(rows()).containsAll(committed);
    // The client reconnects by itself.
    BlockingDict dict = peer.dict();
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptionsInstanceOf(DictException.class)
        .until(() -> setAgain(dict));
    assertThat(dict.get("shared/tree/again/1")).contains("v");
  }

  private static boolean setAgain(BlockingDict dict) {
    dict.set("shared/tree/again/1", "v");
    return true;
  }

  /** An action that disturbs a server. */
  private interface Action {
    void run() throws Exception;
  }

  /**
   * Sends a stream of sets, in the middle of which something happens, and returns the rows of the
   * committed ones.
   */
  private List<String> setWhile(Action action) throws Exception {
    Semaphore room = new Semaphore(AT_ONCE);
    Map<Integer, CompletableFuture<CommitResult>> sets = new LinkedHashMap<>();
    for (int i = 0; i < SETS; i++) {
      assertThat(room.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
      CompletionStage<CommitResult> set = set(i);
      var unused = set.whenComplete((result, failure) -> room.release());
      sets.put(i, set.toCompletableFuture());
      if (i == SETS / 2) {
        action.run();
      }
    }
    assertThat(room.tryAcquire(AT_ONCE, 60, TimeUnit.SECONDS)).isTrue();
    List<String> committed = new ArrayList<>();
    sets.forEach(
        (number, set) -> {
          if (!set.isCompletedExceptionally() && set.join() == CommitResult.COMMITTED) {
            committed.add(number + ",value " + number);
          }
        });
    return committed;
  }
}
