package org.lastlogin.config.check;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.lastlogin.config.source.Diagnostics;
import org.lastlogin.config.source.Text;
import org.lastlogin.map.KeyPattern;
import org.lastlogin.map.KeyPatternException;

/** Reads patterns, and reports what is not a pattern. */
final class PatternReader {
  /** Longer than any key that a plugin of Dovecot's writes. */
  private static final int MAX_LENGTH = 1000;

  private static final Pattern TYPED = Pattern.compile("\\$\\{\\w++:");
  private static final Pattern BLANK = Pattern.compile("\\s++");
  private static final Pattern VARIABLE = Pattern.compile("\\$(?:\\{(?=\\w++}))?+(?<name>\\w++)");

  private final KeyFieldMessages messages;
  private final Diagnostics diagnostics;

  PatternReader(KeyFieldMessages messages, Diagnostics diagnostics) {
    this.messages = messages;
    this.diagnostics = diagnostics;
  }

  /** The pattern, or {@code null} if it is none. */
  @Nullable KeyPattern read(Text text, MapDraft draft) {
    if (text.length() > MAX_LENGTH) {
      diagnostics.error(
          text.span(),
          "Expected a pattern of no more than " + MAX_LENGTH + " characters",
          "No key is as long as this.");
      return null;
    }
    try {
      KeyPattern pattern = KeyPattern.parse(text.string());
      checkBlanks(text);
      return pattern;
    } catch (KeyPatternException e) {
      int from = Math.min(e.index(), text.length());
      diagnostics.error(
          text.span(from, text.isEmpty() ? 0 : text.length()),
          String.valueOf(e.getMessage()),
          hint(text.string(), from),
          text.isEmpty() ? null : dovecot(text.string(), from, draft));
      return null;
    }
  }

  private void checkBlanks(Text text) {
    Matcher blank = BLANK.matcher(text.string());
    if (!Placeholders.check(text, diagnostics) && blank.find()) {
      diagnostics.warning(
          text.span(blank.start(), blank.end()),
          "This white space is a part of the pattern",
          "Remove it, unless your keys hold white space in this place; those of Dovecot's plugins"
              + " do not.");
    }
  }

  private static String hint(String pattern, int from) {
    return TYPED.matcher(pattern).region(from, pattern.length()).lookingAt()
        ? "A type belongs in the field that holds the variable, not in the pattern."
        : "A variable is written $name or ${name}; a name consists of letters, digits and _.";
  }

  /** Dovecot takes what is not a name for an empty one, which no field holds. */
  private String dovecot(String pattern, int from, MapDraft draft) {
    Matcher variable = VARIABLE.matcher(pattern).region(from, pattern.length());
    return messages.missing(variable.lookingAt() ? variable.group("name") : "", draft);
  }
}
