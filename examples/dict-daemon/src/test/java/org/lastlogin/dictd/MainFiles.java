package org.lastlogin.dictd;

import java.io.IOException;
import java.nio.file.Path;
import org.lastlogin.jdbc.testing.TestDatabase;

/** Main configurations of Dovecot 2.4 for tests. */
final class MainFiles {
  private static final String CONNECTION = "(?s)sql_driver = mysql\n    mysql .*?\n    }\n";

  private MainFiles() {}

  /** The tutorial's with a database on a server, as a file. */
  static Path onServer(Path directory, TestDatabase database) throws IOException {
    return write(directory, onServer(database));
  }

  /** The tutorial's block of dicts, with a database on a server. */
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

  /** The tutorial's with a database in a file, as a file. */
  static Path onSqlite(Path directory, String path) throws IOException {
    String connection = "sql_driver = sqlite\n    sqlite_path = " + path + "\n";
    return write(directory, tutorial().replaceFirst(CONNECTION, connection));
  }

  /** A text as a file. */
  static Path write(Path directory, String text) throws IOException {
    return DictFiles.write(directory.resolve("dovecot.conf"), text);
  }

  /** The text of the tutorial's. */
  static String tutorial() throws IOException {
    return DictFiles.resource("dovecot-2.4.conf");
  }
}
