package org.lastlogin.jdbc.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lastlogin.jdbc.group.GroupQueue.Offer;
import org.lastlogin.jdbc.group.GroupQueue.Overdue;

/** Each letter of an item is a row that it changes; an asterisk may change any row. */
@Timeout(30)
class GroupQueueTest {
  private final AtomicLong now = new AtomicLong();
  private final GroupQueue<String, String> queue = new GroupQueue<>(1_000, 0, now::get);

  private void offer(String... items) {
    for (String item : items) {
      assertThat(queue.offer(pending(item, 100))).isEqualTo(Offer.TAKEN);
    }
  }

  private static Pending<String, String> pending(String item, long deadline) {
    return new Pending<>(item, rows(item), deadline);
  }

  private static @Nullable Set<?> rows(String item) {
    return item.contains("*") ? null : Set.copyOf(List.of(item.split("")));
  }

  private List<Pending<String, String>> take() throws InterruptedException {
    return queue.take();
  }

  private static List<String> items(List<Pending<String, String>> group) {
    return group.stream().map(Pending::item).toList();
  }

  @Test
  void handsOutAllThatWaitsInTheOrderOfArrival() throws InterruptedException {
    offer("a", "b", "a", "*", "c");
    assertThat(items(take())).containsExactly("a", "b", "a", "*", "c");
  }

  @Test
  void leavesForLaterWhatChangesARowUnderWay() throws InterruptedException {
    offer("a");
    List<Pending<String, String>> first = take();
    offer("ab", "c", "b", "d");
    // b may not overtake ab.
    assertThat(items(take())).containsExactly("c", "d");
    queue.done(first);
    assertThat(items(take())).containsExactly("ab", "b");
  }

  @Test
  void whatMayChangeAnyRowWaitsForAllBeforeItAndHoldsUpAllBehindIt() throws InterruptedException {
    offer("a");
    List<Pending<String, String>> first = take();
    offer("b", "*", "c");
    List<Pending<String, String>> second = take();
    assertThat(items(second)).containsExactly("b");
    queue.done(first);
    queue.done(second);
    offer("d");
    List<Pending<String, String>> third = take();
    assertThat(items(third)).containsExactly("*", "c", "d");
    offer("e");
    queue.done(third);
    assertThat(items(take())).containsExactly("e");
  }

  @Test
  void aGroupHasABound() throws InterruptedException {
    for (int i = 0; i < 600; i++) {
      offer("a");
    }
    List<Pending<String, String>> first = take();
    assertThat(first).hasSize(500);
    queue.done(first);
    assertThat(take()).hasSize(100);
  }

  @Test
  void aGroupBesideAnotherIsFull() throws Exception {
    GroupQueue<String, String> patient = new GroupQueue<>(1_000, 10_000_000, now::get);
    patient.offer(pending("a", 100));
    assertThat(patient.take()).hasSize(1);
    patient.offer(pending("b", 100));
    FutureTask<List<Pending<String, String>>> second = new FutureTask<>(patient::take);
    Thread writer = new Thread(second);
    writer.start();

    await().until(() -> writer.getState() == Thread.State.TIMED_WAITING);
    for (int i = 1; i < 500; i++) {
      assertThat(second.isDone()).isFalse();
      patient.offer(pending("b", 100));
    }
    assertThat(second.get()).hasSize(500);
  }

  @Test
  void aSlowGroupKeepsNothingWaiting() throws Exception {
    GroupQueue<String, String> patient = new GroupQueue<>(1_000, 10_000_000, now::get);
    patient.offer(pending("a", 100));
    List<Pending<String, String>> first = patient.take();
    now.set(9_000_000);
    patient.done(first);
    patient.offer(pending("b", 100));
    assertThat(items(patient.take())).containsExactly("b");
    patient.offer(pending("c", 100));
    FutureTask<List<Pending<String, String>>> third = new FutureTask<>(patient::take);
    Thread writer = new Thread(third);
    writer.start();

    // The time counts from when the second group was begun.
    now.set(10_000_000);
    await().until(() -> writer.getState() == Thread.State.TIMED_WAITING);
    assertThat(third.isDone()).isFalse();
    now.set(19_000_000);
    assertThat(items(third.get())).containsExactly("c");
    now.set(29_000_000);
    patient.offer(pending("d", 100));
    assertThat(items(patient.take())).containsExactly("d");
  }

  @Test
  void whatWaitsIsTakenByTheWriterThatIsDone() throws InterruptedException {
    GroupQueue<String, String> patient = new GroupQueue<>(1_000, 10_000_000, now::get);
    patient.offer(pending("a", 100));
    List<Pending<String, String>> first = patient.take();
    patient.offer(pending("a", 100));
    patient.done(first);
    assertThat(patient.take()).hasSize(1);
  }

  @Test
  void handsOutWhatIsOverdue() throws InterruptedException {
    queue.offer(pending("a", 10));
    queue.offer(pending("d", 10));
    List<Pending<String, String>> first = take();
    first.get(0).send();
    queue.offer(pending("b", 10));
    queue.offer(pending("c", 20));

    now.set(15);
    Overdue<String, String> overdue = queue.awaitOverdue(1);
    assertThat(overdue).isNotNull();
    assertThat(items(overdue.sent())).containsExactly("a");
    assertThat(items(overdue.notSent())).containsExactly("b", "d");
    assertThat(items(take())).containsExactly("c");
    first.forEach(pending -> pending.complete("done"));
    assertThat(queue.awaitOverdue(1)).isEqualTo(new Overdue<String, String>(List.of(), List.of()));
  }

  @Test
  void onceClosedItHandsOutWhatIsLeft() throws InterruptedException {
    offer("a");
    queue.close();
    assertThat(queue.offer(pending("b", 10))).isEqualTo(Offer.CLOSED);
    List<Pending<String, String>> last = take();
    assertThat(items(last)).containsExactly("a");
    assertThat(queue.take()).isNull();
    queue.done(last);
    assertThat(queue.awaitOverdue(1)).isNull();
  }
}
