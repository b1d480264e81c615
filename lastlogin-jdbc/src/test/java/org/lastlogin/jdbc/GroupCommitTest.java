package org.lastlogin.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.lastlogin.dict.DictException;
import org.lastlogin.jdbc.GroupCommit.Remedy;
import org.lastlogin.jdbc.GroupCommit.WriteFailure;

class GroupCommitTest {
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  private final AtomicLong now = new AtomicLong();
  private final CountDownLatch firstMayEnd = new CountDownLatch(1);
  private final List<List<String>> groups = Collections.synchronizedList(new ArrayList<>());
  private final List<DictException> failures = Collections.synchronizedList(new ArrayList<>());
  private final GroupCommit<String, String> commits =
      new GroupCommit<>("group-commit-test", new TestWriter(), 4, DEADLINE, now::get);

  private CompletableFuture<String> first;

  /** Puts an exclamation mark behind an item. An item tells by its name how it fails. */
  private final class TestWriter implements GroupCommit.Writer<String, String> {
    @Override
    public List<String> write(List<String> group) throws WriteFailure {
      groups.add(List.copyOf(group));
      if (group.contains("first")) {
        awaitLatch(firstMayEnd);
      }
      for (Remedy remedy : Remedy.values()) {
        if (group.contains(remedy.name())) {
          throw new WriteFailure(new DictException("because of " + remedy), remedy);
        }
      }
      if (group.contains("bug")) {
        throw new IllegalStateException("bug");
      }
      return group.stream().map(item -> item + "!").toList();
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

  /** Occupies the writer, so that what comes next must wait and become a group. */
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
  void failsTheBadItemAlone() throws Exception {
    occupy();
    CompletableFuture<String> a = commits.submit("a");
    CompletableFuture<String> bad = commits.submit("ALONE");
    CompletableFuture<String> b = commits.submit("b");
    firstMayEnd.countDown();

    assertThat(List.of(get(a), get(b))).containsExactly("a!", "b!");
    assertFails(bad, "because of ALONE");
    assertThat(failures).hasSize(1);
  }

  @Test
  void failsAllAtOnceIfNothingHelps() {
    occupy();
    CompletableFuture<String> a = commits.submit("a");
    CompletableFuture<String> bad = commits.submit("NONE");
    firstMayEnd.countDown();

    assertFails(a, "because of NONE");
    assertFails(bad, "because of NONE");
    assertThat(failures).hasSize(1);
    assertThat(groups).hasSize(2);
  }

  @Test
  void triesBadLuckOnceMore() {
    assertFails(commits.submit("AGAIN"), "because of AGAIN");
    assertThat(groups).containsExactly(List.of("AGAIN"), List.of("AGAIN"));
  }

  @Test
  void doesNotTryAgainWhatWasRefused() {
    assertFails(commits.submit("ALONE"), "because of ALONE");
    assertThat(groups).hasSize(1);
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
  void doesNotWriteWhatHasWaitedTooLong() throws Exception {
    occupy();
    CompletableFuture<String> late = commits.submit("late");
    now.addAndGet(DEADLINE.toNanos() + 1);
    CompletableFuture<String> inTime = commits.submit("in time");
    firstMayEnd.countDown();

    get(first);
    assertFails(late, "not sent");
    assertThat(get(inTime)).isEqualTo("in time!");
    assertThat(groups).containsExactly(List.of("first"), List.of("in time"));
  }

  @Test
  void survivesAMistakeOfTheWriter() throws Exception {
    assertFails(commits.submit("bug"), "bug");
    assertThat(get(commits.submit("a"))).isEqualTo("a!");
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
