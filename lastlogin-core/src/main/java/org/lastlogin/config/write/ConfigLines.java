package org.lastlogin.config.write;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lastlogin.config.source.Span;
import org.lastlogin.config.write.Comments.Comment;

/**
 * The lines of a configuration that is being written, with the comments that belong to them. Not
 * safe for use by several threads.
 */
public final class ConfigLines {
  private final String indentation;
  private final Comments comments;
  private final List<String> lines = new ArrayList<>();
  private int depth;

  /**
   * Creates an empty text.
   *
   * @param indentation what each line in a section begins with
   * @param comments the comments of what is written
   */
  public ConfigLines(String indentation, Comments comments) {
    this.indentation = indentation;
    this.comments = comments;
  }

  /**
   * Adds a line.
   *
   * @param anchors the places of what is in it
   */
  void line(String text, @Nullable Span... anchors) {
    add(text, known(anchors));
  }

  /** Those of several places that are known. */
  static List<Span> known(@Nullable Span... anchors) {
    List<Span> known = new ArrayList<>();
    for (Span anchor : anchors) {
      if (anchor != null) {
        known.add(anchor);
      }
    }
    return known;
  }

  /** Adds a line with all comments of a list of places. */
  void add(String text, List<Span> anchors) {
    raw(text + above(anchors));
  }

  /** Writes the comments of a line; returns the one at its end. */
  private String above(List<Span> anchors) {
    List<Comment> all = comments.take(anchors);
    boolean trails = !all.isEmpty() && all.get(all.size() - 1).trailing();
    write(trails ? all.subList(0, all.size() - 1) : all);
    return trails ? " " + all.get(all.size() - 1).text() : "";
  }

  /** Begins a section. */
  void open(String text, List<Span> anchors) {
    add(text + " {", anchors);
    depth++;
  }

  /** Ends a section, in which comments may be last. */
  void close(@Nullable Span... anchors) {
    String trailing = above(known(anchors));
    depth--;
    raw("}" + trailing);
  }

  /** Adds the comments of places for which nothing else is written. */
  void comments(List<Span> anchors) {
    write(comments.take(anchors));
  }

  /** Adds comments on lines of their own. */
  public void write(List<Comment> added) {
    for (int i = 0; i < added.size(); i++) {
      if (i > 0 && added.get(i).apart()) {
        blank();
      }
      raw(added.get(i).text());
    }
  }

  /** Adds a comment that was in no file. */
  public void remark(String text) {
    raw(text.isEmpty() ? "#" : "# " + text);
  }

  /** Adds an empty line, unless there is one or nothing precedes it. */
  public void blank() {
    if (!lines.isEmpty() && !lines.get(lines.size() - 1).isEmpty()) {
      lines.add("");
    }
  }

  private void raw(String text) {
    lines.add(indentation.repeat(depth) + text);
  }

  /** The text; its last line ends with LF. */
  public String text() {
    return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
  }
}
