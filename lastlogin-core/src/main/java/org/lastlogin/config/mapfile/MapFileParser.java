package org.lastlogin.config.mapfile;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.lastlogin.config.mapfile.MapFileLexer.Kind;
import org.lastlogin.config.mapfile.MapFileLexer.Token;
import org.lastlogin.config.source.Diagnostics;
import org.lastlogin.config.source.Frame;
import org.lastlogin.config.source.Includes;
import org.lastlogin.config.source.MissingBrace;
import org.lastlogin.config.source.Node;
import org.lastlogin.config.source.Node.Section;
import org.lastlogin.config.source.Node.Setting;
import org.lastlogin.config.source.Node.StrayClose;
import org.lastlogin.config.source.Settings;
import org.lastlogin.config.source.Span;
import org.lastlogin.config.source.Text;
import org.lastlogin.config.words.Suggestions;

/**
 * Makes sections and settings of tokens, whatever they mean, and reports what is no syntax. Not
 * safe for use by several threads.
 */
public final class MapFileParser {
  /** The setting whose value consists of pairs and holds a password. */
  private static final String CONNECT = "connect";

  private static final Pattern OPENS_SECTION = Pattern.compile("\\S++\\s++\\{");

  private final MapFileLexer lexer;
  private final Includes includes;
  private final Diagnostics diagnostics;
  private final Deque<Frame> open = new ArrayDeque<>();
  private final MissingBrace missing = new MissingBrace("section");
  private final BrokenSecret secret = new BrokenSecret();

  /** What stands behind a closing brace, by mistake. */
  private @Nullable Token readAhead;

  /** Where the last line ends in which something stood behind a closing brace. */
  private int endOfBraces;

  private int strayBraces;

  public MapFileParser(MapFileLexer lexer, Includes includes, Diagnostics diagnostics) {
    this.lexer = lexer;
    this.includes = includes;
    this.diagnostics = diagnostics;
  }

  /** Everything that stands in the file, and in the files that it includes. */
  public List<Node> parse() {
    Frame file = Frame.ofFile();
    open.push(file);
    Token token = lexer.next();
    while (token.kind() != Kind.END && open.size() <= Frame.MAX_DEPTH && !diagnostics.isFull()) {
      statement(token);
      token = next();
    }
    if (open.size() > Frame.MAX_DEPTH) {
      diagnostics.error(
          frame().toSection(null).span(),
          "Sections are nested more than " + Frame.MAX_DEPTH + " deep; the rest is not read",
          "A section ends with a line }.");
    } else if (open.size() > 1) {
      missing.report(open, token.text().span(), null, diagnostics);
    }
    while (open.size() > 1) {
      close(null);
    }
    return file.nodes();
  }

  /** The next token, or the one that was read already. */
  private Token next() {
    Token next = readAhead == null ? lexer.next() : readAhead;
    readAhead = null;
    return next;
  }

  private void statement(Token first) {
    if (first.kind() != Kind.NEWLINE && first.kind() != Kind.END) {
      secret.line(first.text().span());
    }
    switch (first.kind()) {
      case NEWLINE, END -> {}
      case OPEN -> openSection(Text.empty(first.text().span().source(), start(first)), null, first);
      case CLOSE -> closeSection(first);
      case EQUALS -> {
        diagnostics.error(
            first.text().span(),
            "Expected the name of a setting before =",
            "A line is name = value, or opens a section with {, or closes one with }.",
            "Unknown setting: ");
        lexer.skipLine();
      }
      case WORD -> {
        if (first.text().string().startsWith("!")) {
          include(first.text());
        } else {
          settingOrSection(first.text());
        }
      }
    }
  }

  private static int start(Token token) {
    return token.text().span().start();
  }

  private void settingOrSection(Text word) {
    Token second = lexer.next();
    switch (second.kind()) {
      case EQUALS -> setting(word);
      case OPEN -> openSection(word, null, second);
      case WORD -> {
        Token third = lexer.next();
        if (third.kind() == Kind.OPEN) {
          openSection(word, second.text(), third);
        } else {
          expectedSign(word, third);
        }
      }
      case NEWLINE, END, CLOSE -> expectedSign(word, second);
    }
  }

  private void expectedSign(Text word, Token found) {
    String string = word.string();
    String hint =
        string.endsWith("{")
            ? "There is white space before a { that opens a section."
            : "A line is name = value, or opens a section with {, or closes one with }.";
    diagnostics.error(word.span(), "Expected = or { behind this word", hint, "Expecting '='");
    frame().incomplete();
    if (string.endsWith("{") && found.kind() == Kind.NEWLINE) {
      // What follows belongs to the section that was meant.
      push(word.substring(0, string.length() - 1), null, word.span());
    } else if (found.kind() != Kind.NEWLINE) {
      lexer.skipLine();
    }
  }

  private void setting(Text name) {
    Text value = lexer.value(name.is(CONNECT));
    secret.setting(name, value);
    String string = value.string();
    boolean closes =
        string.endsWith("}")
            && string.indexOf('{') < 0
            && (string.length() == 1 || Character.isWhitespace(string.charAt(string.length() - 2)));
    if (!closes) {
      add(new Setting(name, value));
      return;
    }
    int brace = string.length() - 1;
    Span close = value.span(brace, brace + 1);
    diagnostics.error(
        close, "Expected } on a line of its own", "Here it would be a part of the value.");
    add(new Setting(name, value.substring(0, brace).strip()));
    close(close);
  }

  private void openSection(Text type, @Nullable Text name, Token brace) {
    push(type, name, brace.text().span());
    Span rest = lexer.restOfLine();
    if (lexer.next().kind() == Kind.NEWLINE) {
      return;
    }
    frame().incomplete();
    String text = rest.source().text().substring(rest.start(), rest.end());
    if (text.isEmpty()) {
      return; // The file ends here; that the section is not closed will be reported.
    }
    diagnostics.error(
        rest,
        "Expected the end of the line behind {",
        "Every setting stands on a line of its own, and so does the closing brace. Dovecot passes"
            + " over what stands behind {.");
    lexer.skipLine();
    String stripped = text.stripTrailing();
    if (stripped.endsWith("}")) {
      int end = rest.start() + stripped.length();
      close(new Span(rest.source(), end - 1, end));
    }
  }

  private void closeSection(Token brace) {
    if (open.size() == 1) {
      strayClose(brace);
    } else {
      missing.closing(brace.text().span(), open);
      close(brace.text().span());
    }
    Token behind = lexer.next();
    readAhead = behind;
    if (behind.kind() != Kind.NEWLINE
        && behind.kind() != Kind.END
        && start(behind) >= endOfBraces) {
      Span rest = restOfLine(behind);
      endOfBraces = rest.end();
      diagnostics.error(
          behind.text().span(),
          "Expected the end of the line behind }",
          "Every } that closes a section stands on a line of its own.",
          sayBehindBrace(behind, rest));
    }
  }

  private void strayClose(Token brace) {
    if (strayBraces < Diagnostics.MAX_SHOWN) {
      add(new StrayClose(brace.text().span()));
    }
    strayBraces++;
  }

  private static Span restOfLine(Token first) {
    Span span = first.text().span();
    return new Span(span.source(), span.start(), span.source().endOfLine(span.start()));
  }

  /** What Dovecot, which takes the brace for a word here, says about what stands behind it. */
  private static String sayBehindBrace(Token behind, Span rest) {
    String text = rest.source().text().substring(rest.start(), rest.end());
    return switch (behind.kind()) {
      case EQUALS -> "Unknown setting: }";
      case OPEN -> "Unknown section: }";
      default -> OPENS_SECTION.matcher(text).lookingAt() ? "Unknown section: }" : "Expecting '='";
    };
  }

  private void include(Text directive) {
    Text path = lexer.value(false);
    switch (directive.string()) {
      case "!include" -> frame().nodes().addAll(includes.include(path, false));
      case "!include_try" -> frame().nodes().addAll(includes.include(path, true));
      default ->
          diagnostics.error(
              directive.span(),
              "Unknown directive" + Settings.shown(directive),
              Suggestions.didYouMean(directive.string(), List.of("!include", "!include_try"))
                  .orElse("There are !include and !include_try."),
              "Expecting '='");
    }
  }

  private Frame frame() {
    return open.element();
  }

  private void add(Node node) {
    frame().nodes().add(node);
  }

  private void push(Text type, @Nullable Text name, Span brace) {
    missing.opening(type, open);
    open.push(Frame.ofSection(type, name, brace));
  }

  /**
   * Ends the innermost section.
   *
   * @param brace where its closing brace stands; nothing if there is none
   */
  private void close(@Nullable Span brace) {
    if (open.size() > 1) {
      Section section = open.pop().toSection(brace);
      add(section);
    }
  }
}
