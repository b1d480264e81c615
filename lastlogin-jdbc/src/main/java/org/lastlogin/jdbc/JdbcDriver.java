package org.lastlogin.jdbc;

import java.sql.Driver;
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

  /** The driver for a database: of the two for MySQL the one that is there, best MariaDB's. */
  static JdbcDriver of(SqlDriver sqlDriver) {
    return switch (sqlDriver) {
      case MYSQL -> !isPresent(MARIADB.className) && isPresent(MYSQL.className) ? MYSQL : MARIADB;
      case PGSQL -> POSTGRESQL;
      case SQLITE -> SQLITE;
    };
  }

  /** Whether a class can be loaded. */
  static boolean isPresent(String className) {
    try {
      Class.forName(className, false, JdbcDriver.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /** What connect settings mean to it. */
  TargetKind kind() {
    return switch (this) {
      case MARIADB -> new MariaDbTarget();
      case MYSQL -> new MySqlTarget();
      case POSTGRESQL -> new PostgreSqlTarget();
      case SQLITE -> new SqliteTarget();
    };
  }

  /** The driver; fails with an {@link IllegalStateException} if it is missing. */
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
}
