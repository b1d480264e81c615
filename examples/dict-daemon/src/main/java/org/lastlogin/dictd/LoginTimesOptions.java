package org.lastlogin.dictd;

import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lastlogin.Precision;
import org.lastlogin.config.DictConfig;
import org.lastlogin.config.LastLoginSettings;
import org.lastlogin.map.KeyPattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options for how to write the times of logins. */
final class LoginTimesOptions {
  @Option(
      names = "--keep-newest",
      description =
          "Keep the newest time of each login (keys below "
              + KeyPattern.LAST_LOGIN
              + "): a late or repeated write never"
              + " moves a time back, and times more than a day ahead fail. By default the last write wins, as in Dovecot.")
  private boolean keepNewest;

  @Option(
      names = "--round",
      paramLabel = "hour|day",
      converter = Unit.class,
      description =
          "Round the times of logins down to the hour or the day, in UTC: this reveals less about people, and changes"
              + " rows less often.")
  private @Nullable ChronoUnit rounding;

  @Option(
      names = "--precision",
      paramLabel = "s|ms|us|ns",
      converter = Precisions.class,
      description =
          "The unit of the times, for --keep-newest, --round and --check: Dovecot's last_login_precision. By default the"
              + " one that the dict's main configuration sets, else s.")
  private @Nullable Precision precision;

  /** Returns whether they change how times are written. */
  boolean isActive() {
    return keepNewest || rounding != null;
  }

  /**
   * Returns why the options cannot be combined; empty if they can.
   *
   * @param check whether the columns of the times are checked
   */
  Optional<String> usageError(boolean check) {
    return precision != null && !isActive() && !check
        ? Optional.of("--precision has no effect without --keep-newest, --round or --check")
        : Optional.empty();
  }

  /** Returns how to write the times of logins to a dict of a configuration. */
  LoginTimes of(DictConfig config) {
    Precision unit =
        Optional.ofNullable(precision)
            .or(
                () ->
                    config
                        .lastLogin()
                        .flatMap(LastLoginSettings::precision)
                        .flatMap(Precision::ofConfigName))
            .orElse(Precision.SECONDS);
    return new LoginTimes(keepNewest, Optional.ofNullable(rounding), unit);
  }

  /** Parses the unit to round to, for picocli. */
  static final class Unit implements ITypeConverter<ChronoUnit> {
    @Override
    public ChronoUnit convert(String value) {
      return switch (value) {
        case "hour" -> ChronoUnit.HOURS;
        case "day" -> ChronoUnit.DAYS;
        default -> throw new TypeConversionException("'" + value + "' is neither hour nor day");
      };
    }
  }

  /** Parses a precision for picocli. */
  static final class Precisions implements ITypeConverter<Precision> {
    @Override
    public Precision convert(String value) {
      return Precision.ofConfigName(value)
          .orElseThrow(
              () -> new TypeConversionException("'" + value + "' is not one of s, ms, us, ns"));
    }
  }
}
