package org.lastlogin.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.Test;
import org.lastlogin.contract.DictContract;
import org.lastlogin.dict.BlockingDict;
import org.lastlogin.dict.Dict;
import org.lastlogin.dict.DictException;
import org.lastlogin.dict.DictIteration;
import org.lastlogin.dict.DictRow;
import org.lastlogin.dict.InMemoryDict;
import org.lastlogin.dict.LookupResult;
import org.lastlogin.dict.UncertainCommitException;

/** Without faults it is like any other dict. */
class FaultyDictTest extends DictContract {
  private final DictException down = new DictException("down");

  private final InMemoryDict real = new InMemoryDict();
  private final FaultyDict faulty = new FaultyDict(real);
  private final BlockingDict blocking = BlockingDict.of(faulty);

  @Override
  protected Dict newDict() {
    return faulty;
  }

  @Test
  void failsAsManyOperationsAsItIsTold() {
    faulty.next(2, Fault.failure(down));
    assertThatThrownBy(() -> blocking.set("shared/a", "1")).isSameAs(down);
    assertThatThrownBy(() -> blocking.get("shared/a")).isSameAs(down);
    assertThat(blocking.get("shared/a")).isEmpty();
    assertThat(faulty.operations()).isEqualTo(3);
  }

  @Test
  void failsUntilItIsHealed() {
    faulty.always(Fault.failure(down));
    assertThatThrownBy(() -> blocking.get("shared/a")).isSameAs(down);
    assertThatThrownBy(() -> blocking.get("shared/a")).isSameAs(down);
    faulty.heal();
    assertThat(blocking.get("shared/a")).isEmpty();
  }

  @Test
  void failsTheNextCommitAndNoLookup() {
    faulty.nextCommit(Fault.failure(down));
    assertThat(blocking.get("shared/a")).isEmpty();
    assertThatThrownBy(() -> blocking.set("shared/a", "1")).isSameAs(down);
    blocking.set("shared/a", "2");
    assertThat(faulty.transactions()).hasSize(2);
    assertThat(blocking.get("shared/a")).contains("2");
  }

  @Test
  void losesTheAnswerOrTheRequestOfACommit() {
    faulty.next(Fault.uncertainButDone()).next(Fault.uncertainAndNotDone());
    assertThatThrownBy(() -> blocking.set("shared/done", "1"))
        .isInstanceOf(UncertainCommitException.class);
    assertThatThrownBy(() -> blocking.set("shared/lost", "1"))
        .isInstanceOf(UncertainCommitException.class);
    assertThat(blocking.get("shared/done")).contains("1");
    assertThat(blocking.get("shared/lost")).isEmpty();
  }

  @Test
  void throwsAsNoDictShould() {
    IllegalStateException defect = new IllegalStateException("defect");
    faulty.next(Fault.thrown(defect));
    assertThatThrownBy(() -> faulty.lookup("shared/a", NOBODY)).isSameAs(defect);
  }

  @Test
  void holdsOperationsUntilTheyAreReleased() throws Exception {
    blocking.set("shared/a", "1");
    CompletableFuture<Void> first = new CompletableFuture<>();
    CompletableFuture<Void> second = new CompletableFuture<>();
    faulty.next(Fault.until(first)).next(Fault.until(second)).next(Fault.silence());
    List<CompletableFuture<LookupResult>> lookups = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      lookups.add(faulty.lookup("shared/a", NOBODY).toCompletableFuture());
    }
    assertThat(lookups).noneMatch(CompletableFuture::isDone);

    second.complete(null);
    assertThat(lookups.get(1)).isCompletedWithValue(LookupResult.found("1"));
    first.completeExceptionally(down);
    assertThat(lookups.get(0)).isCompletedExceptionally();
    assertThat(lookups.get(2)).isNotDone();
  }

  @Test
  void delaysOperationsByASchedulersTime() throws Exception {
    ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    faulty.next(Fault.delay(Duration.ofMillis(1), scheduler));
    assertThat(blocking.get("shared/a")).isEmpty();
    scheduler.shutdown();
  }

  @Test
  void breaksAnIterationOff() {
    blocking.set("shared/a", "1");
    blocking.set("shared/b", "1");
    DictIteration iteration = DictIteration.below("shared/", NOBODY);
    for (int rows : List.of(0, 1, 2)) {
      faulty.nextIterationAfter(rows, down);
      List<DictRow> handed = new ArrayList<>();
      assertThatThrownBy(() -> blocking.iterate(iteration, handed::add)).isSameAs(down);
      assertThat(handed).hasSize(rows);
    }
    assertThat(blocking.list(iteration)).hasSize(2);
  }
}
