package org.lastlogin.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Text of a configuration, free of quotes, escapes and continuations, each character of which
 * remembers where it stood. Immutable.
 */
final class Text {
  private final SourceFile source;
  private final String string;

  /** The offset of each character in the source, and behind them the offset of the end. */
  private final int[] offsets;

  private Text(SourceFile source, String string, int[] offsets) {
    this.source = source;
    this.string = string;
    this.offsets = offsets;
  }

  /** All of a source. */
  static Text of(SourceFile source) {
    int[] offsets = IntStream.rangeClosed(0, source.text().length()).toArray();
    return new Text(source, source.text(), offsets);
  }

  /** No text, at an offset. */
  static Text empty(SourceFile source, int offset) {
    return new Text(source, "", new int[] {offset});
  }

  /** What the characters say. */
  String string() {
    return string;
  }

  int length() {
    return string.length();
  }

  boolean isEmpty() {
    return string.isEmpty();
  }

  boolean is(String other) {
    return string.equals(other);
  }

  /** Where the whole text stands, its quotes not included. */
  Span span() {
    return span(0, string.length());
  }

  /** Where a part of the text stands. */
  Span span(int from, int to) {
    int start = offsets[from];
    int end = to == from ? start : Math.max(start, offsets[to - 1]) + 1;
    return new Span(source, start, end);
  }

  Text substring(int from, int to) {
    return new Text(source, string.substring(from, to), Arrays.copyOfRange(offsets, from, to + 1));
  }

  /** The text without white space around it. */
  Text strip() {
    int from = 0;
    int to = string.length();
    while (from < to && Character.isWhitespace(string.charAt(from))) {
      from++;
    }
    while (to > from && Character.isWhitespace(string.charAt(to - 1))) {
      to--;
    }
    return substring(from, to);
  }

  /** The parts between commas, without white space around them; empty ones included. */
  List<Text> splitAtCommas() {
    List<Text> parts = new ArrayList<>();
    int from = 0;
    for (int comma = string.indexOf(','); comma >= 0; comma = string.indexOf(',', from)) {
      parts.add(substring(from, comma).strip());
      from = comma + 1;
    }
    parts.add(substring(from, string.length()).strip());
    return parts;
  }

  /** Collects characters. */
  static final class Builder {
    private final SourceFile source;
    private final StringBuilder string = new StringBuilder();
    private int[] offsets = new int[32];

    Builder(SourceFile source) {
      this.source = source;
    }

    Builder append(char character, int offset) {
      if (string.length() + 1 == offsets.length) {
        offsets = Arrays.copyOf(offsets, 2 * offsets.length);
      }
      offsets[string.length()] = offset;
      string.append(character);
      return this;
    }

    boolean isEmpty() {
      return string.length() == 0;
    }

    /** The last character so far; a blank if there is none. */
    char last() {
      return isEmpty() ? ' ' : string.charAt(string.length() - 1);
    }

    /** The text, which ends at an offset. */
    Text build(int end) {
      int[] all = Arrays.copyOf(offsets, string.length() + 1);
      all[string.length()] = end;
      return new Text(source, string.toString(), all);
    }
  }
}
