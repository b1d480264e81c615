package org.lastlogin.dictd;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lastlogin.config.ConfigFormat;
import org.lastlogin.config.ConfigWriter;
import org.lastlogin.config.DictConfig;
import org.lastlogin.config.SqlDriver;

/** Converted map files in a real Dovecot 2.4. */
class Dovecot24IT {
  /** A name that has to be quoted, and must not be expanded. */
  private static final String DATABASE = "db/last login #1 %{user}.sqlite";

  @TempDir Path directory;

  @BeforeAll
  static void needsDovecot() throws Exception {
    DovecotSystem.TRIXIE.assumeThere();
  }

  @Test
  void understandsTheConvertedMaps() throws Exception {
    DictConfig maps =
        maps(
            "\"host=/run/db.sock host=::1 port=3306 user=me dbname=d"
                + " password='a#\\\\'\\\" $ENV:HOME %{user} <x'\"");
    try (Dovecot dovecot = Dovecot.create(DovecotSystem.TRIXIE, directory)) {
      String understood = dovecot.configure(converted(maps, SqlDriver.MYSQL));

      assertThat(DictConfig.parse(understood, "doveconf").onlyDict())
          .as(understood)
          .isEqualTo(maps.named("lastlogin", SqlDriver.MYSQL).onlyDict());
    }
  }

  @Test
  void ownDictServerRecordsLogins() throws Exception {
    try (Dovecot dovecot = Dovecot.create(DovecotSystem.TRIXIE, directory)) {
      Path database = createDatabase();
      DictConfig maps = maps('"' + database.toString() + '"');
      dovecot.configure(converted(maps, SqlDriver.SQLITE));
      long before = Instant.now().getEpochSecond();
      dovecot.start();

      loginAndDeliver(dovecot, database, before);
    }
  }

  @Test
  void ourDaemonRecordsLogins() throws Exception {
    try (Dovecot dovecot = Dovecot.create(DovecotSystem.TRIXIE, directory)) {
      Path database = createDatabase();
      Path file = directory.resolve("maps.conf");
      Files.writeString(file, mapsText('"' + database.toString() + '"'));
      Path socket = directory.resolve("lastlogin");
      String settings =
          converted(DictConfig.read(file), SqlDriver.SQLITE)
              .replace(
                  "    name = lastlogin\n",
                  "    name = lastlogin\n    socket_path = " + socket + "\n");
      dovecot.configure(settings);

      long before = Instant.now().getEpochSecond();
      try (DaemonProcess daemon =
          DaemonProcess.serve(
              directory, "lastlogin=sqlite:" + file, "unix:" + socket + "?mode=0666")) {
        dovecot.start();

        loginAndDeliver(dovecot, database, before);
        assertThat(daemon.terminate()).isZero();
      }
    }
  }

  private static String mapsText(String connect) throws Exception {
    return DictFiles.tutorialMaps("CONNECT").replace("CONNECT", connect)
        + DictFiles.resource("extra-maps.conf");
  }

  private static DictConfig maps(String connect) throws Exception {
    return DictConfig.parse(mapsText(connect), "maps.conf");
  }

  private static String converted(DictConfig maps, SqlDriver driver) {
    return ConfigWriter.write(maps.named("lastlogin", driver), ConfigFormat.DOVECOT_2_4)
        .get(0)
        .text();
  }

  private Path createDatabase() throws Exception {
    Path file = directory.resolve(DATABASE);
    Files.createDirectory(file.getParent());
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE last_login (username TEXT, domain TEXT, imap INTEGER, pop3 INTEGER,"
              + " lda INTEGER, PRIMARY KEY (username, domain))");
    }
    // Dovecot's dict process runs as another user.
    Command.require("chmod", "777", file.getParent().toString());
    Command.require("chmod", "666", file.toString());
    return file;
  }

  private static void loginAndDeliver(Dovecot dovecot, Path database, long before)
      throws Exception {
    dovecot.client().imapLogin("alice@example.com");
    dovecot.client().pop3Login("alice@example.com");
    dovecot.client().lmtpDelivery("alice@example.com");
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> recorded(database, before).equals(List.of("alice@example.com", "example.com")));
    assertThat(dovecot.log()).doesNotContain("Error", "Warning");
  }

  /** Returns the mailbox and domain of the row, if all its times have been set since a time. */
  private static List<String> recorded(Path database, long since) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT username, domain FROM last_login WHERE min(imap, pop3, lda) >= " + since)) {
      return row.next() ? List.of(row.getString(1), row.getString(2)) : List.of();
    }
  }
}
