package org.lastlogin.storemocking;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.lastlogin.dict.BlockingDict;
import org.lastlogin.dict.DictException;
import org.lastlogin.dict.InMemoryDict;
import org.lastlogin.testing.Fault;
import org.lastlogin.testing.FaultyDict;

/** Shows how to test a daemon with a dict that fails, hangs and loses answers on demand. */
class QuotaWarningTest {
  private static final String CAROL = "carol@example.com";

  private final FaultyDict dict = new FaultyDict(new InMemoryDict());
  private final QuotaWarning quota = new QuotaWarning(dict, 100, Duration.ofSeconds(30));

  /** Reads the dict; a test may block. */
  private final BlockingDict carols = BlockingDict.of(dict).as(CAROL);

  private boolean warnedAfter(long bytes) {
    return quota.delivered(CAROL, bytes).toCompletableFuture().join();
  }

  @Test
  void warnsOfTheMailThatIsTooMuch() {
    assertThat(warnedAfter(60)).isFalse();
    assertThat(warnedAfter(40)).isFalse();
    assertThat(warnedAfter(1)).isTrue();
    assertThat(carols.get("priv/quota/storage")).contains("101");
  }

  @Test
  void warnsNobodyWhileTheDictFails() {
    carols.set("priv/quota/storage", "1000");
    dict.next(Fault.failure(new DictException("The database is down")));

    assertThat(warnedAfter(1)).isFalse();
    assertThat(warnedAfter(1)).isTrue();
  }

  /** The commit succeeded but its answer was lost, so that a retry would count the mail twice. */
  @Test
  void countsNoMailTwice() {
    carols.set("priv/quota/storage", "10");
    dict.nextCommit(Fault.uncertainButDone());

    assertThat(warnedAfter(5)).isFalse();
    assertThat(carols.get("priv/quota/storage")).contains("15");
  }

  @Test
  void waitsForADictThatIsSlow() {
    carols.set("priv/quota/storage", "1000");
    CompletableFuture<Void> released = new CompletableFuture<>();
    dict.next(Fault.until(released));

    CompletableFuture<Boolean> warning = quota.delivered(CAROL, 5).toCompletableFuture();
    assertThat(warning).isNotDone();
    released.complete(null);
    assertThat(warning).isCompletedWithValue(true);
  }

  @Test
  void doesNotWaitForever() {
    dict.always(Fault.silence());
    QuotaWarning quick = new QuotaWarning(dict, 100, Duration.ofMillis(1));

    assertThat(quick.delivered(CAROL, 5)).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(false);
  }
}
