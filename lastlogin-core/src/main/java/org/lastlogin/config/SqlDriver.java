package org.lastlogin.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The databases that a dict can be in, by the names of Dovecot's drivers. */
public enum SqlDriver {
  /** MariaDB and MySQL. */
  MYSQL,
  /** PostgreSQL. */
  PGSQL,
  /** SQLite. */
  SQLITE;

  /** The name that stands for it in a configuration. */
  public String configName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The driver of that name in a configuration. */
  public static Optional<SqlDriver> ofConfigName(String name) {
    return Arrays.stream(values()).filter(driver -> driver.configName().equals(name)).findFirst();
  }

  /** Returns all names that a configuration may have, for messages. */
  public static List<String> configNames() {
    return Arrays.stream(values()).map(SqlDriver::configName).toList();
  }
}
