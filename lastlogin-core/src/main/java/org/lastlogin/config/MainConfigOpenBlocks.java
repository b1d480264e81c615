package org.lastlogin.config;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lastlogin.config.Node.Section;

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
  private final Frame file = new Frame(null, null);
  private final Deque<Frame> open = new ArrayDeque<>(List.of(file));

  MainConfigOpenBlocks(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  /** Whether none is open. */
  boolean isEmpty() {
    return open.size() == 1;
  }

  boolean areTooDeep() {
    return open.size() > Parser.MAX_DEPTH;
  }

  /** Whether what is read stands in a dict, or in the dict server. */
  boolean concernDicts() {
    return open.stream().anyMatch(Frame::concernsDicts);
  }

  void add(Node node) {
    open.element().nodes.add(node);
  }

  void addAll(List<Node> nodes) {
    open.element().nodes.addAll(nodes);
  }

  /** Notes that something in the innermost block could not be read. */
  void markIncomplete() {
    open.element().complete = false;
  }

  void open(Head head, Span brace) {
    open.push(new Frame(head, brace));
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

  /** Ends the file; what is still open is reported. */
  List<Node> finish() {
    if (areTooDeep()) {
      diagnostics.error(
          open.element().toSection(null).span(),
          "Blocks are nested more than " + Parser.MAX_DEPTH + " deep; the rest is not read");
    } else if (!isEmpty()) {
      reportUnclosed();
    }
    while (!isEmpty()) {
      close(null);
    }
    return file.nodes;
  }

  private void reportUnclosed() {
    // The innermost that is open need not be where the brace is missing; the outermost is.
    while (open.size() > 2) {
      close(null);
    }
    Section section = open.element().toSection(null);
    String hint =
        nestedInItsLike(section)
            .map(inner -> "A line with } seems to be missing before line " + inner.span().line())
            .orElse("A line with } is missing");
    diagnostics.error(
        section.span(),
        "This block is not closed: expected }",
        hint + ".",
        "Missing '}' (section started at "
            + section.span().source().name()
            + ":"
            + section.span().line()
            + ")");
  }

  /** A block that stands in one of its own type, which hardly anyone means. */
  private static Optional<Section> nestedInItsLike(Section section) {
    for (Node node : section.nodes()) {
      if (node instanceof Section inner) {
        boolean alike = inner.type().is(section.type().string());
        if (alike && BLOCK_WORDS.contains(inner.type().string())) {
          return Optional.of(inner);
        }
        Optional<Section> deeper = nestedInItsLike(inner);
        if (deeper.isPresent()) {
          return deeper;
        }
      }
    }
    return Optional.empty();
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

  /** A block that is being read; the outermost is the file and has no head. */
  private static final class Frame {
    private final @Nullable Head head;
    private final @Nullable Span brace;
    private final List<Node> nodes = new ArrayList<>();
    private boolean complete = true;

    Frame(@Nullable Head head, @Nullable Span brace) {
      this.head = head;
      this.brace = brace;
    }

    boolean concernsDicts() {
      return head != null && (head.type.is("dict_server") || head.type.is("dict"));
    }

    Section toSection(@Nullable Span close) {
      if (head == null || brace == null) {
        throw new IllegalStateException("The file itself is no block");
      }
      return new Section(head.type, head.name, brace, nodes, close, complete && close != null);
    }
  }
}
