package org.lastlogin.dictproto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lastlogin.dict.DictIteration.Flag;

class DictCommandDecoderTest {
  private static final String HELLO_2_0 = "H2\t0\t0\tcarol\tlastlogin\n";
  private static final String HELLO_2_2 = "H2\t2\t0\tcarol\tlastlogin\n";
  private static final String HELLO_3_2 = "H3\t2\t0\t\tlastlogin\n";
  private static final String HELLO_4_0 = "H4\t0\t0\t\tlastlogin\n";

  /**
   * Lines that can be read, and how they are written: with all fields, and without what means
   * nothing.
   */
  private static final Map<String, String> CANONICAL =
      Map.of(
          "I62\t0\tshared/a/\tcarol",
          "I30\t0\tshared/a/\tcarol",
          "S1\tshared/a\tx\u0001ty\u0001nz\u00010\u0001r\u00011\u0001q",
          "S1\tshared/a\tx\u0001ty\u0001nz\u00010\u0001r\u00011q");

  static Stream<Arguments> commands() {
    return Stream.of(
        arguments(HELLO_2_2, "Lshared/a", new DictCommand.Lookup("shared/a", "")),
        arguments(HELLO_3_2, "Lshared/a\t", new DictCommand.Lookup("shared/a", "")),
        arguments(HELLO_3_2, "Lpriv/a\tcarol", new DictCommand.Lookup("priv/a", "carol")),
        arguments(
            HELLO_2_0,
            "I1\tshared/a/",
            new DictCommand.Iterate(Set.of(Flag.RECURSE), 0, List.of("shared/a/"), "")),
        arguments(
            HELLO_2_2,
            "I0\t7\tshared/a/\tshared/b/",
            new DictCommand.Iterate(Set.of(), 7, List.of("shared/a/", "shared/b/"), "")),
        arguments(
            HELLO_3_2,
            "I62\t0\tshared/a/\tcarol",
            new DictCommand.Iterate(
                Set.of(Flag.SORT_BY_KEY, Flag.SORT_BY_VALUE, Flag.NO_VALUES, Flag.EXACT_KEY),
                0,
                List.of("shared/a/"),
                "carol")),
        arguments(HELLO_2_2, "B1", new TransactionCommand.Begin(1, "", 0)),
        arguments(
            HELLO_3_2, "B4294967295\tcarol", new TransactionCommand.Begin(4294967295L, "carol", 0)),
        arguments(HELLO_4_0, "B1\tcarol\t3600", new TransactionCommand.Begin(1, "carol", 3600)),
        arguments(HELLO_4_0, "S1\tshared/a\t", new TransactionCommand.Set(1, "shared/a", "")),
        arguments(
            HELLO_4_0,
            "S1\tshared/a\tx\u0001ty\u0001nz\u00010\u0001r\u00011\u0001q",
            new TransactionCommand.Set(1, "shared/a", "x\ty\nz\0\r\u0001q")),
        arguments(
            HELLO_4_0, "S1\tshared/ä€😀\tö", new TransactionCommand.Set(1, "shared/ä€😀", "ö")),
        arguments(HELLO_4_0, "U1\tshared/a", new TransactionCommand.Unset(1, "shared/a")),
        arguments(
            HELLO_4_0, "A1\tshared/a\t-24", new TransactionCommand.Increment(1, "shared/a", -24)),
        arguments(HELLO_2_2, "P1\tshared/a\tb", new TransactionCommand.Append(1, "shared/a", "b")),
        arguments(
            HELLO_4_0, "T1\t1700000000\t5", new TransactionCommand.Timestamp(1, 1700000000, 5)),
        arguments(HELLO_4_0, "V1\tyes", new TransactionCommand.HideValues(1, true)),
        arguments(HELLO_4_0, "V1\tno", new TransactionCommand.HideValues(1, false)),
        arguments(HELLO_4_0, "C1", new TransactionCommand.Commit(1)),
        arguments(HELLO_3_2, "D1", new TransactionCommand.CommitAsync(1)),
        arguments(HELLO_4_0, "R1", new TransactionCommand.Rollback(1)));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void decodesEveryCommand(String hello, String line, DictCommand expected) {
    assertThat(decodeAll(hello + line + "\n")).hasSize(2).element(1).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void encodesEveryCommand(String hello, String line, DictCommand command) {
    DictCommand.Hello greeting = (DictCommand.Hello) decodeAll(hello).get(0);
    DictCommandEncoder encoder = DictCommandEncoder.create(greeting.version(), DictLimits.DEFAULT);
    encoder.encode(greeting);
    encoder.encode(command);

    String encoded = StandardCharsets.UTF_8.decode(encoder.drain()).toString();
    assertThat(encoded).isEqualTo(hello + CANONICAL.getOrDefault(line, line) + "\n");
  }

  @Test
  void takesACommandWithoutItsUser() {
    assertThat(decodeAll(HELLO_4_0 + "Lshared/a\nB1\nI0\t0\tshared/a/\n"))
        .contains(
            new DictCommand.Lookup("shared/a", ""),
            new TransactionCommand.Begin(1, "", 0),
            new DictCommand.Iterate(Set.of(), 0, List.of("shared/a/"), ""));
  }

  @Test
  void decodesTheSameHoweverTheBytesAreCut() {
    String all = HELLO_4_0 + "B1\t\t0\nS1\tshared/ä\tx\u0001ty\nC1\nLshared/a\t\n";
    List<DictCommand> whole = decodeAll(all);
    byte[] bytes = all.getBytes(StandardCharsets.UTF_8);
    for (int size = 1; size < bytes.length; size++) {
      DictCommandDecoder decoder = DictCommandDecoder.create(DictLimits.DEFAULT);
      List<DictCommand> commands = new ArrayList<>();
      for (int at = 0; at < bytes.length; at += size) {
        decoder.feed(Arrays.copyOfRange(bytes, at, Math.min(at + size, bytes.length)));
        drain(decoder, commands);
      }
      assertThat(commands).as("cut every %d bytes", size).isEqualTo(whole);
    }
  }

  static Stream<Arguments> brokenLines() {
    return Stream.of(
        arguments("Lshared/a\n", "The first command is 'L', not HELLO"),
        arguments("GET / HTTP/1.1\r\n", "The first command is 'G', not HELLO"),
        arguments("\u0000\u0001\u0002\n", "The first command is '\\x00', not HELLO"),
        arguments("\n", "A line is empty"),
        arguments("\t1\n", "A line begins with TAB"),
        arguments("\u0001t\n", "The first command is '\\x01', not HELLO"),
        arguments("\t".repeat(1 << 20), "A line is longer than 65536 bytes"),
        arguments(
            HELLO_2_2 + "I0\t0" + "\tshared/a".repeat(256) + "\n",
            "A line has more than 256 fields"),
        arguments("H4\t0\t0\tlastlogin\n", "HELLO: the dict name is missing"),
        arguments("H4\t0\t0\t\tlastlogin\tmore\n", "HELLO has a field too many: more"),
        arguments(
            "H5\t0\t0\t\tlastlogin\n",
            "HELLO announces protocol version 5.0; versions 2, 3 and 4 are spoken here"),
        arguments(
            "Hx\t0\t0\t\tlastlogin\n",
            "HELLO: the major version is not a number from 0 to 4294967295: x"),
        arguments(HELLO_4_0 + HELLO_4_0, "HELLO came twice"),
        arguments(HELLO_4_0 + "X1\n", "There is no command 'X'"),
        arguments(HELLO_4_0 + "D1\n", "There is no command 'D' in version 4.0"),
        arguments(HELLO_4_0 + "P1\ta\tb\n", "There is no command 'P' in version 4.0"),
        arguments(
            HELLO_4_0 + "C\n", "COMMIT: the transaction id is not a number from 0 to 4294967295: "),
        arguments(
            HELLO_4_0 + "C4294967296\n",
            "COMMIT: the transaction id is not a number from 0 to 4294967295: 4294967296"),
        arguments(
            HELLO_4_0 + "C18446744073709551617\n",
            "COMMIT: the transaction id is not a number from 0 to 4294967295: 18446744073709551617"),
        arguments(
            HELLO_4_0 + "C-1\n",
            "COMMIT: the transaction id is not a number from 0 to 4294967295: -1"),
        arguments(HELLO_4_0 + "C1\t2\n", "COMMIT has a field too many: 2"),
        arguments(HELLO_4_0 + "S1\tshared/a\n", "SET: the value is missing"),
        arguments(
            HELLO_4_0 + "S1\tshared/a\tx\u0001\n", "SET: the value ends within an escape sequence"),
        arguments(
            HELLO_4_0 + "A1\tshared/a\t1.5\n",
            "ATOMIC_INC: the difference is not a number of 64 bits: 1.5"),
        arguments(
            HELLO_4_0 + "A1\tshared/a\t+1\n",
            "ATOMIC_INC: the difference is not a number of 64 bits: +1"),
        arguments(
            HELLO_4_0 + "A1\tshared/a\t\u0661\n",
            "ATOMIC_INC: the difference is not a number of 64 bits: \u0661"),
        arguments(
            HELLO_4_0 + "V1\tmaybe\n", "HIDE_LOG_VALUES: the answer is neither yes nor no: maybe"));
  }

  @ParameterizedTest
  @MethodSource("brokenLines")
  void namesWhatIsWrongAndStaysBroken(String input, String message) {
    DictCommandDecoder decoder = DictCommandDecoder.create(DictLimits.DEFAULT);
    decoder.feed(input.getBytes(StandardCharsets.UTF_8));
    decoder.feed(HELLO_4_0.getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> drain(decoder, new ArrayList<>()))
        .isInstanceOf(DictProtocolException.class)
        .hasMessage(message);
    assertThatThrownBy(decoder::next).isInstanceOf(DictProtocolException.class).hasMessage(message);
  }

  @Test
  void takesPartsOfArraysAndBuffers() {
    byte[] bytes = ("??" + HELLO_4_0 + "C1\nC2\n??").getBytes(StandardCharsets.UTF_8);
    int half = HELLO_4_0.length() + 2;
    DictCommandDecoder decoder = DictCommandDecoder.create(DictLimits.DEFAULT);
    decoder.feed(bytes, 2, half);
    ByteBuffer rest = ByteBuffer.wrap(bytes, 2 + half, bytes.length - half - 4);
    decoder.feed(rest);

    List<DictCommand> commands = new ArrayList<>();
    drain(decoder, commands);
    assertThat(commands)
        .endsWith(new TransactionCommand.Commit(1), new TransactionCommand.Commit(2))
        .hasSize(3);
    assertThat(rest.hasRemaining()).isFalse();
    assertThatThrownBy(() -> decoder.feed(bytes, bytes.length, 1))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void refusesTextThatIsNotUtf8() {
    DictCommandDecoder decoder = DictCommandDecoder.create(DictLimits.DEFAULT);
    decoder.feed((HELLO_4_0 + "Lshared/\u00ff\t\n").getBytes(StandardCharsets.ISO_8859_1));

    assertThatThrownBy(() -> drain(decoder, new ArrayList<>()))
        .isInstanceOf(DictProtocolException.class)
        .hasMessage("LOOKUP: the key is not UTF-8: shared/ÿ");
  }

  @Test
  void takesTheLongestLineAndNoLonger() {
    String longest =
        "Lshared/" + "k".repeat(DictLimits.DEFAULT.lineBytes() - "Lshared/\t".length()) + "\t";
    assertThat(decodeAll(HELLO_4_0 + longest + "\n")).hasSize(2);

    DictCommandDecoder decoder = DictCommandDecoder.create(DictLimits.DEFAULT);
    decoder.feed((HELLO_4_0 + longest).getBytes(StandardCharsets.UTF_8));
    drain(decoder, new ArrayList<>());
    decoder.feed(new byte[] {'x'});
    assertThatThrownBy(decoder::next).hasMessage("A line is longer than 65536 bytes");
  }

  @Test
  void ignoresFieldsThatANewerMinorVersionMayHave() {
    assertThat(decodeAll("H4\t9\t0\t\tlastlogin\tnew\nC1\tnew\n"))
        .element(1)
        .isEqualTo(new TransactionCommand.Commit(1));
  }

  private static List<DictCommand> decodeAll(String input) {
    DictCommandDecoder decoder = DictCommandDecoder.create(DictLimits.DEFAULT);
    decoder.feed(input.getBytes(StandardCharsets.UTF_8));
    List<DictCommand> commands = new ArrayList<>();
    drain(decoder, commands);
    return commands;
  }

  private static void drain(DictCommandDecoder decoder, List<DictCommand> commands) {
    DictCommand command;
    while ((command = decoder.next()) != null) {
      commands.add(command);
    }
  }
}
