package org.lastlogin.dictproto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** That every command is encoded as it should be is shown by {@link DictCommandDecoderTest}. */
class DictCommandEncoderTest {
  private static final int LINE = DictLimits.DEFAULT.lineBytes();

  static Stream<Arguments> impossible() {
    DictCommand limited = new DictCommand.Iterate(Set.of(), 1, List.of("shared/a/"), "");
    DictCommand two = new DictCommand.Iterate(Set.of(), 0, List.of("shared/a/", "shared/b/"), "");
    return Stream.of(
        arguments(
            DictVersion.V4_0,
            new TransactionCommand.Append(1, "shared/a", "b"),
            "Version 4.0 has no APPEND"),
        arguments(
            DictVersion.V4_0,
            new TransactionCommand.CommitAsync(1),
            "Version 4.0 has no COMMIT_ASYNC"),
        arguments(DictVersion.V2_0, limited, "Version 2.0 has no limit of rows"),
        arguments(DictVersion.V3_2, two, "Version 3.2 iterates one path at a time"),
        arguments(
            DictVersion.V2_2,
            new DictCommand.Lookup("priv/a", "carol"),
            "In version 2.2 the user name is in HELLO, not in a command"),
        arguments(
            DictVersion.V3_2, new TransactionCommand.Begin(1, "", 60), "Version 3.2 has no expiry"),
        arguments(
            DictVersion.V4_0,
            new TransactionCommand.Commit(1L << 32),
            "The transaction id is not a number from 0 to 4294967295: 4294967296"),
        arguments(
            DictVersion.V4_0,
            new TransactionCommand.Timestamp(1, -1, 0),
            "The seconds is negative: -1"),
        arguments(
            DictVersion.V4_0,
            new TransactionCommand.Set(1, "shared/a", "\udc00"),
            "The text has half of a surrogate pair, at index 0, which is not Unicode text"),
        arguments(
            DictVersion.V2_0,
            new TransactionCommand.Set(1, "shared/a", "\0"),
            "Version 2.0 cannot express NUL in a text"),
        arguments(
            DictVersion.V4_0,
            new TransactionCommand.Unset(1, "k".repeat(LINE - 2)),
            "UNSET takes 65537 bytes; a server reads lines of up to 65536"));
  }

  @ParameterizedTest
  @MethodSource("impossible")
  void refusesWhatAServerCouldNotRead(DictVersion version, DictCommand command, String message) {
    DictCommandEncoder encoder = DictCommandEncoder.create(version, DictLimits.DEFAULT);
    encoder.encode(new TransactionCommand.Rollback(7));

    assertThatThrownBy(() -> encoder.encode(command))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
    encoder.encode(new TransactionCommand.Rollback(8));
    assertThat(drain(encoder)).isEqualTo("R7\nR8\n");
  }

  @Test
  void encodesTheLongestLine() {
    DictCommandEncoder encoder = DictCommandEncoder.create(DictVersion.V4_0, DictLimits.DEFAULT);
    encoder.encode(new TransactionCommand.Unset(1, "\n".repeat((LINE - 3) / 2)));
    assertThat(drain(encoder)).hasSize(LINE);
  }

  @Test
  void writesEveryNumber() {
    DictCommandEncoder encoder = DictCommandEncoder.create(DictVersion.V4_0, DictLimits.DEFAULT);
    for (long magnitude = 1; magnitude > 0; magnitude *= 10) {
      for (long number :
          new long[] {magnitude - 1, magnitude, magnitude * 9 / 2, -magnitude, 99 * magnitude}) {
        encoder.encode(new TransactionCommand.Increment(1, "k", number));
        assertThat(drain(encoder)).isEqualTo("A1\tk\t" + number + "\n");
      }
    }
    for (long number : new long[] {Long.MIN_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE + 1L}) {
      encoder.encode(new TransactionCommand.Increment(1, "k", number));
      assertThat(drain(encoder)).isEqualTo("A1\tk\t" + number + "\n");
    }
  }

  private static String drain(DictCommandEncoder encoder) {
    return StandardCharsets.UTF_8.decode(encoder.drain()).toString();
  }
}
