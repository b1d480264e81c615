package org.lastlogin.jdbc;

import java.sql.Driver;

/** The JDBC drivers, which users bring along. */
enum JdbcDriver {
  MARIADB("org.mariadb.jdbc.Driver", "org.mariadb.jdbc:mariadb-java-client"),
  POSTGRESQL("org.postgresql.Driver", "org.postgresql:postgresql"),
  SQLITE("org.sqlite.JDBC", "org.xerial:sqlite-jdbc");

  private final String className;
  private final String artifact;

  JdbcDriver(String className, String artifact) {
    this.className = className;
    this.artifact = artifact;
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
