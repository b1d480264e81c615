package org.lastlogin.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.lastlogin.dict.BlockingDict;
import org.lastlogin.dict.InMemoryDict;

/** Checks that the actions do what their names say. */
class SizedDictTest {
  private final Mailboxes one = new Mailboxes(1);
  private final InMemoryDict dict = new InMemoryDict();
  private final BlockingDict waiting = BlockingDict.of(dict);
  private final SizedDict sized = new SizedDict(dict, one, new LoginTimes());

  @AfterEach
  void close() {
    sized.close();
  }

  @Test
  void wantsEachKeyToBeFound() {
    assertThatIllegalStateException()
        .isThrownBy(sized::lookup)
        .withMessage(one.key(0) + " was not found");
    waiting.set(one.key(0), "1");
    sized.lookup();
  }

  @Test
  void setsAnotherTimeWithEachCommit() {
    sized.set();
    String first = waiting.get(one.key(0)).orElseThrow();
    sized.set();
    assertThat(waiting.get(one.key(0))).get().isNotEqualTo(first);
  }

  @Test
  void wantsAllRowsOfADomain() {
    assertThatIllegalStateException()
        .isThrownBy(sized::iterate)
        .withMessage(one.path(0) + ": 0 rows, not 1");
    waiting.set(one.path(0) + one.user(0), "1");
    sized.iterate();
  }
}
