package org.lastlogin.config.mainfile;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lastlogin.config.source.Diagnostics;
import org.lastlogin.config.source.Includes;
import org.lastlogin.config.source.Node;
import org.lastlogin.config.source.Node.Setting;
import org.lastlogin.config.source.OpenSections;
import org.lastlogin.config.source.Quoting;
import org.lastlogin.config.source.SourceFile;
import org.lastlogin.config.source.Span;
import org.lastlogin.config.source.Text;
import org.lastlogin.config.words.Secrets;

/**
 * Makes blocks and settings of the lines of a main configuration, whatever they mean, and reports
 * syntax errors. Values keep their quotes. The type of the block that {@code group @x name} begins
 * is {@code @x}. Not safe for use by several threads.
 */
public final class MainConfigParser {
  private static final String OPEN_HINT =
      "A line is name = value, or opens a block with TYPE NAME {, or closes one with }.";

  /** The blocks whose settings may not end with a brace. */
  private static final Set<String> OF_DICTS =
      Set.of(MainConfigNames.DICT_SERVER, MainConfigNames.DICT);

  private final MainConfigLines lines;
  private final Includes includes;
  private final Diagnostics diagnostics;
  private final OpenSections blocks;

  /** The first line of a block whose brace is missing; it may be on the next line. */
  private @Nullable MainConfigHead headless;

  public MainConfigParser(SourceFile source, Includes includes, Diagnostics diagnostics) {
    this.lines = new MainConfigLines(source, diagnostics);
    this.includes = includes;
    this.diagnostics = diagnostics;
    this.blocks = new OpenSections("block", diagnostics);
  }

  /** Returns all nodes of the file, and of the files that it includes. */
  public List<Node> parse() {
    Text line = lines.next();
    while (line != null && !blocks.areTooDeep() && !diagnostics.isFull()) {
      statement(line);
      line = lines.next();
    }
    return blocks.finish(lines.end(), blocks.isEmpty() ? null : unclosed(blocks.innermost()));
  }

  /**
   * Returns what Dovecot prints about a block that is not closed, wherever its brace is missing.
   */
  private static String unclosed(Span innermost) {
    return "Missing '}' (section started at " + innermost.file() + ":" + innermost.line() + ")";
  }

  private void statement(Text line) {
    MainConfigHead head = headless;
    headless = null;
    String string = line.string();
    int end = endOfKey(string);
    boolean quoted = string.startsWith("\"");
    Text key = quoted ? line.substring(1, Math.max(1, end - 1)) : line.substring(0, end);
    Text rest = line.substring(end, line.length()).strip();
    if (key.is("!include") || key.is("!include_try")) {
      blocks.addAll(includes.include(rest, key.is("!include_try")));
    } else if (rest.string().startsWith("=")) {
      setting(key, rest.substring(1, rest.length()).strip());
    } else if (key.is("}")) {
      closeBlock(key, rest);
    } else if (string.equals("{") && head != null) {
      blocks.open(head.type(), head.name(), line.span());
    } else if (string.startsWith("{")) {
      unnamed(line);
    } else {
      block(line, key, rest);
    }
  }

  static int endOfKey(String line) {
    if (line.startsWith("\"")) {
      return Math.min(Quoting.closing(line, 0, line.length()) + 1, line.length());
    }
    int i = 0;
    while (i < line.length() && line.charAt(i) != '=' && !MainConfigLines.isBlank(line.charAt(i))) {
      i++;
    }
    return i;
  }

  private void setting(Text name, Text value) {
    if (name.isEmpty()) {
      hideLine(value);
      diagnostics.error(
          value.span(0, 0), "Expected the name of a setting before =", OPEN_HINT, null);
      return;
    }
    if (blocks.hasAny(OF_DICTS)) {
      blocks.addClosing(name, value);
    } else {
      blocks.add(new Setting(name, value));
    }
  }

  private void unnamed(Text line) {
    hideLine(line.substring(1, line.length()));
    diagnostics.error(
        line.span(0, 1),
        "Expected the type of a block before {",
        "A block begins with a line such as dict_server { or dict lastlogin {.",
        "Expecting '{'");
    blocks.open(line.substring(0, 0), null, line.span(0, 1));
    blocks.markIncomplete();
  }

  private void closeBlock(Text brace, Text rest) {
    if (blocks.isEmpty()) {
      blocks.reportStray(brace.span());
    } else {
      blocks.closeAt(brace.span());
    }
    if (!rest.isEmpty()) {
      hideLine(rest);
      diagnostics.error(
          rest.span(), "Expected the end of the line after }", OPEN_HINT, "Expecting '{'");
    }
  }

  private void block(Text line, Text key, Text rest) {
    Text type = key;
    Text after = rest;
    if (key.is("group")) {
      int word = endOfKey(rest.string());
      type = rest.substring(0, word);
      after = rest.substring(word, rest.length()).strip();
    }
    Text name = null;
    if (after.string().startsWith("\"")) {
      int quote = after.string().indexOf('"', 1);
      int end = quote < 0 ? after.length() : quote;
      name = Quoting.unescape(after.substring(1, end));
      after = after.substring(Math.min(end + 1, after.length()), after.length()).strip();
    } else if (!after.string().startsWith("{")) {
      int word = endOfWord(after.string());
      name = after.substring(0, word);
      after = after.substring(word, after.length()).strip();
    }
    MainConfigHead head = new MainConfigHead(type, name);
    if (after.string().startsWith("{")) {
      openBlock(line, head, after);
    } else {
      expectedBrace(line, key, head);
    }
  }

  private static int endOfWord(String string) {
    int i = 0;
    while (i < string.length() && !MainConfigLines.isBlank(string.charAt(i))) {
      i++;
    }
    return i;
  }

  private void openBlock(Text line, MainConfigHead head, Text brace) {
    blocks.open(head.type(), head.name(), brace.span(0, 1));
    if (brace.length() == 1) {
      return;
    }
    Text garbage = brace.substring(1, brace.length()).strip();
    hide(line, head.type());
    hideLine(garbage);
    diagnostics.error(
        garbage.span(),
        "Expected the end of the line after {",
        "Every setting is on a line of its own, and so is the closing brace.",
        "Garbage after '{'");
    blocks.markIncomplete();
    if (line.string().endsWith("}")) {
      blocks.close(line.span(line.length() - 1, line.length()));
    }
  }

  private void expectedBrace(Text line, Text key, MainConfigHead head) {
    hide(line, key);
    String string = line.string();
    boolean glued = string.endsWith("{");
    boolean lone = key.length() >= string.length();
    diagnostics.error(
        lone ? key.span() : line.span(),
        lone
            ? "Expected = or { after this word"
            : "Expected = after the first word, or { at the end",
        glued ? "There is white space before a { that opens a block." : OPEN_HINT,
        "Expecting '{'");
    blocks.markIncomplete();
    if (glued) {
      MainConfigHead opened = head.withoutBrace();
      blocks.open(opened.type(), opened.name(), line.span(string.length() - 1, string.length()));
    } else {
      headless = head;
    }
  }

  /** Hides a line that could not be understood, and may hold a password; its comment, always. */
  private static void hide(Text line, Text key) {
    String word = key.string().replace("{", "");
    boolean harmless =
        (MainConfigNames.BLOCK_WORDS.contains(word) || MainConfigNames.isSettingWord(word))
            && !Secrets.mayHoldSecret(line.string());
    hideLine(harmless ? line.substring(line.length(), line.length()) : line);
  }

  /** Hides a part of a line, and the rest of the line. */
  private static void hideLine(Text part) {
    Span span = part.span();
    SourceFile source = span.source();
    source.hide(span.start(), Math.max(span.end(), source.endOfLine(span.end())));
  }
}
