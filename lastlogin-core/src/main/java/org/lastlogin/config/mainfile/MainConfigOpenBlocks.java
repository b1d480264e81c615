package org.lastlogin.config.mainfile;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lastlogin.config.source.Diagnostics;
import org.lastlogin.config.source.Frame;
import org.lastlogin.config.source.MissingBrace;
import org.lastlogin.config.source.Node;
import org.lastlogin.config.source.Node.Section;
import org.lastlogin.config.source.Span;
import org.lastlogin.config.source.Text;

/**
 * The blocks of a main configuration that are being read, each in the one before. Not safe for use
 * by several threads.
 */
final class MainConfigOpenBlocks {
  /** Words that begin blocks: they may be shown even in a line that is no syntax. */
  static final Set<String> BLOCK_WORDS =
      Set.of(
          "dict_server",
          "dict",
          "dict_map",
          "map",
          "value_field",
          "key_field",
          "dict_map_value_field",
          "dict_map_key_field",
          "mysql",
          "pgsql",
          "sqlite",
          "parameters",
          "service",
          "inet_listener",
          "unix_listener",
          "fields",
          "plugin",
          "mailbox",
          "passdb",
          "userdb",
          "namespace",
          "protocol",
          "group",
          "}");

  private final Diagnostics diagnostics;
  private final Frame file = Frame.ofFile();
  private final MissingBrace missing = new MissingBrace("block");
  private final Deque<Frame> open = new ArrayDeque<>(List.of(file));

  MainConfigOpenBlocks(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  /** Whether none is open. */
  boolean isEmpty() {
    return open.size() == 1;
  }

  boolean areTooDeep() {
    return open.size() > Frame.MAX_DEPTH;
  }

  /** Whether what is read stands in a dict, or in the dict server. */
  boolean concernDicts() {
    return open.stream().anyMatch(frame -> frame.is("dict_server") || frame.is("dict"));
  }

  void add(Node node) {
    open.element().nodes().add(node);
  }

  void addAll(List<Node> nodes) {
    open.element().nodes().addAll(nodes);
  }

  /** Notes that something in the innermost block could not be read. */
  void markIncomplete() {
    open.element().incomplete();
  }

  void open(Head head, Span brace) {
    missing.opening(head.type(), open);
    open.push(Frame.ofSection(head.type(), head.name(), brace));
  }

  /** Ends the innermost block; if none is open, that is reported. */
  void closeOrReport(Span brace) {
    if (isEmpty()) {
      missing.reportStray(brace, file.nodes(), diagnostics);
    } else {
      missing.closing(brace, open);
      close(brace);
    }
  }

  /**
   * Ends the innermost block, if one is open.
   *
   * @param brace where its closing brace stands; nothing if there is none
   */
  void close(@Nullable Span brace) {
    if (open.size() > 1) {
      Section section = open.pop().toSection(brace);
      add(section);
    }
  }

  /**
   * Ends the file; what is still open is reported.
   *
   * @param end where it ends
   */
  List<Node> finish(Span end) {
    if (areTooDeep()) {
      diagnostics.error(
          open.element().toSection(null).span(),
          "Blocks are nested more than " + Frame.MAX_DEPTH + " deep; the rest is not read");
    } else if (!isEmpty()) {
      reportUnclosed(end);
    }
    while (!isEmpty()) {
      close(null);
    }
    return file.nodes();
  }

  private void reportUnclosed(Span endOfFile) {
    // That is what Dovecot names; where the brace is missing is another matter.
    Span innermost = open.element().toSection(null).span();
    missing.report(
        open,
        endOfFile,
        "Missing '}' (section started at "
            + innermost.source().name()
            + ":"
            + innermost.line()
            + ")",
        diagnostics);
  }

  /** The first line of a block. */
  record Head(Text type, @Nullable Text name) {

    /** The same, if a brace sticks to its last word. */
    Head withoutBrace() {
      return name == null || name.isEmpty()
          ? new Head(trimmed(type), null)
          : new Head(type, trimmed(name));
    }

    private static Text trimmed(Text word) {
      return word.string().endsWith("{") ? word.substring(0, word.length() - 1) : word;
    }
  }
}
