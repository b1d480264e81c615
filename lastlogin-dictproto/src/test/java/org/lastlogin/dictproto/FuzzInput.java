package org.lastlogin.dictproto;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The input of a fuzzer: bytes that a peer sends, and how they are cut. The first byte is the count
 * of sizes of pieces that follow it, which are used in turns.
 */
final class FuzzInput {
  private static final String RECORDED = "fuzz/recorded.txt";

  private final byte[] sizes;
  private final byte[] bytes;

  private FuzzInput(byte[] sizes, byte[] bytes) {
    this.sizes = sizes;
    this.bytes = bytes;
  }

  static FuzzInput of(byte[] data) {
    int count = data.length == 0 ? 0 : Math.min(data[0] & 0x0F, data.length - 1);
    int from = Math.min(1 + count, data.length);
    return new FuzzInput(
        Arrays.copyOfRange(data, Math.min(1, data.length), from),
        Arrays.copyOfRange(data, from, data.length));
  }

  byte[] bytes() {
    return bytes;
  }

  /** Returns the bytes after the first of a kind; none if there is no such byte. */
  FuzzInput after(int mark) {
    int at = 0;
    while (at < bytes.length && (bytes[at] & 0xFF) != mark) {
      at++;
    }
    return new FuzzInput(
        sizes, Arrays.copyOfRange(bytes, Math.min(at + 1, bytes.length), bytes.length));
  }

  /** Returns the bytes at once, in the chosen pieces, and byte by byte; results must not differ. */
  List<List<byte[]>> allWays() {
    return List.of(List.of(bytes), pieces(sizes), pieces(new byte[] {1}));
  }

  private List<byte[]> pieces(byte[] sizes) {
    List<byte[]> pieces = new ArrayList<>();
    for (int at = 0; at < bytes.length; ) {
      int size = sizes.length == 0 ? bytes.length : sizes[pieces.size() % sizes.length] & 0xFF;
      int end = Math.min(bytes.length, at + Math.max(1, size));
      pieces.add(Arrays.copyOfRange(bytes, at, end));
      at = end;
    }
    return pieces;
  }

  /** The lines of one side of every recorded connection: {@code C} or {@code S}. */
  static List<String> recorded(char side) throws IOException {
    try (InputStream in = FuzzInput.class.getResourceAsStream(RECORDED)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Stream.of(text.split("\n\n", -1))
          .skip(1)
          .map(block -> lines(block, side + " "))
          .toList();
    }
  }

  private static String lines(String block, String prefix) {
    return Stream.of(block.split("\n", -1))
        .filter(line -> line.startsWith(prefix))
        .map(line -> line.substring(prefix.length()) + "\n")
        .collect(Collectors.joining());
  }

  /** An input to begin with: text that comes in pieces of 7 and 2 bytes. */
  static byte[] seed(String text) {
    return ("\u0002\u0007\u0002" + text).getBytes(StandardCharsets.ISO_8859_1);
  }
}
