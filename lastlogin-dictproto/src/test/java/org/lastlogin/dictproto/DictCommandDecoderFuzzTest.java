package org.lastlogin.dictproto;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Decodes any bytes at all, cut anywhere: they are commands or a {@link DictProtocolException}, the
 * same ones however they are cut, and what was decoded can be encoded. In a normal run these are
 * some bytes that were recorded, and what the fuzzer once found; with {@code JAZZER_FUZZ=1} in the
 * environment, Jazzer makes up more.
 */
class DictCommandDecoderFuzzTest {
  /** Low enough that the fuzzer reaches them. */
  private static final DictLimits LOW = DictLimits.builder().lineBytes(120).fields(10).build();

  static Stream<byte[]> seeds() throws IOException {
    return Stream.concat(
            FuzzInput.recorded('C').stream(),
            Stream.of(
                "H2\t0\t0\tcarol\td\nP1\tpriv/a\tb\rc\nI5\tshared/a/\tshared/b/\nD1\n",
                "H4\t9\t0\t\td\tnew\nT1\t1700000000\t999999999\nV1\tyes\nR4294967295\n",
                "H3\t2\t0\t\td\nLpriv/\u00c3\u00a4\u00e2\u0082\u00ac\u00f0\u009f\u0098\u0080\tx\n",
                "H3\t2\t0\t\td\nLshared/\u00ff\t\n"))
        .map(FuzzInput::seed);
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "10m")
  void anyBytesAreCommandsOrAProtocolException(byte[] data) {
    List<Outcome> outcomes =
        FuzzInput.of(data).allWays().stream().map(pieces -> decode(pieces, LOW)).toList();

    assertThat(outcomes).containsOnly(outcomes.get(0));
    assertEncodes(outcomes.get(0).commands());
  }

  private static Outcome decode(List<byte[]> pieces, DictLimits limits) {
    DictCommandDecoder decoder = DictCommandDecoder.create(limits);
    List<DictCommand> commands = new ArrayList<>();
    try {
      for (byte[] piece : pieces) {
        decoder.feed(piece);
        for (DictCommand command; (command = decoder.next()) != null; ) {
          commands.add(command);
        }
      }
      return new Outcome(commands, null);
    } catch (DictProtocolException e) {
      return new Outcome(commands, e.getMessage());
    }
  }

  private static void assertEncodes(List<DictCommand> commands) {
    if (commands.isEmpty()) {
      return;
    }
    DictVersion version = ((DictCommand.Hello) commands.get(0)).version();
    // Escaped, a line may be longer than it came.
    DictLimits enough = DictLimits.DEFAULT;
    DictCommandEncoder encoder = DictCommandEncoder.create(version, enough);
    List<DictCommand> encoded = new ArrayList<>();
    for (DictCommand command : commands) {
      try {
        encoder.encode(command);
        encoded.add(command);
      } catch (IllegalArgumentException e) {
        // No peer of this version sends it, but a fuzzer does.
        assertThat(e).hasMessage("Version 2.0 cannot express NUL in a text");
      }
    }
    byte[] bytes = new byte[encoder.pendingBytes()];
    encoder.drain().get(bytes);
    if (encoded.isEmpty() || encoded.get(0) instanceof DictCommand.Hello) {
      assertThat(decode(List.of(bytes), enough)).isEqualTo(new Outcome(encoded, null));
    }
  }

  /** What was decoded, and why no more was. */
  private record Outcome(List<DictCommand> commands, @Nullable String failure) {}
}
