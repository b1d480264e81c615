package org.lastlogin.jdbc.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.lastlogin.dict.DictException;
import org.lastlogin.dict.UncertainCommitException;

class GroupCommitTest {
  private static final Duration LINGER = Duration.ofMillis(10);
  private static final Duration TIME_LIMIT = Duration.ofSeconds(20);

  private final AtomicLong now = new AtomicLong();
  private final CountDownLatch firstMayEnd = new CountDownLatch(1);
  private final List<List<String>> groups = Collections.synchronizedList(new ArrayList<>());
  private final List<DictException> failures = Collections.synchronizedList(new ArrayList<>());
  private GroupCommit<String, String> commits = start(1);

  private CompletableFuture<String> first;

  private GroupCommit<String, String> start(int writers) {
    Ticker ticker =
        new Ticker() {
          @Override
          public long nanoTime() {
            return now.get();
          }

          @Override
          public void pause(long nanos) {
            throw new AssertionError("Nothing is tried again here");
          }
        };
    return GroupCommit.start(
        "group-commit-test", new TestWork(), writers, 4, LINGER, TIME_LIMIT, ticker);
  }

  /** Puts an exclamation mark after an item. The item "first" takes its time. */
  private final class TestWork implements GroupWork<String, String> {
    @Override
    public List<String> run(List<String> group, Duration limit) {
      groups.add(List.copyOf(group));
      if (group.contains("first")) {
        awaitLatch(firstMayEnd);
      }
      return group.stream().map(item -> item + "!").toList();
    }

    @Override
    public Set<?> rows(String item) {
      return Set.of(item);
    }

    @Override
    public boolean isRepeatable(String item) {
      return false;
    }

    @Override
    public String noun() {
      return "commit";
    }

    @Override
    public DictException uncertain(DictException reason) {
      return new UncertainCommitException(String.valueOf(reason.getMessage()));
    }

    @Override
    public void failed(DictException reason) {
      failures.add(reason);
    }
  }

  @AfterEach
  void close() {
    firstMayEnd.countDown();
    commits.close(Duration.ofSeconds(10));
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static String get(CompletableFuture<String> future) throws Exception {
    return future.get(30, TimeUnit.SECONDS);
  }

  private static void assertFails(CompletableFuture<String> future, String message) {
    assertThatThrownBy(() -> get(future))
        .hasCauseInstanceOf(DictException.class)
        .hasMessageContaining(message);
  }

  /** Occupies a writer, so that what comes next must wait and become a group. */
  private void occupy() {
    first = commits.submit("first");
    await().until(() -> !groups.isEmpty());
  }

  @Test
  void writesALoneItemAtOnce() throws Exception {
    assertThat(get(commits.submit("a"))).isEqualTo("a!");
    assertThat(groups).containsExactly(List.of("a"));
  }

  @Test
  void writesWhatHasGatheredInOneGroup() throws Exception {
    occupy();
    CompletableFuture<String> a = commits.submit("a");
    CompletableFuture<String> b = commits.submit("b");
    firstMayEnd.countDown();

    assertThat(List.of(get(first), get(a), get(b))).containsExactly("first!", "a!", "b!");
    assertThat(groups).containsExactly(List.of("first"), List.of("a", "b"));
  }

  @Test
  void anotherWriterIsNotHeldUp() throws Exception {
    commits.close(Duration.ofSeconds(10));
    commits = start(2);
    occupy();
    now.addAndGet(LINGER.toNanos());
    assertThat(get(commits.submit("a"))).isEqualTo("a!");
    CompletableFuture<String> same = commits.submit("first");
    now.addAndGet(LINGER.toNanos());
    assertThat(get(commits.submit("b"))).isEqualTo("b!");
    assertThat(groups).containsExactly(List.of("first"), List.of("a"), List.of("b"));
    firstMayEnd.countDown();
    assertThat(List.of(get(first), get(same))).containsExactly("first!", "first!");
  }

  @Test
  void refusesMoreThanTheQueueHolds() throws Exception {
    occupy();
    List<CompletableFuture<String>> waiting =
        List.of("a", "b", "c", "d").stream().map(commits::submit).toList();

    assertFails(commits.submit("e"), "Too many commits");
    firstMayEnd.countDown();
    get(first);
    for (CompletableFuture<String> future : waiting) {
      get(future);
    }
  }

  @Test
  void answersInTimeWhateverTheWriterDoes() throws Exception {
    occupy();
    CompletableFuture<String> late = commits.submit("late");
    now.addAndGet(TIME_LIMIT.toNanos() + 1);
    CompletableFuture<String> inTime = commits.submit("in time");

    assertFails(late, "was not made");
    assertThatThrownBy(() -> get(first))
        .hasCauseInstanceOf(UncertainCommitException.class)
        .hasMessageContaining("waited longer than 20000 ms for the database's answer");
    await().untilAsserted(() -> assertThat(failures).hasSize(2));
    firstMayEnd.countDown();
    assertThat(get(inTime)).isEqualTo("in time!");
    assertThat(groups).containsExactly(List.of("first"), List.of("in time"));
  }

  @Test
  void closingWritesWhatWaits() throws Exception {
    occupy();
    CompletableFuture<String> a = commits.submit("a");
    CompletableFuture<Void> closing =
        CompletableFuture.runAsync(() -> commits.close(Duration.ofSeconds(30)));
    firstMayEnd.countDown();

    assertThat(get(a)).isEqualTo("a!");
    closing.get(30, TimeUnit.SECONDS);
    assertFails(commits.submit("b"), "closed");
  }

  @Test
  void closingFailsWhatCannotBeWrittenInTime() throws Exception {
    occupy();
    CompletableFuture<String> a = commits.submit("a");

    commits.close(Duration.ofMillis(1));

    assertFails(a, "closed");
    firstMayEnd.countDown();
    assertThat(get(first)).isEqualTo("first!");
  }
}
