package org.lastlogin.config.check;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lastlogin.config.LastLoginSettings;
import org.lastlogin.config.source.Diagnostics;
import org.lastlogin.config.words.KnownKeys;
import org.lastlogin.map.DictMap;
import org.lastlogin.map.ValueType;

/**
 * Finds columns that cannot hold the times that the plugin last_login writes. {@code int} and
 * {@code uint} have 64 bits since Dovecot 2.3, and text holds any number. {@code uint} is never
 * reported: only Dovecot 2.2's own dict server held it in 32 bits, which milliseconds do not fit.
 */
final class LoginTimeLint {
  /** A variable in {@code last_login_key}, in the syntax of 2.3 or 2.4. */
  private static final Pattern VARIABLE = Pattern.compile("%(?:\\{[^}]*+}|\\w)");

  private static final String HINT = "Say that the type is uint.";

  private final @Nullable String key;
  private final @Nullable String precision;
  private final Diagnostics diagnostics;

  /**
   * Creates a check for settings of the plugin.
   *
   * @param settings the settings of the plugin, if there is a main configuration
   */
  LoginTimeLint(@Nullable LastLoginSettings settings, Diagnostics diagnostics) {
    this.key = settings == null ? null : settings.key().orElse(null);
    this.precision = settings == null ? null : settings.precision().orElse(null);
    this.diagnostics = diagnostics;
  }

  /** Warns of a map that the plugin's keys belong to, if its first column cannot hold a time. */
  private void check(MapDraft draft) {
    DictMap map = draft.map();
    if (draft.typePlace() == null || !isForLogins(map)) {
      return;
    }
    ValueType type = map.valueFields().get(0).type();
    if (type == ValueType.HEXBLOB || type == ValueType.UUID) {
      diagnostics.warning(
          draft.typePlace(), "A " + type.configName() + " cannot hold the time of a login", HINT);
    } else if (type == ValueType.DOUBLE && "ns".equals(precision)) {
      diagnostics.warning(
          draft.typePlace(),
          "A double loses the last digits of a time in nanoseconds, which last_login_precision asks"
              + " for",
          HINT);
    }
  }

  private boolean isForLogins(DictMap map) {
    if (KnownKeys.isLastLogin(map.pattern().toString())) {
      return true;
    }
    return key != null
        && Stream.concat(KnownKeys.SERVICES.stream(), Stream.of("x"))
            .map(service -> VARIABLE.matcher("shared/" + key).replaceAll(service))
            .anyMatch(sample -> Optional.ofNullable(map.pattern().match(sample)).isPresent());
  }

  /** Checks all maps. */
  void check(List<MapDraft> maps) {
    maps.forEach(this::check);
  }
}
