package org.lastlogin.quickstart;

import java.time.Duration;
import java.time.Instant;

/** Says in words how long ago something was. */
final class Age {
  private Age() {}

  /** The time between two instants in its largest unit, as in "3 minutes ago". */
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
