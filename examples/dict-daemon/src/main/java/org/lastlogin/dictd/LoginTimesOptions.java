package org.lastlogin.dictd;

import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lastlogin.Precision;
import org.lastlogin.config.DictConfig;
import org.lastlogin.config.LastLoginSettings;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that say how the times of logins are written. */
final class LoginTimesOptions {
  @Option(
      names = "--keep-newest",
      description =
          "Keep the newest time of each login (keys below "
              + LoginTimes.KEYS
              + "): what is written late or twice never"
              + " moves a time back, and times of more than a day ahead fail. Without, the last write wins, as in Dovecot.")
  private boolean keepNewest;

  @Option(
      names = "--round",
      paramLabel = "hour|day",
      converter = Unit.class,
      description =
          "Round the times of logins down to the hour or the day, in UTC: says less about people, and changes a row"
              + " less often.")
  private @Nullable ChronoUnit rounding;

  @Option(
      names = "--precision",
      paramLabel = "s|ms|us|ns",
      converter = Precisions.class,
      description =
          "The unit of the times, for --keep-newest, --round and --check: Dovecot's last_login_precision. By default what the"
              + " main configuration says that the dict stands in, else s.")
  private @Nullable Precision precision;

  /** Whether they ask for something. */
  boolean isActive() {
    return keepNewest || rounding != null;
  }

  /**
   * Why they make no sense together; empty if they do.
   *
   * @param check whether the columns of the times are looked at
   */
  Optional<String> mistake(boolean check) {
    return precision != null && !isActive() && !check
        ? Optional.of(
            "--precision needs --keep-newest, --round or --check: what are the times for?")
        : Optional.empty();
  }

  /** What they mean for a dict of a configuration. */
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

  /** Reads what is rounded to. */
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

  /** Reads a precision. */
  static final class Precisions implements ITypeConverter<Precision> {
    @Override
    public Precision convert(String value) {
      return Precision.ofConfigName(value)
          .orElseThrow(
              () -> new TypeConversionException("'" + value + "' is none of s, ms, us, ns"));
    }
  }
}
