package org.lastlogin.quickstart;

import java.time.Duration;
import java.time.Instant;

/** Formats the time since an instant in words. */
final class Age {
  private Age() {}

  /** Returns the time between two instants in its largest unit, such as "3 minutes ago". */
  static String inWords(Instant time, Instant now) {
    Duration age = Duration.between(time, now);
    if (age.isNegative()) {
      return "in the future";
    }
    if (age.toDays() > 0) {
      return count(age.toDays(), "day");
    }
    if (age.toHours() > 0) {
      return count(age.toHours(), "hour");
    }
    return age.toMinutes() > 0
        ? count(age.toMinutes(), "minute")
        : count(age.toSeconds(), "second");
  }

  private static String count(long number, String unit) {
    return number + " " + unit + (number == 1 ? "" : "s") + " ago";
  }
}
