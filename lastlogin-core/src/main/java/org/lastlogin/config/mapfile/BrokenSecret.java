package org.lastlogin.config.mapfile;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lastlogin.config.source.SourceFile;
import org.lastlogin.config.source.Span;
import org.lastlogin.config.source.Text;
import org.lastlogin.config.words.Secrets;

/**
 * Hides the lines after a secret that may continue there: the rest of a password on a line of its
 * own is a syntax error, and the message about it must not show the password. After {@code connect}
 * a line is shown only if it is certainly something else, which hides the name of an unknown
 * setting. Not safe for use by several threads.
 */
final class BrokenSecret {
  private static final String CONNECT = "connect";

  /** Lines that are certainly not part of a secret after {@code connect}. */
  private static final Pattern KNOWN =
      Pattern.compile(
          "[A-Za-z_]\\w*+\\s*+\\{\\s*+(?:#.*+)?+|(?:map|fields)(?:[\\s{].*+)?+|\\{"
              + "|!include(?:_try)?\\s.*+"
              + "|(?:driver|connect|pattern|table|username_field|value_\\w++)\\s*+=.*+");

  /** A line that looks like a setting, a section or an inclusion. */
  private static final Pattern WELL_FORMED =
      Pattern.compile(
          "[\\w/@!-]++(?:\\s*+[={].*+|\\s++[^={]++\\{.*+)|}\\s*+(?:#.*+)?+|!include.*+");

  /** The beginning of a line with a secret after it. */
  private static final Pattern PASSWORD =
      Pattern.compile(
          "\\w{0,40}(?:pass|pwd|secret)\\w{0,40}+\\s*+=\\s*+", Pattern.CASE_INSENSITIVE);

  /** The part of a secret that may be on the next line. */
  private enum Rest {
    NONE,
    OF_SETTING,
    OF_CONNECT
  }

  private Rest rest = Rest.NONE;

  /** Where the last line ends that was hidden. */
  private int hiddenEnd;

  /** Notes a setting that has been read. */
  void setting(Text name, Text value) {
    if (name.is(CONNECT)) {
      rest = Rest.OF_CONNECT;
    } else if (rest == Rest.NONE && Secrets.isSecretName(name.string())) {
      rest = Rest.OF_SETTING;
    }
    if (rest == Rest.OF_SETTING && value.isEmpty()) {
      rest = Rest.OF_CONNECT;
    }
  }

  /** Looks at a line that begins with some word or sign. */
  void line(Span first) {
    if (rest == Rest.NONE || first.start() < hiddenEnd) {
      return;
    }
    SourceFile source = first.source();
    Span line = new Span(source, first.start(), source.endOfLine(first.start()));
    String text = source.text().substring(line.start(), line.end());
    Pattern harmless = rest == Rest.OF_CONNECT ? KNOWN : WELL_FORMED;
    if (text.equals("}")) {
      return; // It closes nothing here, and shows nothing.
    }
    Matcher password = PASSWORD.matcher(text);
    if (harmless.matcher(text).matches()) {
      rest = Rest.NONE;
    } else if (password.lookingAt()) {
      hiddenEnd = line.end();
      source.hide(line.start() + password.end(), line.end());
    } else {
      hiddenEnd = line.end();
      line.hide();
    }
  }
}
