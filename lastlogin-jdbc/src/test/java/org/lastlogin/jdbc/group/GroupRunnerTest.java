package org.lastlogin.jdbc.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Percentage.withPercentage;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.lastlogin.dict.DictException;
import org.lastlogin.dict.UncertainCommitException;
import org.lastlogin.jdbc.group.GroupFailure.Kind;

/** The work of these tests follows a script of failures, and notes what it was asked to write. */
class GroupRunnerTest {
  private static final Duration TIME = Duration.ofSeconds(20);

  private final FakeTicker ticker = new FakeTicker();
  private final ScriptedWork work = new ScriptedWork();
  private final GroupRunner<String, String> runner =
      new GroupRunner<>(
          work, new Backoff(Duration.ofMillis(10), Duration.ofSeconds(1), () -> 1.0), ticker);

  /** Time that passes only when somebody pauses. */
  private static final class FakeTicker implements Ticker {
    long now;
    final List<Long> pauses = new ArrayList<>();

    @Override
    public long nanoTime() {
      return now;
    }

    @Override
    public void pause(long nanos) {
      pauses.add(TimeUnit.NANOSECONDS.toMillis(nanos));
      now += nanos;
    }
  }

  /** Refuses what begins with "bad", and may fail before that as the script says. */
  private static final class ScriptedWork implements GroupWork<String, String> {
    final Deque<GroupFailure> script = new ArrayDeque<>();
    final List<List<String>> written = new ArrayList<>();
    final List<Duration> limits = new ArrayList<>();
    boolean tellsCulprit;

    /** An item that waits for a lock twice. */
    String locked = "";

    private int attemptsOfLocked;
    int failures;

    @Override
    public List<String> run(List<String> group, Duration limit) throws GroupFailure {
      written.add(group);
      limits.add(limit);
      GroupFailure next = script.poll();
      if (group.contains(locked) && attemptsOfLocked++ < 2) {
        next = failure(Kind.BUSY);
      }
      if (next != null) {
        throw next;
      }
      for (int i = 0; i < group.size(); i++) {
        if (group.get(i).startsWith("bad")) {
          DictException reason = new DictException(group.get(i) + " is refused");
          throw tellsCulprit
              ? new GroupFailure(reason, Kind.REFUSED, i)
              : new GroupFailure(reason, Kind.REFUSED);
        }
        if (group.get(i).equals("bug")) {
          throw new IllegalStateException("a mistake");
        }
      }
      return group.stream().map(item -> item + "!").toList();
    }

    @Override
    public Set<?> rows(String item) {
      return Set.of(item);
    }

    @Override
    public boolean isRepeatable(String item) {
      return !item.startsWith("inc");
    }

    @Override
    public String noun() {
      return "commit";
    }

    @Override
    public DictException uncertain(DictException reason) {
      return new UncertainCommitException("uncertain: " + reason.getMessage(), reason);
    }

    @Override
    public void failed(DictException reason) {
      failures++;
    }
  }

  private List<Pending<String, String>> write(String... items) {
    List<Pending<String, String>> group =
        Arrays.stream(items)
            .map(item -> new Pending<String, String>(item, Set.of(item), TIME.toNanos()))
            .toList();
    runner.run(group);
    return group;
  }

  private static GroupFailure failure(Kind kind) {
    return new GroupFailure(new DictException("it is " + kind), kind);
  }

  private static void assertWritten(Pending<String, String> pending) {
    assertThat(pending.future()).isCompletedWithValue(pending.item() + "!");
  }

  private static Throwable reason(Pending<String, String> pending) {
    assertThat(pending.future()).isCompletedExceptionally();
    return pending.future().handle((done, failure) -> failure).join();
  }

  @Test
  void splitsWhatIsRefusedUntilTheItemToBlameIsAlone() {
    var group = write("a", "b", "c", "d", "e", "bad", "f", "g");
    for (var pending : group) {
      if (pending.item().equals("bad")) {
        assertThat(reason(pending)).hasMessage("bad is refused");
      } else {
        assertWritten(pending);
      }
    }
    assertThat(work.written)
        .containsExactly(
            List.of("a", "b", "c", "d", "e", "bad", "f", "g"),
            List.of("a", "b", "c", "d"),
            List.of("e", "bad", "f", "g"),
            List.of("e", "bad"),
            List.of("e"),
            List.of("bad"),
            List.of("f", "g"));
    assertThat(work.failures).isOne();
  }

  @Test
  void goesStraightToTheItemToBlameIfItIsKnown() {
    work.tellsCulprit = true;
    write("a", "b", "bad", "c");
    assertThat(work.written)
        .containsExactly(
            List.of("a", "b", "bad", "c"), List.of("a", "b"), List.of("bad"), List.of("c"));
  }

  @Test
  void aMistakeOfOursFailsTheItemThatBringsItToLight() {
    var group = write("a", "bug");
    assertWritten(group.get(0));
    assertThat(reason(group.get(1))).hasMessageContaining("a mistake");
  }

  @Test
  void triesBadLuckAgainWithGrowingPauses() {
    for (int i = 0; i < 10; i++) {
      work.script.add(failure(Kind.TRANSIENT));
    }
    assertWritten(write("a").get(0));
    assertThat(ticker.pauses)
        .containsExactly(10L, 20L, 40L, 80L, 160L, 320L, 640L, 1000L, 1000L, 1000L);
  }

  @Test
  void keepsTheEarlierFailuresOnceTheTimeIsUp() {
    for (int i = 0; i < 100; i++) {
      work.script.add(failure(Kind.TRANSIENT));
    }
    Throwable reason = reason(write("a").get(0));
    assertThat(reason).isExactlyInstanceOf(DictException.class).hasMessage("it is TRANSIENT");
    assertThat(reason.getSuppressed()).hasSize(work.written.size() - 1);
    assertThat(ticker.now).isLessThanOrEqualTo(TIME.toNanos());
  }

  @Test
  void repeatsOnlyWhatMayBeRepeatedIfNobodyKnowsWhatBecameOfIt() {
    work.script.add(failure(Kind.UNCERTAIN));
    var group = write("set", "increment");
    assertWritten(group.get(0));
    assertThat(reason(group.get(1))).isInstanceOf(UncertainCommitException.class);
    assertThat(work.written).containsExactly(List.of("set", "increment"), List.of("set"));
  }

  @Test
  void staysUncertainIfTheRepetitionFails() {
    work.script.add(failure(Kind.UNCERTAIN));
    work.script.add(failure(Kind.HOPELESS));
    assertThat(reason(write("set").get(0)))
        .isInstanceOf(UncertainCommitException.class)
        .hasMessageContaining("it is HOPELESS")
        .rootCause()
        .satisfies(last -> assertThat(last.getSuppressed()).hasSize(1));
  }

  @Test
  void doesNotTryAgainWhatIsHopeless() {
    work.script.add(failure(Kind.HOPELESS));
    var group = write("a", "b");
    assertThat(reason(group.get(0))).hasMessage("it is HOPELESS");
    assertThat(reason(group.get(1))).hasMessage("it is HOPELESS");
    assertThat(work.written).hasSize(1);
    assertThat(work.failures).isOne();
  }

  @Test
  void writesAGroupThatWaitedInVainOneByOneAndTheItemThatStillWaitsLast() {
    work.locked = "locked";
    var group = write("a", "locked", "b", "c");
    for (var pending : group) {
      assertWritten(pending);
    }
    assertThat(work.written)
        .containsExactly(
            List.of("a", "locked", "b", "c"),
            List.of("a"),
            List.of("locked"),
            List.of("b"),
            List.of("c"),
            List.of("locked"));
    assertThat(work.limits)
        .startsWith(TIME.dividedBy(4), Duration.ofSeconds(1), Duration.ofSeconds(1))
        .endsWith(TIME);
  }

  @Test
  void waitsForALockUntilTheTimeIsUp() {
    for (int i = 0; i < 100; i++) {
      work.script.add(failure(Kind.BUSY));
    }
    assertThat(reason(write("locked").get(0))).hasMessage("it is BUSY");
    assertThat(ticker.now).isCloseTo(TIME.toNanos(), withPercentage(10));
  }

  @Test
  void triesInPartsWhatHasFailedTwiceAsAWhole() {
    work.script.add(failure(Kind.TRANSIENT));
    work.script.add(failure(Kind.TRANSIENT));
    var group = write("a", "b");
    assertWritten(group.get(0));
    assertWritten(group.get(1));
    assertThat(work.written)
        .containsExactly(List.of("a", "b"), List.of("a", "b"), List.of("a"), List.of("b"));
  }

  @Test
  void doesNotWriteWhatIsAnsweredAlready() {
    var answered = new Pending<String, String>("a", Set.of(), TIME.toNanos());
    answered.fail(new DictException("too late"));
    runner.run(List.of(answered));
    assertThat(work.written).isEmpty();
    assertThatThrownBy(() -> answered.future().join()).hasMessageContaining("too late");
  }
}
