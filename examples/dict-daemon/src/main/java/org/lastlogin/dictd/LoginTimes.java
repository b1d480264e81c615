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
import org.lastlogin.map.ValueField;
import org.lastlogin.map.ValueType;

/**
 * How the times of logins are written, which are the values of keys below {@value #KEYS}; other
 * maps are left alone.
 *
 * @param keepNewest whether the newest time stays, and those of more than a day ahead are refused
 * @param rounding what the times are rounded down to, if they are
 * @param precision their unit
 */
record LoginTimes(boolean keepNewest, Optional<ChronoUnit> rounding, Precision precision) {
  /** Where Dovecot's plugin last_login writes. */
  static final String KEYS = "shared/last-login/";

  /** A mail server's clock that is further ahead is wrong. */
  private static final Duration TOLERANCE = Duration.ofDays(1);

  /** Whether any of the maps is for logins. */
  static boolean areIn(DictMaps maps) {
    return maps.asList().stream().anyMatch(LoginTimes::isForLogins);
  }

  private static boolean isForLogins(DictMap map) {
    return map.pattern().toString().startsWith(KEYS);
  }

  /** The maps of a dict whose values are no times, though they are for logins. */
  List<Diagnostic> mistakes(DictDefinition definition) {
    List<Diagnostic> mistakes = new ArrayList<>();
    for (DictMap map : definition.maps()) {
      ValueField field = map.valueFields().get(0);
      boolean whole = field.type() == ValueType.UINT || field.type() == ValueType.INT;
      if (!areAsTheyCome() && isForLogins(map) && !whole) {
        String message =
            "The column "
                + field.column()
                + " has the type "
                + field.type().configName()
                + ": --keep-newest and --round need uint, or int";
        mistakes.add(Diagnostic.error(definition.origin(map).part(field.column()), message));
      }
    }
    return mistakes;
  }

  /** Dovecot's way. */
  private boolean areAsTheyCome() {
    return !keepNewest && rounding.isEmpty();
  }

  /** Tells a dict. */
  JdbcDict.Builder configure(JdbcDict.Builder dict) {
    if (areAsTheyCome()) {
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
