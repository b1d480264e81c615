package org.lastlogin.config.source;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Text of a configuration, free of quotes, escapes and continuations, whose characters remember
 * where they were. Immutable.
 */
public final class Text {
  private final SourceFile source;
  private final String string;

  /** The offset of the first character in the source; of the end, if there is none. */
  private final int start;

  /**
   * The offset of each character in the source, and after them the offset of the end; nothing if
   * the characters are there one after the other, as most do.
   */
  private final int @Nullable [] offsets;

  private Text(SourceFile source, String string, int start, int @Nullable [] offsets) {
    this.source = source;
    this.string = string;
    this.start = start;
    this.offsets = offsets;
  }

  /** All of a source. */
  public static Text of(SourceFile source) {
    return of(source, 0, source.text().length());
  }

  /** Returns the characters between two offsets of a source. */
  public static Text of(SourceFile source, int from, int to) {
    return new Text(source, source.text().substring(from, to), from, null);
  }

  /** No text, at an offset. */
  public static Text empty(SourceFile source, int offset) {
    return of(source, offset, offset);
  }

  /** Returns the characters. */
  public String string() {
    return string;
  }

  public int length() {
    return string.length();
  }

  public boolean isEmpty() {
    return string.isEmpty();
  }

  public boolean is(String other) {
    return string.equals(other);
  }

  /** Returns where the whole text is, its quotes not included. */
  public Span span() {
    return span(0, string.length());
  }

  /** Returns where a part of the text is. */
  public Span span(int from, int to) {
    int first = offset(from);
    int end = to == from ? first : Math.max(first, offset(to - 1)) + 1;
    return new Span(source, first, end);
  }

  private int offset(int index) {
    return offsets == null ? start + index : offsets[index];
  }

  public Text substring(int from, int to) {
    return new Text(
        source,
        string.substring(from, to),
        offset(from),
        offsets == null ? null : Arrays.copyOfRange(offsets, from, to + 1));
  }

  /** The text without white space around it. */
  public Text strip() {
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

  /** Returns how many commas there are in it. */
  public int commas() {
    return (int) string.chars().filter(character -> character == ',').count();
  }

  /** The parts between commas, without white space around them; empty ones included. */
  public List<Text> splitAtCommas() {
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
  public static final class Builder {
    private final SourceFile source;
    private final StringBuilder string = new StringBuilder();
    private int[] offsets = new int[32];

    public Builder(SourceFile source) {
      this.source = source;
    }

    public Builder append(char character, int offset) {
      if (string.length() + 1 == offsets.length) {
        offsets = Arrays.copyOf(offsets, 2 * offsets.length);
      }
      offsets[string.length()] = offset;
      string.append(character);
      return this;
    }

    public boolean isEmpty() {
      return string.length() == 0;
    }

    /** The last character so far; a blank if there is none. */
    public char last() {
      return isEmpty() ? ' ' : string.charAt(string.length() - 1);
    }

    /** The text, which ends at an offset. */
    public Text build(int end) {
      int[] all = Arrays.copyOf(offsets, string.length() + 1);
      all[string.length()] = end;
      return new Text(source, string.toString(), all[0], isContiguous(all) ? null : all);
    }

    private static boolean isContiguous(int[] offsets) {
      for (int i = 1; i < offsets.length; i++) {
        if (offsets[i] != offsets[0] + i) {
          return false;
        }
      }
      return true;
    }
  }
}
