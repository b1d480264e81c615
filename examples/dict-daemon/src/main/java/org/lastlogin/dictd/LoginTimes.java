package org.lastlogin.dictd;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lastlogin.Precision;
import org.lastlogin.TimePolicy;
import org.lastlogin.config.Diagnostic;
import org.lastlogin.config.DictDefinition;
import org.lastlogin.jdbc.JdbcDict;
import org.lastlogin.jdbc.WritePolicy;
import org.lastlogin.map.DictMap;
import org.lastlogin.map.DictMaps;
import org.lastlogin.map.KeyPattern;
import org.lastlogin.map.ValueField;
import org.lastlogin.map.ValueType;

/**
 * Configures how a dict writes the times of logins, the values of keys below {@value
 * KeyPattern#LAST_LOGIN}. It does not affect other maps.
 *
 * @param keepNewest whether to keep the newest time, and refuse times more than a day ahead
 * @param rounding the unit to round down to, if any
 * @param precision the unit of the times
 */
record LoginTimes(boolean keepNewest, Optional<ChronoUnit> rounding, Precision precision) {
  /** A mail server's clock cannot be further ahead than this unless it is wrong. */
  private static final Duration TOLERANCE = Duration.ofDays(1);

  /** Returns whether any of the maps is for logins. */
  static boolean areIn(DictMaps maps) {
    return maps.asList().stream().anyMatch(LoginTimes::isForLogins);
  }

  private static boolean isForLogins(DictMap map) {
    return map.pattern().toString().startsWith(KeyPattern.LAST_LOGIN);
  }

  /** Returns an error for each map for logins whose values are not whole numbers. */
  List<Diagnostic> errors(DictDefinition definition) {
    List<Diagnostic> errors = new ArrayList<>();
    for (DictMap map : definition.maps()) {
      ValueField field = map.valueFields().get(0);
      boolean whole = field.type() == ValueType.UINT || field.type() == ValueType.INT;
      if (!isUnchanged() && isForLogins(map) && !whole) {
        String message =
            "The column "
                + field.column()
                + " has the type "
                + field.type().configName()
                + ": --keep-newest and --round need uint or int";
        errors.add(Diagnostic.error(definition.origin(map).part(field.column()), message));
      }
    }
    return errors;
  }

  /** Returns whether times are written as received, as Dovecot does. */
  private boolean isUnchanged() {
    return !keepNewest && rounding.isEmpty();
  }

  /** Configures a dict. */
  JdbcDict.Builder configure(JdbcDict.Builder dict) {
    if (isUnchanged()) {
      return dict;
    }
    TimePolicy policy = keepNewest ? TimePolicy.refusingFuture(TOLERANCE) : TimePolicy.exact();
    if (rounding.isPresent()) {
      policy = policy.andThen(TimePolicy.roundingDown(rounding.get()));
    }
    if (keepNewest) {
      dict.writePolicy(WritePolicy.KEEP_NEWEST, LoginTimes::isForLogins);
    }
    return dict.times(precision, policy, LoginTimes::isForLogins);
  }
}
