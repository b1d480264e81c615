package org.lastlogin.config.mainfile;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.lastlogin.config.source.Diagnostics;
import org.lastlogin.config.source.Quoting;
import org.lastlogin.config.source.SourceFile;
import org.lastlogin.config.source.SourceReader;
import org.lastlogin.config.source.Span;
import org.lastlogin.config.source.Text;

/**
 * Evaluates the values of a main configuration: removes quotes, expands variables and files. A
 * value is evaluated when it is asked for, so that settings that do not matter cause no file to be
 * read and no problem to be reported. Variables and files together may expand to 1 MiB. The line
 * end with which a file ends is a part of the value, with a warning: Dovecot keeps it, and a line
 * end in a password is hard to notice. Not safe for use by several threads.
 */
public final class MainConfigValues {
  private static final String SET = "$SET:";
  private static final String ENVIRONMENT = "$ENV:";

  /** How far values may refer to values that refer to values. */
  private static final int MAX_DEPTH = 32;

  /** A brace that a second percent sign makes text, or a variable. */
  private static final Pattern PERCENT = Pattern.compile("%%\\{|%\\{([^{}]*+)}?+");

  private static final Pattern PERCENT_ENVIRONMENT = Pattern.compile("\\s*+env:(\\w++)\\s*+");

  private final UnaryOperator<@Nullable String> environment;
  private final Diagnostics diagnostics;
  private final Map<MainConfigSetting, Text> known = new HashMap<>();

  /** How many characters have come from variables and files. */
  private long expanded;

  public MainConfigValues(UnaryOperator<@Nullable String> environment, Diagnostics diagnostics) {
    this.environment = environment;
    this.diagnostics = diagnostics;
  }

  /** The value of a setting. */
  Text text(MainConfigSetting setting) {
    return text(setting, 0);
  }

  /** Returns the name of a block: the word after its type, unless a setting overrides it. */
  @Nullable Text name(MainConfigBlock block) {
    Text name = block.name();
    return block
        .nameOverride()
        .map(this::text)
        .orElseGet(() -> name == null ? null : percent(name));
  }

  /** The value of a setting in which {@code %{...}} are variables that others put in. */
  Text template(MainConfigSetting setting) {
    return basic(setting, 0);
  }

  private Text text(MainConfigSetting setting, int depth) {
    Text text = known.get(setting);
    if (text == null) {
      text = percent(basic(setting, depth));
      known.put(setting, text);
    }
    return text;
  }

  private Text basic(MainConfigSetting setting, int depth) {
    Text raw = setting.raw();
    warnOfHash(raw);
    String string = raw.string();
    if (string.startsWith("<")) {
      return file(raw);
    }
    char first = string.isEmpty() ? ' ' : string.charAt(0);
    boolean quote = first == '"' || first == '\'';
    if (!quote && string.indexOf('$') >= 0) {
      return variables(setting, depth);
    }
    if (!quote) {
      return raw;
    }
    if (string.length() > 1 && string.charAt(string.length() - 1) == first) {
      return Quoting.unescape(raw.substring(1, raw.length() - 1));
    }
    setting.hide();
    diagnostics.warning(
        raw.span(0, 1),
        "The value does not end with the quote that it begins with, so the quote is a part of it",
        "Put all of the value in quotes, or none of it.");
    return raw;
  }

  private void warnOfHash(Text raw) {
    Span span = raw.span();
    String text = span.source().text();
    if (!raw.isEmpty() && span.end() < text.length() && text.charAt(span.end()) == '#') {
      span.source().hide(span.end() + 1, span.source().endOfLine(span.end()));
      diagnostics.warning(
          new Span(span.source(), span.end(), span.end() + 1),
          "A comment begins here, in the middle of a word; the value ends before it",
          "Put the value in quotes if # is a part of it, or a space before it if it is not.",
          "Ambiguous '#' character in line, treating it as comment. Add a space before it to remove"
              + " this warning.");
    }
  }

  /** Whole words {@code $SET:NAME} and {@code $ENV:NAME} are variables. */
  private Text variables(MainConfigSetting setting, int depth) {
    Text raw = setting.raw();
    String string = raw.string();
    Text.Builder out = new Text.Builder(raw.span().source());
    int at = 0;
    while (at < string.length()) {
      int blank = string.indexOf(' ', at);
      int end = blank < 0 ? string.length() : blank;
      word(setting, raw.substring(at, end), depth, out);
      at = end;
      while (at < string.length() && MainConfigLines.isBlank(string.charAt(at))) {
        at++;
      }
      if (at < string.length()) {
        out.append(' ', raw.span(end, end + 1).start());
      }
    }
    return out.build(raw.span().end());
  }

  private void word(MainConfigSetting setting, Text word, int depth, Text.Builder out) {
    String string = word.string();
    if (string.startsWith(SET)) {
      String name = string.substring(SET.length());
      Optional<MainConfigSetting> other = before(setting, name);
      if (other.isEmpty()) {
        diagnostics.error(
            word.span(),
            "No setting of this name precedes this line, here or in a block around it",
            "Defaults of Dovecot are not known here: set it, or write the value itself.",
            "Unknown setting: " + name);
      } else if (depth == MAX_DEPTH) {
        diagnostics.error(
            word.span(), "More than " + MAX_DEPTH + " settings refer to each other through $SET:");
      } else {
        append(text(other.get(), depth + 1).string(), word, out);
      }
    } else if (string.startsWith(ENVIRONMENT)) {
      append(variable(string.substring(ENVIRONMENT.length()), word), word, out);
    } else {
      for (int i = 0; i < word.length(); i++) {
        out.append(string.charAt(i), word.span(i, i + 1).start());
      }
    }
  }

  /** The setting of that name that counts in a place, of those that are before it. */
  private static Optional<MainConfigSetting> before(MainConfigSetting place, String name) {
    for (MainConfigBlock block = place.block(); block != null; block = block.parent()) {
      String key = MainConfigNames.setting(block.type(), block.id(), name);
      List<MainConfigSetting> all = block.settings().getOrDefault(key, List.of());
      for (int i = all.size() - 1; i >= 0; i--) {
        if (all.get(i).order() < place.order()) {
          return Optional.of(all.get(i));
        }
      }
    }
    return Optional.empty();
  }

  private String variable(String name, Text place) {
    String value = environment.apply(name);
    if (value == null) {
      diagnostics.error(place.span(), "The environment variable " + name + " is not set");
      return "";
    }
    return value;
  }

  /** Appends what comes from elsewhere as if it was in a place. */
  private void append(String value, Text place, Text.Builder out) {
    if (!mayExpand(value.length(), place)) {
      return;
    }
    Span span = place.span();
    for (int i = 0; i < value.length(); i++) {
      out.append(value.charAt(i), i == 0 ? span.start() : span.end() - 1);
    }
  }

  private boolean mayExpand(int length, Text place) {
    expanded += length;
    if (expanded > SourceReader.MAX_BYTES) {
      diagnostics.error(
          place.span(),
          "The variables and files in the values come to more than 1 MiB",
          "No configuration needs as much.");
      return false;
    }
    return true;
  }

  private Text file(Text raw) {
    Text path = raw.substring(1, raw.length()).strip();
    Text.Builder out = new Text.Builder(raw.span().source());
    if (!mayExpand(0, raw)) {
      return raw;
    }
    SourceFile file = read(path);
    if (file != null) {
      file.hide(0, file.text().length());
      append(file.text(), raw, out);
      if (file.text().endsWith("\n")) {
        diagnostics.warning(
            raw.span(),
            "The end of the last line of this file is a part of the value, as it is for Dovecot",
            "Write the file without a line end, as with printf %s.");
      }
    }
    return out.build(raw.span().end());
  }

  private @Nullable SourceFile read(Text path) {
    try {
      Path including = Path.of(path.span().source().name());
      return SourceReader.read(including.resolveSibling(path.string()), diagnostics);
    } catch (InvalidPathException e) {
      diagnostics.error(path.span(), "This is not a path: " + e.getReason());
    } catch (IOException e) {
      diagnostics.error(path.span(), "Cannot read this file: " + SourceReader.reason(e));
    }
    return null;
  }

  private Text percent(Text text) {
    String string = text.string();
    if (!string.contains("%{")) {
      return text;
    }
    Text.Builder out = new Text.Builder(text.span().source());
    Matcher matcher = PERCENT.matcher(string);
    int at = 0;
    while (matcher.find()) {
      copy(text, at, matcher.start(), out);
      at = matcher.end();
      if (matcher.group(1) == null) {
        copy(text, matcher.start() + 1, at, out);
        continue;
      }
      Text place = text.substring(matcher.start(), at);
      Matcher variable = PERCENT_ENVIRONMENT.matcher(matcher.group(1));
      if (variable.matches()) {
        append(variable(variable.group(1), place), place, out);
      } else {
        diagnostics.warning(
            place.span(),
            "This is taken literally: of the variables in %{} only %{env:NAME} is known here",
            "Dovecot puts in a value that it has when it opens the dict.");
        copy(text, matcher.start(), at, out);
      }
    }
    copy(text, at, string.length(), out);
    return out.build(text.span().end());
  }

  private static void copy(Text text, int from, int to, Text.Builder out) {
    for (int i = from; i < to; i++) {
      out.append(text.string().charAt(i), text.span(i, i + 1).start());
    }
  }
}
