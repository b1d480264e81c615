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
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lastlogin.dictd.Command.Result;

/** A converted last_login plugin in a real Dovecot 2.4: logins are recorded, and nothing else. */
class ConvertedPluginIT {
  private static final List<String> USERS =
      List.of("alice@example.com", "bob@example.com", "carol@example.com", "dave@example.com");

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(names = {"TRIXIE", "SID"})
  void mapFileOfTheTutorial(DovecotSystem system) throws Exception {
    system.assumeThere();
    createTable(
        "username TEXT, domain TEXT, imap TEXT, pop3 TEXT, lda TEXT, PRIMARY KEY (username, domain)");
    Path maps = DictFiles.write(file("maps.conf"), DictFiles.tutorialMaps(database().toString()));
    try (Dovecot dovecot = start(system, converted("--driver", "sqlite", maps.toString()))) {
      lookAtAllMailboxes(dovecot);
      assertThat(rows()).isEmpty();

      loginAndDeliver(dovecot);
      assertThat(rows())
          .containsExactly(
              "alice@example.com imap",
              "bob@example.com pop3",
              "carol@example.com lda",
              "dave@example.com lda");
    }
  }

  /** Without the service in the key, a run of doveadm would overwrite the time of a login. */
  @ParameterizedTest
  @EnumSource(names = {"TRIXIE", "SID"})
  void mainConfigurationThatLoadsThePluginForAll(DovecotSystem system) throws Exception {
    system.assumeThere();
    createTable("username TEXT PRIMARY KEY, time TEXT");
    DictFiles.write(
        file("maps.conf"),
        """
        connect = %s
        map {
          pattern = shared/last-login/$user
          table = last_login
          value_field = time
          value_type = uint

          fields {
            username = $user
          }
        }
        """
            .formatted(database()));
    DictFiles.write(
        file("main.conf"),
        """
        mail_plugins = $mail_plugins last_login
        dict {
          lastlogin = sqlite:maps.conf
        }
        plugin {
          last_login_dict = proxy::lastlogin
          last_login_key = last-login/%u
        }
        """);
    try (Dovecot dovecot = start(system, converted(file("main.conf").toString()))) {
      lookAtAllMailboxes(dovecot);
      assertThat(rows()).isEmpty();

      loginAndDeliver(dovecot);
      assertThat(rows()).containsExactlyElementsOf(USERS.stream().map(it -> it + " time").toList());
    }
  }

  private static String converted(String... arguments) {
    List<String> line = new ArrayList<>(List.of("convert", "--to", "2.4"));
    line.addAll(List.of(arguments));
    Ran ran = Ran.with(line.toArray(String[]::new));
    assertThat(ran.status()).as(ran.err()).isEqualTo(ExitStatus.OK);
    return ran.out();
  }

  private Path file(String name) {
    return directory.resolve(name);
  }

  private Path database() {
    return directory.resolve("db/last_login.sqlite");
  }

  private void createTable(String columns) throws Exception {
    Files.createDirectory(database().getParent());
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database());
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE last_login (" + columns + ")");
    }
    // Dovecot's dict process runs as another user.
    Command.require("chmod", "777", database().getParent().toString());
    Command.require("chmod", "666", database().toString());
  }

  /** Starts a Dovecot that can list its users. */
  private Dovecot start(DovecotSystem system, String settings) throws Exception {
    Dovecot dovecot = Dovecot.create(system, directory);
    String home = dovecot.directory().resolve("mail").toString();
    Path users = dovecot.directory().resolve("users");
    Files.writeString(
        users,
        USERS.stream()
            .map(user -> user + "::5000:5000::" + home + "/" + user + "::\n")
            .collect(Collectors.joining()));
    dovecot.configure("userdb passwd-file {\n  passwd_file_path = " + users + "\n}\n" + settings);
    dovecot.start();
    return dovecot;
  }

  private static void lookAtAllMailboxes(Dovecot dovecot) throws Exception {
    Result list = dovecot.doveadm(List.of("mailbox", "list", "-A"));

    assertThat(list.status()).as(list.output()).isZero();
    assertThat(list.output().lines().map(line -> line.replaceAll(" +", " ")))
        .containsExactlyElementsOf(USERS.stream().map(user -> user + " INBOX").toList());
  }

  /** Logs in and delivers, with one user for each protocol. */
  private void loginAndDeliver(Dovecot dovecot) throws Exception {
    Path mail = Files.writeString(file("mail"), "Subject: test\n\ntest\n");
    dovecot.client().imapLogin(USERS.get(0));
    dovecot.client().pop3Login(USERS.get(1));
    dovecot.client().lmtpDelivery(USERS.get(2));
    dovecot.deliver(USERS.get(3), mail);
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> rows().size() == USERS.size());
    assertThat(dovecot.log()).doesNotContain("Error", "Warning");
  }

  /** Returns the user of each row, and the columns that have a time. */
  private List<String> rows() throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT * FROM last_login ORDER BY username")) {
      while (row.next()) {
        StringBuilder text = new StringBuilder(row.getString("username"));
        for (int i = 2; i <= row.getMetaData().getColumnCount(); i++) {
          String column = row.getMetaData().getColumnName(i);
          if (row.getString(i) != null && !column.equals("domain")) {
            text.append(' ').append(column);
          }
        }
        rows.add(text.toString());
      }
    }
    return rows;
  }
}
