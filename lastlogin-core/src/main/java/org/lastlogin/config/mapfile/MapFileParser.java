package org.lastlogin.config.mapfile;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.lastlogin.config.mapfile.MapFileLexer.Kind;
import org.lastlogin.config.mapfile.MapFileLexer.Token;
import org.lastlogin.config.source.Diagnostics;
import org.lastlogin.config.source.Includes;
import org.lastlogin.config.source.Node;
import org.lastlogin.config.source.Node.StrayClose;
import org.lastlogin.config.source.OpenSections;
import org.lastlogin.config.source.Settings;
import org.lastlogin.config.source.Span;
import org.lastlogin.config.source.Text;
import org.lastlogin.config.words.Suggestions;

/**
 * Makes sections and settings of tokens, whatever they mean, and reports syntax errors. Not safe
 * for use by several threads.
 */
public final class MapFileParser {
  /** The setting whose value consists of pairs and holds a password. */
  private static final String CONNECT = "connect";

  private static final Pattern OPENS_SECTION = Pattern.compile("\\S++\\s++\\{");

  private final MapFileLexer lexer;
  private final Includes includes;
  private final Diagnostics diagnostics;
  private final OpenSections sections;
  private final BrokenSecret secret = new BrokenSecret();

  /** The token after a closing brace, where there should be none. */
  private @Nullable Token readAhead;

  /** Where the last line ends that has something after a closing brace. */
  private int endOfBraces;

  private int strayBraces;

  public MapFileParser(MapFileLexer lexer, Includes includes, Diagnostics diagnostics) {
    this.lexer = lexer;
    this.includes = includes;
    this.diagnostics = diagnostics;
    this.sections = new OpenSections("section", diagnostics);
  }

  /** Returns all nodes of the file, and of the files that it includes. */
  public List<Node> parse() {
    Token token = lexer.next();
    while (token.kind() != Kind.END && !sections.areTooDeep() && !diagnostics.isFull()) {
      statement(token);
      token = next();
    }
    return sections.finish(token.text().span(), null);
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
    diagnostics.error(word.span(), "Expected = or { after this word", hint, "Expecting '='");
    sections.markIncomplete();
    if (string.endsWith("{") && found.kind() == Kind.NEWLINE) {
      // What follows belongs to the section that was meant.
      sections.open(word.substring(0, string.length() - 1), null, word.span());
    } else if (found.kind() != Kind.NEWLINE) {
      lexer.skipLine();
    }
  }

  private void setting(Text name) {
    Text value = lexer.value(name.is(CONNECT));
    secret.setting(name, value);
    sections.addClosing(name, value);
  }

  private void openSection(Text type, @Nullable Text name, Token brace) {
    sections.open(type, name, brace.text().span());
    Span rest = lexer.restOfLine();
    if (lexer.next().kind() == Kind.NEWLINE) {
      return;
    }
    sections.markIncomplete();
    String text = rest.source().text().substring(rest.start(), rest.end());
    if (text.isEmpty()) {
      return; // The file ends here; that the section is not closed will be reported.
    }
    diagnostics.error(
        rest,
        "Expected the end of the line after {",
        "Every setting is on a line of its own, and so is the closing brace. Dovecot ignores"
            + " what follows the {.");
    lexer.skipLine();
    String stripped = text.stripTrailing();
    if (stripped.endsWith("}")) {
      int end = rest.start() + stripped.length();
      sections.close(new Span(rest.source(), end - 1, end));
    }
  }

  private void closeSection(Token brace) {
    if (sections.isEmpty()) {
      strayClose(brace);
    } else {
      sections.closeAt(brace.text().span());
    }
    Token after = lexer.next();
    readAhead = after;
    if (after.kind() != Kind.NEWLINE && after.kind() != Kind.END && start(after) >= endOfBraces) {
      Span rest = restOfLine(after);
      endOfBraces = rest.end();
      diagnostics.error(
          after.text().span(),
          "Expected the end of the line after }",
          "Every } that closes a section is on a line of its own.",
          sayAfterBrace(after, rest));
    }
  }

  private void strayClose(Token brace) {
    if (strayBraces < Diagnostics.MAX_SHOWN) {
      sections.add(new StrayClose(brace.text().span()));
    }
    strayBraces++;
  }

  private static Span restOfLine(Token first) {
    Span span = first.text().span();
    return new Span(span.source(), span.start(), span.source().endOfLine(span.start()));
  }

  /** Returns what Dovecot, which takes the brace for a word here, prints about what follows it. */
  private static String sayAfterBrace(Token after, Span rest) {
    String text = rest.source().text().substring(rest.start(), rest.end());
    return switch (after.kind()) {
      case EQUALS -> "Unknown setting: }";
      case OPEN -> "Unknown section: }";
      default -> OPENS_SECTION.matcher(text).lookingAt() ? "Unknown section: }" : "Expecting '='";
    };
  }

  private void include(Text directive) {
    Text path = lexer.value(false);
    switch (directive.string()) {
      case "!include" -> sections.addAll(includes.include(path, false));
      case "!include_try" -> sections.addAll(includes.include(path, true));
      default ->
          diagnostics.error(
              directive.span(),
              "Unknown directive" + Settings.shown(directive),
              Suggestions.didYouMean(directive.string(), List.of("!include", "!include_try"))
                  .orElse("There are !include and !include_try."),
              "Expecting '='");
    }
  }
}
