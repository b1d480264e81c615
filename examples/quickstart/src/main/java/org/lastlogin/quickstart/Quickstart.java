package org.lastlogin.quickstart;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.lastlogin.LastLogin;
import org.lastlogin.LastLoginStore;
import org.lastlogin.config.DictConfig;
import org.lastlogin.dict.Dict;
import org.lastlogin.dictproto.server.DictServer;
import org.lastlogin.dictproto.server.UnixListener;
import org.lastlogin.jdbc.JdbcDict;
import org.lastlogin.jdbc.JdbcLastLoginStore;
import org.lastlogin.jdbc.schema.JdbcSchema;
import org.sqlite.SQLiteDataSource;

/**
 * Plays logins recorded from real Dovecots into a dict server on an embedded database, and reads
 * them back through the store.
 */
public final class Quickstart {
  private static final Duration LAST_LOGIN_AGE = Duration.ofMinutes(3);

  private Quickstart() {}

  /** Runs the quickstart in a temporary directory. */
  public static void main(String[] args) throws IOException {
    Path directory = Files.createTempDirectory("lastlogin");
    try {
      run(directory, System.out);
    } finally {
      delete(directory);
    }
  }

  /** Runs the quickstart in an empty directory. */
  static void run(Path directory, PrintStream out) throws IOException {
    SQLiteDataSource database = new SQLiteDataSource();
    database.setUrl("jdbc:sqlite:" + directory.resolve("lastlogin.sqlite"));
    DictConfig config = DictConfig.parse(tutorialMaps(), "dovecot-last-login.conf");
    JdbcSchema.of(config.maps()).createMissing(database);

    Path socket = directory.resolve("dict");
    try (Dict dict = JdbcDict.create(database, config.maps());
        DictServer server =
            DictServer.builder().dict("lastlogin", dict).listen(UnixListener.at(socket)).start()) {
      out.println(server + " serves " + config.maps().asList().size() + " maps.");
      out.println("Playing logins recorded from real Dovecots (with their times moved to now):");
      playAll(new Player(socket), out);
    }

    out.println();
    out.println("SELECT * FROM last_login, read through LastLoginStore:");
    out.print(table(JdbcLastLoginStore.create(database), List.of("a.io", "b.io")));
  }

  private static String tutorialMaps() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(Quickstart.class.getResourceAsStream("dovecot-last-login.conf"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void playAll(Player player, PrintStream out) throws IOException {
    List<RecordedLogin> logins = RecordedLogin.readAll();
    long last = logins.stream().mapToLong(RecordedLogin::time).max().orElseThrow();
    Duration moved =
        Duration.between(Instant.ofEpochSecond(last), Instant.now().minus(LAST_LOGIN_AGE));
    for (RecordedLogin login : logins) {
      out.println(
          "  " + login.title() + " -> " + player.play(login.later(moved)).replace('\t', ' '));
    }
  }

  private static TextTable table(LastLoginStore store, List<String> domains) {
    Instant now = Instant.now();
    TextTable table = new TextTable("username", "domain", "imap", "pop3", "lda");
    for (String domain : domains) {
      for (LastLogin login : store.list(domain)) {
        table.add(
            login.mailbox(),
            login.domain(),
            inWords(login.at("imap"), now),
            inWords(login.at("pop3"), now),
            inWords(login.at("lda"), now));
      }
    }
    return table;
  }

  private static String inWords(Optional<Instant> time, Instant now) {
    return time.map(instant -> Age.inWords(instant, now)).orElse("NULL");
  }

  private static void delete(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
  }
}
