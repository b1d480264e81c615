package org.lastlogin.config;

import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.lastlogin.config.Node.Section;

/**
 * Guesses where a closing brace is missing, which shows only at the end of the file: by lines that
 * are not indented as what they close or follow, and by sections that cannot stand in themselves.
 * Not safe for use by several threads.
 */
final class MissingBrace {
  /** The line before which the brace is missing, and the section that it would close. */
  private @Nullable Span line;

  private @Nullable Section section;

  /** Whether a section begins behind the place: that is what Dovecot stumbles over. */
  private boolean beforeSection;

  /** Looks at the closing brace of the innermost section. */
  void closing(Span brace, Deque<Frame> open) {
    int indent = Indent.of(brace);
    if (line == null
        && Indent.beginsLine(brace)
        && indent != open.element().indent()
        && open.stream().skip(1).anyMatch(outer -> outer.indent() == indent)) {
      remember(brace, open.element());
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
  }

  private void remember(Span span, Frame frame) {
    line = Indent.lineToAddBefore(span);
    section = frame.toSection(null);
  }

  /** Reports what is not closed at the end of a file. */
  void report(Deque<Frame> open, Span endOfFile, Diagnostics diagnostics) {
    if (line != null && section != null) {
      diagnostics.error(
          line,
          "Expected } before this line: " + sectionText(section) + " is not closed",
          "A line with } seems to be missing before this one.",
          beforeSection ? "Unknown section: " + section.type().string() : null);
      return;
    }
    for (Frame frame : open) {
      if (frame.indent() >= 0) {
        diagnostics.error(
            endOfFile,
            "Expected } before the end of the file: "
                + sectionText(frame.toSection(null))
                + " is not closed",
            "Add a line with }. Dovecot says nothing, but leaves this section out.");
      }
    }
  }

  private static String sectionText(Section section) {
    String type = section.span().isHidden() ? "" : section.type().string();
    return "the section " + (type.isEmpty() ? "" : type + " ") + "in line " + section.span().line();
  }
}
