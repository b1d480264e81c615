package org.lastlogin.dictd;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lastlogin.config.SqlDriver;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * The value of {@code --dict}: the name of a dict, then its driver and map file as in Dovecot's
 * {@code dict} block, or {@code dovecot} and the main configuration that defines it.
 *
 * @param name the name that clients send
 * @param driver the kind of database of a map file; empty for a main configuration, which names it
 * @param file the map file or the main configuration
 */
record DictOption(String name, Optional<SqlDriver> driver, Path file) {
  private static final Pattern FORM =
      Pattern.compile("([^=:/]+)=(mysql|pgsql|sqlite|dovecot):(.+)");

  /** Parses a value. */
  static DictOption parse(String value) {
    Matcher matcher = FORM.matcher(value);
    if (!matcher.matches()) {
      throw new TypeConversionException(
          "'"
              + value
              + "' is not NAME=DRIVER:FILE with the driver mysql, pgsql or sqlite, as in"
              + " lastlogin=mysql:/etc/dovecot/dovecot-last-login.conf, nor NAME=dovecot:FILE");
    }
    Optional<SqlDriver> driver = SqlDriver.ofConfigName(matcher.group(2));
    return new DictOption(matcher.group(1), driver, Path.of(matcher.group(3)));
  }

  /** Parses a value for picocli. */
  static final class Converter implements ITypeConverter<DictOption> {
    @Override
    public DictOption convert(String value) {
      return parse(value);
    }
  }
}
