package org.lastlogin.dictd;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lastlogin.config.SqlDriver;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * The value of {@code --dict}: a name, and what stands behind it, written as in Dovecot's dict
 * block, or the main configuration that has the dict.
 *
 * @param name the name by which clients ask for the dict
 * @param driver which kind of database, for a map file; a main configuration says it itself
 * @param file the map file or the main configuration
 */
record DictOption(String name, Optional<SqlDriver> driver, Path file) {
  private static final Pattern FORM =
      Pattern.compile("([^=:/]+)=(mysql|pgsql|sqlite|dovecot):(.+)");

  /** Reads one. */
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

  /** Reads one for picocli. */
  static final class Converter implements ITypeConverter<DictOption> {
    @Override
    public DictOption convert(String value) {
      return parse(value);
    }
  }
}
