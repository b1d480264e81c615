package org.lastlogin.dictproto;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/**
 * Decoding a login takes the memory of the commands and their texts, and not a byte more. What
 * these take is not computed, which would need to know the layout of objects: a loop that does
 * nothing but make them is measured likewise.
 */
class DecoderAllocationTest {
  private static final long WARM_UP = 20_000;
  private static final long BURSTS = 100_000;
  private static final int COMMANDS = 4;

  /** For what the measuring takes itself, in bytes; an object would be 8 at least. */
  private static final int SLACK_PER_COMMAND = 1;

  private static final byte[] HELLO = ascii("H3\t2\t0\t\tlastlogin\n");
  private static final String KEY = "shared/last-login/imap/alice@example.com/example.com";
  private static final String VALUE = "1700000001";

  /** A login that is written, and then looked up as a panel would. */
  private static final String LOGIN = "B1\t\nS1\t" + KEY + "\t" + VALUE + "\nC1\nL" + KEY + "\t\n";

  private static final byte[] BURST = ascii(LOGIN);

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final DictCommandDecoder decoder = DictCommandDecoder.create(DictLimits.DEFAULT);

  /** Where the commands stay for a while, so that no compiler can save making them. */
  private final DictCommand[] kept = new DictCommand[COMMANDS];

  @Test
  void decodingMakesTheCommandsAndNothingElse() {
    decoder.feed(HELLO);
    assertThat(decoder.next()).isInstanceOf(DictCommand.Hello.class);
    decode();
    DictCommand[] decoded = kept.clone();
    make();
    assertThat(decoded).containsExactly(kept);

    long decoding = bytesTakenBy(this::decode);
    long making = bytesTakenBy(this::make);
    assertThat(decoding).isLessThanOrEqualTo(making + BURSTS * COMMANDS * SLACK_PER_COMMAND);
  }

  private static long bytesTakenBy(Runnable burst) {
    repeat(burst, WARM_UP);
    long before = THREADS.getCurrentThreadAllocatedBytes();
    repeat(burst, BURSTS);
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }

  private static void repeat(Runnable burst, long times) {
    for (long i = 0; i < times; i++) {
      burst.run();
    }
  }

  private void decode() {
    decoder.feed(BURST);
    int count = 0;
    for (DictCommand next = decoder.next(); next != null; next = decoder.next()) {
      kept[count++] = next;
    }
  }

  private void make() {
    kept[0] = new TransactionCommand.Begin(1, "", 0);
    kept[1] = new TransactionCommand.Set(1, text(KEY), text(VALUE));
    kept[2] = new TransactionCommand.Commit(1);
    kept[3] = new DictCommand.Lookup(text(KEY), "");
  }

  /** A new text of the burst's bytes. */
  private static String text(String text) {
    return new String(BURST, LOGIN.indexOf(text), text.length(), StandardCharsets.ISO_8859_1);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
