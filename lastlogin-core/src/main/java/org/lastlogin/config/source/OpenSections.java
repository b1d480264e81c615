package org.lastlogin.config.source;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lastlogin.config.source.Node.Setting;

/**
 * The sections of a file that are being read, each in the one before it, the outermost being the
 * file. Both parsers put their nodes here; what closes too much or too little is reported here. Not
 * safe for use by several threads.
 */
public final class OpenSections {
  /** Far more than any format needs, and far less than would exhaust the stack of a reader. */
  private static final int MAX_DEPTH = 50;

  private final String word;
  private final Diagnostics diagnostics;
  private final MissingBrace missing;
  private final Frame file = Frame.ofFile();
  private final Deque<Frame> open = new ArrayDeque<>(List.of(file));

  /**
   * Begins a file.
   *
   * @param word what messages call a section
   */
  public OpenSections(String word, Diagnostics diagnostics) {
    this.word = word;
    this.diagnostics = diagnostics;
    this.missing = new MissingBrace(word);
  }

  /** Returns whether no section is open. */
  public boolean isEmpty() {
    return open.size() == 1;
  }

  /** Returns whether there are so many that the rest of the file is not read. */
  public boolean areTooDeep() {
    return open.size() > MAX_DEPTH;
  }

  /** Returns whether a section of one of these types is open. */
  public boolean hasAny(Set<String> types) {
    return open.stream().anyMatch(frame -> types.stream().anyMatch(frame::is));
  }

  /** The first word of the innermost section; one must be open. */
  public Span innermost() {
    return open.element().toSection(null).span();
  }

  public void add(Node node) {
    open.element().nodes().add(node);
  }

  public void addAll(List<Node> nodes) {
    open.element().nodes().addAll(nodes);
  }

  /**
   * Adds a setting. If its value ends with a brace, that closes the section and is reported: it
   * should be on the next line.
   */
  public void addClosing(Text name, Text value) {
    String string = value.string();
    int brace = string.length() - 1;
    boolean closes =
        string.endsWith("}")
            && string.indexOf('{') < 0
            && (brace == 0 || Character.isWhitespace(string.charAt(brace - 1)));
    if (!closes) {
      add(new Setting(name, value));
      return;
    }
    Span close = value.span(brace, brace + 1);
    diagnostics.error(
        close, "Expected } on a line of its own", "Here it would be a part of the value.");
    add(new Setting(name, value.substring(0, brace).strip()));
    close(close);
  }

  /** Notes that something in the innermost section could not be read. */
  public void markIncomplete() {
    open.element().incomplete();
  }

  /** Begins a section. */
  public void open(Text type, @Nullable Text name, Span brace) {
    missing.opening(type, open);
    open.push(Frame.ofSection(type, name, brace));
  }

  /** Ends the innermost section at a brace on a line of its own; one must be open. */
  public void closeAt(Span brace) {
    missing.closing(brace, open);
    close(brace);
  }

  /**
   * Ends the innermost section, if one is open.
   *
   * @param brace its closing brace; nothing if it has none
   */
  public void close(@Nullable Span brace) {
    if (!isEmpty()) {
      Node section = open.pop().toSection(brace);
      add(section);
    }
  }

  /** Reports a brace that closes nothing. */
  public void reportStray(Span brace) {
    missing.reportStray(brace, file.nodes(), diagnostics);
  }

  /**
   * Ends the file, and reports the sections that are still open.
   *
   * @param end where the file ends
   * @param dovecot what Dovecot prints about a section that is not closed; nothing if it ignores
   *     that
   * @return all nodes of the file
   */
  public List<Node> finish(Span end, @Nullable String dovecot) {
    if (areTooDeep()) {
      String plural = Character.toUpperCase(word.charAt(0)) + word.substring(1) + "s";
      diagnostics.error(
          innermost(),
          plural + " are nested more than " + MAX_DEPTH + " deep; the rest is not read",
          "A " + word + " ends with a line }.");
    } else if (!isEmpty()) {
      missing.report(open, end, dovecot, diagnostics);
    }
    while (!isEmpty()) {
      close(null);
    }
    return file.nodes();
  }
}
