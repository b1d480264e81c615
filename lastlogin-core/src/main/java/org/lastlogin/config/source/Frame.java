package org.lastlogin.config.source;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lastlogin.config.source.Node.Section;

/**
 * A section that is being read; the outermost is the file and has no type. Not safe for use by
 * several threads.
 */
final class Frame {
  private final @Nullable Text type;
  private final @Nullable Text name;
  private final @Nullable Span brace;
  private final List<Node> nodes = new ArrayList<>();
  private boolean complete = true;

  private Frame(@Nullable Text type, @Nullable Text name, @Nullable Span brace) {
    this.type = type;
    this.name = name;
    this.brace = brace;
  }

  /** All of a file. */
  static Frame ofFile() {
    return new Frame(null, null, null);
  }

  static Frame ofSection(Text type, @Nullable Text name, Span brace) {
    return new Frame(type, name, brace);
  }

  List<Node> nodes() {
    return nodes;
  }

  /** Notes that something in it could not be read. */
  void incomplete() {
    complete = false;
  }

  boolean isOfType(Text other) {
    return type != null && !type.isEmpty() && type.is(other.string());
  }

  boolean is(String word) {
    return type != null && type.is(word);
  }

  /**
   * Returns how many characters of white space its first line begins with; -1 for the file itself.
   */
  int indent() {
    return brace == null ? -1 : Indent.of(brace);
  }

  /**
   * The section.
   *
   * @param close where its closing brace is; nothing if it has none
   */
  Section toSection(@Nullable Span close) {
    if (type == null || brace == null) {
      throw new IllegalStateException("The file itself is not a section");
    }
    return new Section(type, name, brace, nodes, close, complete && close != null);
  }
}
