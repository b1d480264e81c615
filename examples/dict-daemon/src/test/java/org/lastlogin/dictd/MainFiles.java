package org.lastlogin.dictd;

import java.io.IOException;
import java.nio.file.Path;
import org.lastlogin.jdbc.testing.TestDatabase;

/** Main configurations of Dovecot 2.4 for tests. */
final class MainFiles {
  private static final String CONNECTION = "(?s)sql_driver = mysql\n    mysql .*?\n    }\n";

  private MainFiles() {}

  /** Writes the tutorial's configuration, with a database on a server, to a file. */
  static Path onServer(Path directory, TestDatabase database) throws IOException {
    return write(directory, onServer(database));
  }

  /** Returns the tutorial's block of dicts, with a database on a server. */
  static String dictServer(TestDatabase database) throws IOException {
    String text = onServer(database);
    return text.substring(text.indexOf("dict_server {"));
  }

  private static String onServer(TestDatabase database) throws IOException {
    return tutorial()
        .replace("mysql 127.0.0.1 {", "mysql " + database.host() + " {")
        .replace("port = 3306", "port = " + database.port())
        .replace("user = vmailadmin", "user = " + database.user())
        .replace("password = my_secret_password", "password = " + database.password())
        .replace("dbname = vmail", "dbname = " + database.name());
  }

  /** Writes the tutorial's configuration, with an SQLite database, to a file. */
  static Path onSqlite(Path directory, String path) throws IOException {
    String connection = "sql_driver = sqlite\n    sqlite_path = " + path + "\n";
    return write(directory, tutorial().replaceFirst(CONNECTION, connection));
  }

  /** Writes a configuration to a file. */
  static Path write(Path directory, String text) throws IOException {
    return DictFiles.write(directory.resolve("dovecot.conf"), text);
  }

  /** Returns the tutorial's configuration. */
  static String tutorial() throws IOException {
    return DictFiles.resource("dovecot-2.4.conf");
  }
}
