package org.lastlogin.config.mainfile;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.lastlogin.config.check.Placeholders;
import org.lastlogin.config.source.Diagnostics;
import org.lastlogin.config.source.Span;
import org.lastlogin.config.source.Text;

/** Finds errors and probable errors in the settings of a MySQL server. */
final class MainConfigServerLint {
  private static final List<String> CREDENTIALS = List.of("user", "password", "dbname");

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,5}+");

  /** Another setting that is joined to a value. */
  private static final Pattern JOINED =
      Pattern.compile(
          "=.*+|.*?\\s(?:" + String.join("|", MainConfigNames.settingsIn("mysql")) + ")\\s*+=.*+");

  private static final Pattern NOT_PLAIN = Pattern.compile("[\"'<$]");
  private static final Pattern BLANK = Pattern.compile("\\s");
  private static final Pattern DOUBLED = Pattern.compile("(\\S++)\\s++\\1");

  private final MainConfigView server;
  private final MainConfigBlock block;
  private final MainConfigValues values;
  private final Diagnostics diagnostics;

  MainConfigServerLint(
      MainConfigView server,
      MainConfigBlock block,
      MainConfigValues values,
      Diagnostics diagnostics) {
    this.server = server;
    this.block = block;
    this.values = values;
    this.diagnostics = diagnostics;
  }

  /** Reports what is there, and what is not. */
  void check() {
    server.setting("mysql_port").ifPresent(this::checkPort);
    for (String name : CREDENTIALS) {
      server
          .setting("mysql_" + name)
          .ifPresent(setting -> checkValue(setting, name.equals("password")));
    }
    List<String> forgotten = CREDENTIALS.stream().filter(name -> !isGiven(name)).toList();
    // A server with few settings may need no more, and many need no password.
    boolean certain = forgotten.size() == 1 && !forgotten.contains("password");
    if (certain && block.isComplete() && !isGiven("option_file")) {
      reportMissing(forgotten.get(0));
    }
  }

  private void checkPort(MainConfigSetting setting) {
    Text port = values.text(setting);
    String value = port.string();
    boolean right = NUMBER.matcher(value).matches() && Integer.parseInt(value) <= 65535;
    if (!right && Placeholders.endAt(value, 0) == 0) {
      diagnostics.error(
          place(setting),
          "Expected a port, which is a number from 1 to 65535",
          "MySQL listens at 3306 by default.",
          BLANK.matcher(value).find() ? null : "Invalid port number " + value);
    }
  }

  private void checkValue(MainConfigSetting setting, boolean secret) {
    String value = setting.raw().string();
    if (NOT_PLAIN.matcher(value).lookingAt() || Placeholders.endAt(value, 0) > 0) {
      return; // In quotes, the end of a value is where its author wants it.
    }
    boolean joined = value.length() <= 1000 && JOINED.matcher(value).matches();
    boolean doubled = secret ? DOUBLED.matcher(value).matches() : BLANK.matcher(value).find();
    if (joined || doubled) {
      setting.hide();
      diagnostics.warning(
          setting.span(),
          joined ? "This value seems to hold another setting" : "This value holds white space",
          "Every setting is on a line of its own. If the value is meant, put it in quotes.");
    }
  }

  private boolean isGiven(String name) {
    return server.value("mysql_" + name).filter(text -> !text.isEmpty()).isPresent();
  }

  private void reportMissing(String name) {
    Optional<MainConfigSetting> empty = server.setting("mysql_" + name);
    if (empty.isPresent() || !server.isMeant("mysql_" + name)) {
      diagnostics.warning(
          empty
              .map(MainConfigServerLint::place)
              .orElseGet(() -> MainConfigPlaces.missing(name, block)),
          "The " + MainConfigPlaces.named(block) + " has no " + name,
          "Add a line " + name + " = to it, unless the server needs none.");
    }
  }

  private static Span place(MainConfigSetting setting) {
    return setting.raw().isEmpty() ? setting.span() : setting.raw().span();
  }
}
