package org.lastlogin.jdbc.connect;

import java.sql.Driver;
import java.sql.SQLException;
import java.util.Properties;
import java.util.stream.Stream;
import org.lastlogin.config.SqlDriver;

/** The JDBC drivers, which users bring along. */
enum JdbcDriver {
  MARIADB("org.mariadb.jdbc.Driver", "org.mariadb.jdbc:mariadb-java-client"),
  MYSQL("com.mysql.cj.jdbc.Driver", "com.mysql:mysql-connector-j"),
  POSTGRESQL("org.postgresql.Driver", "org.postgresql:postgresql"),
  SQLITE("org.sqlite.JDBC", "org.xerial:sqlite-jdbc");

  private final String className;
  private final String artifact;

  JdbcDriver(String className, String artifact) {
    this.className = className;
    this.artifact = artifact;
  }

  /**
   * Returns the driver for a database. MariaDB's is preferred to MySQL's: its Unix sockets need
   * only JNA, and it reads {@code ssl_ca} as it is.
   */
  static JdbcDriver of(SqlDriver sqlDriver) {
    return switch (sqlDriver) {
      case MYSQL -> !isPresent(MARIADB.className) && isPresent(MYSQL.className) ? MYSQL : MARIADB;
      case PGSQL -> POSTGRESQL;
      case SQLITE -> SQLITE;
    };
  }

  /** Returns whether a class can be loaded. */
  static boolean isPresent(String className) {
    try {
      Class.forName(className, false, JdbcDriver.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /** Returns the translation of connect settings for this driver. */
  TargetKind kind() {
    return switch (this) {
      case MARIADB -> new MariaDbTarget();
      case MYSQL -> new MySqlTarget();
      case POSTGRESQL -> new PostgreSqlTarget();
      case SQLITE -> new SqliteTarget();
    };
  }

  /** Returns the driver; fails with an {@link IllegalStateException} if it is missing. */
  Driver load() {
    try {
      return Class.forName(className)
          .asSubclass(Driver.class)
          .getDeclaredConstructor()
          .newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "The JDBC driver " + className + " is missing: add the artifact " + artifact, e);
    }
  }

  /** Fails if the driver is too old to have the property that keeps the password from a server. */
  void requireRestriction(Driver driver) {
    switch (this) {
      case MARIADB -> require(driver, "jdbc:mariadb://db/", AuthPlugins.ALLOWED, "3.0.3");
      case POSTGRESQL ->
          require(driver, "jdbc:postgresql://db/", PostgreSqlAuth.PROPERTY, "42.7.11");
      case MYSQL, SQLITE -> {} // MySQL's has always had it.
    }
  }

  /** Drivers pass over properties that they do not have. */
  private void require(Driver driver, String url, String property, String version) {
    if (!hasProperty(driver, url, property)) {
      throw new IllegalStateException(
          "The JDBC driver %s is too old: without the property %s it sends the password in clear to"
                  .formatted(className, property)
              + " any server that asks for it; add the artifact %s:%s or a newer version"
                  .formatted(artifact, version));
    }
  }

  private static boolean hasProperty(Driver driver, String url, String property) {
    try {
      return Stream.of(driver.getPropertyInfo(url, new Properties()))
          .anyMatch(known -> known.name.equals(property));
    } catch (SQLException e) {
      throw new IllegalStateException("The JDBC driver does not list its properties", e);
    }
  }
}
