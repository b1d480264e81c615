package org.lastlogin.config.source;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.lastlogin.config.words.Secrets;

/**
 * The text of a file, cut into lines, and the knowledge which parts of it are comments and which
 * must never be shown. Not safe for use by several threads while it is parsed; after that, several
 * can ask it for lines.
 */
public final class SourceFile {
  private final String name;
  private final String text;
  private final boolean readableByOthers;
  private final int[] lineStarts;
  private final BitSet hidden = new BitSet();

  /** The line that was shown last, since many things may be wrong with a long one. */
  private Shown lastShown = Shown.NONE;

  /** Where comments begin. */
  private final NavigableSet<Integer> comments = new TreeSet<>();

  private final List<Inclusion> inclusions = new ArrayList<>();

  /** A line as it may be shown. */
  private record Shown(int line, String text) {
    static final Shown NONE = new Shown(0, "");
  }

  /** A file that is included by another, and where. */
  private record Inclusion(int offset, SourceFile file) {}

  /** Creates a source of a text that is not in a file; messages give it the name. */
  public SourceFile(String name, String text) {
    this(name, text, false);
  }

  public SourceFile(String name, String text, boolean readableByOthers) {
    this.name = name;
    this.text = text;
    this.readableByOthers = readableByOthers;
    this.lineStarts =
        IntStream.concat(
                IntStream.of(0),
                IntStream.range(0, text.length())
                    .filter(i -> text.charAt(i) == '\n')
                    .map(i -> i + 1))
            .toArray();
  }

  /** The file's name, for messages. */
  public String name() {
    return name;
  }

  public String text() {
    return text;
  }

  /** Returns whether all users of the system may read the file. */
  public boolean isReadableByOthers() {
    return readableByOthers;
  }

  /** Returns the number of the line of an offset, counted from 1. */
  public int line(int offset) {
    int found = Arrays.binarySearch(lineStarts, offset);
    return found >= 0 ? found + 1 : -found - 1;
  }

  /** The column of an offset, counted from 1 in code points. */
  int column(int offset) {
    return text.codePointCount(startOfLine(offset), offset) + 1;
  }

  /** Returns the offset of the first character of the line of an offset. */
  public int startOfLine(int offset) {
    return lineStarts[line(offset) - 1];
  }

  /** Returns the offset after the last character of the line of an offset, without its end. */
  public int endOfLine(int offset) {
    int feed = text.indexOf('\n', offset);
    int end = feed < 0 ? text.length() : feed;
    return end > offset && text.charAt(end - 1) == '\r' ? end - 1 : end;
  }

  /** Remembers that what is left of a line is a comment. */
  public void comment(int from) {
    comments.add(from);
  }

  /** The comments that were met while the file was read, in its order. */
  public List<Span> comments() {
    return comments.stream().map(from -> new Span(this, from, endOfLine(from))).toList();
  }

  /** Remembers which file is included at an offset. */
  void include(int offset, SourceFile file) {
    inclusions.add(new Inclusion(offset, file));
  }

  /** The files that are included between two offsets, and those that they include. */
  Stream<SourceFile> included(int from, int to) {
    return inclusions.stream()
        .filter(inclusion -> inclusion.offset() >= from && inclusion.offset() < to)
        .map(Inclusion::file)
        .flatMap(file -> Stream.concat(Stream.of(file), file.included(0, file.text().length())));
  }

  /** Makes {@link #shownLine} put asterisks in place of the characters between two offsets. */
  public void hide(int from, int to) {
    hidden.set(from, to);
    lastShown = Shown.NONE;
  }

  /** Forgets all that a parser noted, so that another one can read the file. */
  public void forget() {
    hidden.clear();
    comments.clear();
    inclusions.clear();
    lastShown = Shown.NONE;
  }

  boolean isHidden(int offset) {
    return hidden.get(offset);
  }

  /** Returns what lies between two offsets and must not be shown, one by one. */
  List<String> hiddenParts(int from, int to) {
    List<String> parts = new ArrayList<>();
    int at = hidden.nextSetBit(from);
    while (at >= 0 && at < to) {
      int end = Math.min(to, hidden.nextClearBit(at));
      parts.add(text.substring(at, end));
      at = hidden.nextSetBit(end);
    }
    return parts;
  }

  /** A line with an asterisk for every character that must not be shown. */
  String shownLine(int line) {
    Shown last = lastShown;
    if (last.line() != line) {
      last = new Shown(line, show(line));
      lastShown = last;
    }
    return last.text();
  }

  private String show(int line) {
    int start = lineStarts[line - 1];
    int end = endOfLine(start);
    // Masked before anything is hidden: the name of a secret may be hidden itself.
    String masked = Secrets.mask(text.substring(start, end));
    StringBuilder out = new StringBuilder();
    int at = start;
    for (int character : masked.codePoints().toArray()) {
      out.appendCodePoint(hidden.get(at) ? '*' : character);
      at += Character.charCount(text.codePointAt(at));
    }
    return Visible.line(out.toString());
  }
}
