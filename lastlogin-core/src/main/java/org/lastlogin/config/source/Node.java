package org.lastlogin.config.source;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A syntactic part of a configuration, whatever it means. Immutable. */
public sealed interface Node {

  /** Returns where it is, or begins. */
  Span span();

  /**
   * A line {@code name = value}.
   *
   * @param name the name
   * @param value the value without quotes; may be empty
   */
  record Setting(Text name, Text value) implements Node {
    @Override
    public Span span() {
      return name.span();
    }
  }

  /**
   * What is between a line with an opening brace, and a line with the closing one.
   *
   * @param type the word that says what kind of section it is; empty if it was left out
   * @param name the word after that, if there is one
   * @param open where its opening brace is
   * @param nodes its nodes
   * @param close where its closing brace is; nothing if there is none
   * @param complete whether all of it could be read; if not, nothing is reported as missing in it
   */
  record Section(
      Text type,
      @Nullable Text name,
      Span open,
      List<Node> nodes,
      @Nullable Span close,
      boolean complete)
      implements Node {
    public Section {
      nodes = List.copyOf(nodes);
    }

    @Override
    public Span span() {
      return type.isEmpty() ? open : type.span();
    }
  }

  /**
   * A closing brace that closes nothing.
   *
   * @param span where it is
   */
  record StrayClose(Span span) implements Node {}
}
