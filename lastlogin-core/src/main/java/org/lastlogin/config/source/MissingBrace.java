package org.lastlogin.config.source;

import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lastlogin.config.source.Node.Section;

/**
 * Guesses where a closing brace is missing, which shows only at the end of the file: by lines that
 * are not indented as what they close or follow, and by sections that cannot contain themselves.
 * Not safe for use by several threads.
 */
final class MissingBrace {
  private final String word;

  /** The line before which the brace is missing, and the section that it would close. */
  private @Nullable Span line;

  private @Nullable Section section;

  /** Whether a section begins after the place: that is what Dovecot reports. */
  private boolean beforeSection;

  /** The first brace that closes what begins further left, and what that is. */
  private @Nullable Span surplus;

  private @Nullable Section closedEarly;

  /**
   * Creates a guesser for a file.
   *
   * @param word what a section is called
   */
  MissingBrace(String word) {
    this.word = word;
  }

  /** Looks at the closing brace of the innermost section. */
  void closing(Span brace, Deque<Frame> open) {
    int indent = Indent.of(brace);
    if (line == null
        && Indent.beginsLine(brace)
        && indent != open.element().indent()
        && open.stream().skip(1).anyMatch(outer -> outer.indent() == indent)) {
      remember(brace, open.element());
    }
    boolean early = indent > open.element().indent() && open.element().indent() >= 0;
    if (surplus == null && early && Indent.beginsLine(brace)) {
      surplus = brace;
      closedEarly = open.element().toSection(brace);
    }
  }

  /** Looks at the first word of a section that begins in the innermost one. */
  void opening(Text type, Deque<Frame> open) {
    if (line == null) {
      open.stream()
          .filter(frame -> frame.isOfType(type))
          .findFirst()
          .ifPresent(frame -> remember(type.span(), frame));
      beforeSection = line != null;
    }
    int indent = Indent.of(type.span());
    // Where nothing is indented, it says nothing.
    boolean leftOf = indent > 0 && indent <= open.element().indent();
    if (line == null && leftOf && Indent.beginsLine(type.span())) {
      remember(type.span(), open.element());
    }
  }

  /**
   * Reports that nothing is open that a brace could close.
   *
   * @param nodes the nodes of the file before it
   */
  void reportStray(Span brace, List<Node> nodes, Diagnostics diagnostics) {
    Optional<Span> unopened =
        nodes.stream()
            .map(Node::span)
            .filter(span -> span.source() == brace.source() && Indent.beginsLine(span))
            .filter(span -> Indent.beginsLine(brace) && Indent.of(span) > Indent.of(brace))
            .findFirst();
    if (surplus != null && closedEarly != null) {
      diagnostics.error(
          surplus,
          "Expected no } here: it closes " + sectionText(closedEarly),
          "Remove this line. It leaves nothing for the } in line " + brace.line() + " to close.",
          "Unexpected '}'");
      surplus = null;
    } else if (unopened.isPresent()) {
      diagnostics.error(
          unopened.get(),
          "Expected the first line of a " + word + " before this one",
          "The } in line " + brace.line() + " closes nothing.",
          "Unexpected '}'");
    } else {
      diagnostics.error(
          brace,
          "No " + word + " is open that this } could close",
          "Remove this line.",
          "Unexpected '}'");
    }
  }

  private void remember(Span span, Frame frame) {
    line = Indent.lineToAddBefore(span);
    section = frame.toSection(null);
  }

  /**
   * Reports what is not closed at the end of a file.
   *
   * @param dovecot what Dovecot prints then; nothing if it ignores it
   */
  void report(
      Deque<Frame> open, Span endOfFile, @Nullable String dovecot, Diagnostics diagnostics) {
    if (line != null && section != null) {
      diagnostics.error(
          line,
          "Expected } before this line: " + sectionText(section) + " is not closed",
          "A line with } seems to be missing before this one.",
          beforeSection && dovecot == null
              ? "Unknown section: " + section.type().string()
              : dovecot);
      return;
    }
    for (Frame frame : open) {
      if (frame.indent() >= 0) {
        diagnostics.error(
            endOfFile,
            "Expected } before the end of the file: "
                + sectionText(frame.toSection(null))
                + " is not closed",
            dovecot == null
                ? "Add a line with }. Dovecot says nothing, but leaves this section out."
                : "Add a line with }.",
            dovecot);
      }
    }
  }

  private String sectionText(Section section) {
    String type = section.span().isHidden() ? "" : section.type().string();
    return "the "
        + word
        + " "
        + (type.isEmpty() ? "" : type + " ")
        + "in line "
        + section.span().line();
  }
}
