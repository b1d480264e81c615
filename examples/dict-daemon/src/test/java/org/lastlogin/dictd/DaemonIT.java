package org.lastlogin.dictd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.lastlogin.dictproto.testing.WireClient;
import org.lastlogin.jdbc.testing.TestDatabase;
import org.lastlogin.jdbc.testing.TestDatabases;

/** The shipped program: its options, its exit statuses, its start and its shutdown. */
class DaemonIT {
  private static final String[] LOGIN = {
    "H3\t2\t0\t\tlastlogin",
    "B1\tjoe@b.io",
    "S1\tshared/last-login/imap/joe@b.io/b.io\t1795330848",
    "C1"
  };

  @TempDir Path directory;

  @Test
  void servesTheTutorialsMapsWithoutAnyOption() throws Exception {
    try (DaemonProcess daemon = DaemonProcess.start(directory).awaitStart()) {
      Path socket = directory.resolve("lastlogin.sock");
      assertLoginIsAnswered(socket);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
          .isEqualTo("rw-------");
      assertThat(daemon.terminate()).isZero();
      assertThat(socket).doesNotExist();
      assertThat(daemon.log())
          .contains("No options given: serving the dict 'lastlogin'")
          .contains("listening at [unix:lastlogin.sock]")
          .contains("stopped")
          .doesNotContain("joe");
    }
    // The next run finds what was written.
    try (DaemonProcess daemon = DaemonProcess.start(directory).awaitStart();
        WireClient client = WireClient.connect(directory.resolve("lastlogin.sock"))) {
      client.send("H4\t0\t0\t\tlastlogin", "Lshared/last-login/imap/joe@b.io/b.io\t");
      assertThat(client.readLine()).isEqualTo("*1");
      assertThat(client.readReply()).isEqualTo("+1\tO1795330848");
      assertThat(daemon.isAlive()).isTrue();
    }
  }

  @Tag("slow")
  @Test
  void replacesTheSocketOfAProcessThatWasKilled() throws Exception {
    try (DaemonProcess killed = DaemonProcess.start(directory).awaitStart()) {
      killed.kill();
    }
    assertThat(directory.resolve("lastlogin.sock")).exists();
    try (DaemonProcess daemon = DaemonProcess.start(directory).awaitStart();
        DaemonProcess second =
            DaemonProcess.start(
                Files.createDirectory(directory.resolve("second")),
                "--dict",
                dict(connectTo("../lastlogin.sqlite")),
                "--listen",
                "unix:" + directory.resolve("lastlogin.sock"))) {
      assertThat(second.awaitEnd()).isEqualTo(ExitStatus.UNAVAILABLE);
      assertThat(second.log()).contains("another server answers at this socket; stop it first");
      assertLoginIsAnswered(directory.resolve("lastlogin.sock"));
      assertThat(daemon.terminate()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "--nonsense | 64 | Unknown option: '--nonsense'",
        "--dict lastlogin=oracle:x | 64 | is not NAME=DRIVER:FILE with the driver mysql, pgsql or sqlite",
        "--dict lastlogin=sqlite:missing.conf | 64 | --dict needs --listen",
        "--listen unix:x | 64 | --listen needs --dict",
        "--listen tcp:192.0.2.1:4000 | 64 | not a loopback address",
        "--listen tcp:127.0.0.1:70000 | 64 | there is no port 70000",
        "--listen unix:x?mode=abc | 64 | the mode 'abc' is not octal, such as 0660",
        "--listen unix:x?owner=me | 64 | 'owner=me' is neither mode=MODE nor group=GROUP",
        "--listen http://x | 64 | neither unix:PATH[?mode=0660&group=GROUP] nor tcp:HOST:PORT",
        "--dict a=sqlite:missing.conf --listen unix:x | 78 | missing.conf",
        "--dict a=sqlite:bad.conf --listen unix:x | 78 | bad.conf:2:3: error:",
        "--dict a=sqlite:no-connect.conf --listen unix:x | 78 | no-connect.conf",
        "--dict a=mysql:password.conf --check | 69 | dict a: Cannot reach the database: ",
        "--dict a=sqlite:good.conf --dict a=sqlite:good.conf --listen unix:x | 64 | two --dict are named a",
        "--dict a=sqlite:odd-table.conf --listen unix:x | 78 | odd-table.conf:8:11: error: Not the name of a table",
        "--dict a=sqlite:good.conf --listen unix:no/such/dict | 69 | the directory for the socket does not exist",
        "--dict a=sqlite:good.conf --check | 69 | There is no file good.sqlite yet",
        "--dict a=sqlite:no-table.conf --check | 78 | last_login: error: there is no such table",
        "--dict a=sqlite:good.conf --check --create-tables | 0 | dict a: 4 maps, connected to SQLite",
        "--dict a=sqlite:empty.conf --listen unix:x | 78 | empty.conf: error: There are no maps in it",
        "--dict a=dovecot:good.conf --listen unix:x | 78 | good.conf: error: This is a map file",
        "check good.conf | 0 | good.conf: 4 maps: no errors",
        "check bad.conf good.conf | 78 | bad.conf:2:3: error:",
        "--version | 0 | lastlogin-dictd 0.",
        "--help | 0 | --create-tables"
      })
  void exitsWithAStatusAndReportsTheReason(String arguments, int status, String text)
      throws Exception {
    Files.writeString(directory.resolve("bad.conf"), "map {\n  patern = shared/$a\n}\n");
    Files.writeString(directory.resolve("no-connect.conf"), DictFiles.resource("extra-maps.conf"));
    Files.writeString(directory.resolve("good.conf"), DictFiles.tutorialMaps("good.sqlite"));
    Files.writeString(directory.resolve("no-table.conf"), DictFiles.tutorialMaps("empty.sqlite"));
    Files.createFile(directory.resolve("empty.sqlite"));
    Files.writeString(directory.resolve("empty.conf"), "connect = x.sqlite\n");
    Files.writeString(
        directory.resolve("odd-table.conf"),
        DictFiles.tutorialMaps("odd.sqlite").replace("table = last_login", "table = a.b.c"));
    Files.writeString(
        directory.resolve("password.conf"),
        DictFiles.tutorialMaps(
            "host=127.0.0.1 port=" + closedPort() + " dbname=d user=u password=top-secret"));
    try (DaemonProcess daemon = DaemonProcess.start(directory, arguments.split(" "))) {
      assertThat(daemon.awaitEnd()).as(daemon.log()).isEqualTo(status);
      assertThat(daemon.log()).contains(text).doesNotContain("top-secret").doesNotContain("\tat ");
    }
  }

  @Test
  void checkingMakesNoDatabase() throws Exception {
    try (DaemonProcess daemon = DaemonProcess.start(directory, "--check")) {
      assertThat(daemon.awaitEnd()).isEqualTo(ExitStatus.UNAVAILABLE);
      assertThat(daemon.log()).contains("There is no file lastlogin.sqlite yet");
    }
    assertThat(directory.resolve("lastlogin.sqlite")).doesNotExist();
  }

  @Test
  void reportsTheErrorsOfAllFilesInOneRun() throws Exception {
    Files.writeString(
        directory.resolve("a.conf"), "connect = a.sqlite\nmap {\n  patern = shared/$a\n}\n");
    Files.writeString(directory.resolve("b.conf"), "connect = b.sqlite\nmap {\n");
    try (DaemonProcess daemon =
        DaemonProcess.start(
            directory,
            "--dict",
            "a=sqlite:a.conf",
            "--dict",
            "b=sqlite:b.conf",
            "--listen",
            "unix:x")) {
      assertThat(daemon.awaitEnd()).isEqualTo(ExitStatus.CONFIG);
      assertThat(daemon.log()).contains("a.conf:3:3: error:").contains("b.conf:");
    }
  }

  @Tag("slow")
  @Test
  void startsWithoutItsDatabaseAndRecoversByItself() throws Exception {
    int port = closedPort();
    TestDatabase database = TestDatabases.MARIADB.create();
    database.execute(DictFiles.resource("tutorial-mysql.sql"));
    String connect = DictFiles.connect(database).replace("port=" + database.port(), "port=" + port);
    Path socket = directory.resolve("dict");
    try (DaemonProcess daemon =
        DaemonProcess.serve(directory, dict(connectTo(connect), "mysql"), "unix:" + socket)) {
      for (int i = 0; i < 3; i++) {
        try (WireClient client = WireClient.connect(socket)) {
          client.send(LOGIN);
          assertThat(client.readLine()).isEqualTo("*1");
          assertThat(client.readReply()).startsWith("+1\tF1\tCannot reach the database: ");
        }
      }
      assertThat(daemon.log())
          .containsOnlyOnce("requests fail until the database is reachable again")
          .doesNotContain(database.password());

      try (PortForward forward = PortForward.start(port, database.host(), database.port())) {
        Awaitility.await()
            .atMost(Duration.ofSeconds(5))
            .until(() -> "+1\tO1".equals(login(socket)));
        assertThat(database.query("SELECT imap FROM last_login")).containsExactly("1795330848");
        assertThat(daemon.log()).contains("The database can be reached again");
        assertThat(forward.isOpen()).isTrue();
      }
    }
  }

  @Test
  void answersWhatIsPendingWhenItIsTerminated() throws Exception {
    TestDatabase database = TestDatabases.MARIADB.create();
    database.execute(DictFiles.resource("tutorial-mysql.sql"));
    Path socket = directory.resolve("dict");
    Path file = DictFiles.write(directory, database);
    try (DaemonProcess daemon =
            DaemonProcess.serve(directory, DictFiles.option(database, file), "unix:" + socket);
        var connection = database.dataSource().getConnection();
        var statement = connection.createStatement();
        WireClient client = WireClient.connect(socket)) {
      statement.execute("LOCK TABLES last_login WRITE");
      client.send(LOGIN);
      assertThat(client.readLine()).isEqualTo("*1");
      daemon.sendTerminate();
      Awaitility.await().until(() -> !Files.exists(socket));
      statement.execute("UNLOCK TABLES");
      assertThat(client.readReply()).isEqualTo("+1\tO1");
      assertThat(client.readLine()).isNull();
      assertThat(daemon.awaitEnd()).isZero();
    }
    assertThat(database.query("SELECT imap FROM last_login")).containsExactly("1795330848");
  }

  @Tag("slow")
  @Test
  void answersWithinTheTimeThatIsLeftWhenTheDatabaseHangsAsItIsTerminated() throws Exception {
    TestDatabase database = TestDatabases.POSTGRESQL.create();
    Path socket = directory.resolve("dict");
    Path file = DictFiles.write(directory, database);
    try (DaemonProcess daemon =
            DaemonProcess.serve(
                    directory,
                    DictFiles.option(database, file),
                    "unix:" + socket,
                    "--create-tables")
                .awaitLog("its tables exist");
        var connection = database.dataSource().getConnection();
        var statement = connection.createStatement();
        WireClient client = WireClient.connect(socket)) {
      connection.setAutoCommit(false);
      statement.execute("LOCK TABLE last_login");
      client.send(LOGIN);
      assertThat(client.readLine()).isEqualTo("*1");
      daemon.sendTerminate();
      assertThat(client.readReply()).isEqualTo("+1\tW1\tThe dict server is stopping");
      assertThat(client.readLine()).isNull();
      assertThat(daemon.awaitEnd()).isZero();
      connection.rollback();
    }
  }

  @Tag("slow")
  @Test
  void holdsAThousandIdleConnections() throws Exception {
    List<WireClient> idle = new ArrayList<>();
    try (DaemonProcess daemon = DaemonProcess.start(directory).awaitStart()) {
      Path socket = directory.resolve("lastlogin.sock");
      for (int i = 0; i < 1000; i++) {
        idle.add(WireClient.connect(socket).send("H3\t2\t0\t\tlastlogin"));
      }
      assertLoginIsAnswered(socket);
      for (WireClient client : idle) {
        client.send("Lshared/last-login/imap/joe@b.io/b.io\t");
      }
      for (WireClient client : idle) {
        assertThat(client.readLine()).isEqualTo("*1");
        assertThat(client.readReply()).isEqualTo("+1\tO1795330848");
      }
      assertThat(daemon.terminate()).isZero();
    } finally {
      for (WireClient client : idle) {
        client.close();
      }
    }
  }

  @Test
  void logsEveryConnectionWhenAskedTo() throws Exception {
    try (DaemonProcess daemon =
        DaemonProcess.serve(
                directory, dict(connectTo("v.sqlite")), "unix:dict", "--create-tables", "--verbose")
            .awaitLog("its tables exist")) {
      assertLoginIsAnswered(directory.resolve("dict"));
      daemon.awaitLog("unix:dict #1: disconnected");
    }
  }

  @ParameterizedTest
  @EnumSource(names = "SQLITE", mode = EnumSource.Mode.EXCLUDE)
  void reachesADatabaseThroughItsUnixSocket(TestDatabases kind) throws Exception {
    TestDatabase database = kind.create();
    assumeTrue(
        !database.socket().isEmpty(), "skipped: it runs in a container, its socket is not here");
    String connect =
        DictFiles.connect(database).replaceFirst("host=\\S+", "host=" + database.socket());
    String dict = dict(connectTo(connect), DictFiles.driver(database));
    try (DaemonProcess daemon =
        DaemonProcess.start(directory, "--dict", dict, "--check", "--create-tables")) {
      assertThat(daemon.awaitEnd()).as(daemon.log()).isZero();
      assertThat(daemon.log()).contains("dict lastlogin: 4 maps, connected to ");
    }
  }

  @Test
  void saysOnceThatItMayNotCreateTables() throws Exception {
    TestDatabase database = TestDatabases.POSTGRESQL.create();
    String user = "limited_" + database.name();
    database.execute(
        "CREATE ROLE " + user + " LOGIN PASSWORD 'secret'",
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC");
    String connect = DictFiles.connect(database).replace("user=" + database.user(), "user=" + user);
    Path file = connectTo(connect);
    try (DaemonProcess daemon =
        DaemonProcess.start(
                directory,
                "--dict",
                dict(file, "pgsql"),
                "--listen",
                "unix:dict",
                "--create-tables")
            .awaitLog("; retrying")) {
      assertThat(daemon.log())
          .contains("dict lastlogin: Cannot create tables: ")
          .contains("permission denied");
      database.execute("GRANT CREATE ON SCHEMA public TO " + user);
      daemon.awaitLog("its tables exist");
      assertThat(daemon.log()).containsOnlyOnce("; retrying");
    }
  }

  @Test
  void logsWhatTablesLackAndServesAllTheSame() throws Exception {
    TestDatabase database = TestDatabases.SQLITE.create();
    database.execute(
        "CREATE TABLE last_login (username STRING PRIMARY KEY, domain TEXT, imap BIGINT, lda BIGINT)");
    Path file = DictFiles.write(directory, database);
    try (DaemonProcess daemon =
        DaemonProcess.serve(directory, DictFiles.option(database, file), "unix:dict")
            .awaitLog("last_login.pop3: error: there is no such column")
            .awaitLog("last_login.username: warning: SQLite takes the type STRING")) {
      assertLoginIsAnswered(directory.resolve("dict"));
      assertThat(daemon.terminate()).isZero();
    }
  }

  @Test
  void listensOnLoopbackTcp() throws Exception {
    int port = closedPort();
    String dict = dict(connectTo("tcp.sqlite"));
    String listen = "tcp:127.0.0.1:" + port;
    try (DaemonProcess daemon =
            DaemonProcess.start(directory, "--dict", dict, "--listen", listen, "--create-tables")
                .awaitLog("its tables exist")
                .awaitLog("listening at [" + listen + "]");
        WireClient client =
            WireClient.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
      client.send(LOGIN);
      assertThat(client.readLine()).isEqualTo("*1");
      assertThat(client.readReply()).isEqualTo("+1\tO1");
      assertThat(daemon.terminate()).isZero();
    }
  }

  @Test
  void saysWhyItRefusesAConnection() throws Exception {
    try (DaemonProcess daemon = DaemonProcess.start(directory).awaitStart();
        WireClient client = WireClient.connect(directory.resolve("lastlogin.sock"))) {
      client.send("H3\t2\t0\t\tnosuch");
      assertThat(client.readLine()).isNull();
      daemon.awaitLog(
          "connection refused: HELLO names the dict \"nosuch\", which is not served here; served are [lastlogin]");
    }
  }

  private Path connectTo(String connect) throws Exception {
    return DictFiles.write(directory.resolve("maps.conf"), DictFiles.tutorialMaps(connect));
  }

  private static String dict(Path file) {
    return dict(file, "sqlite");
  }

  private static String dict(Path file, String driver) {
    return "lastlogin=" + driver + ":" + file;
  }

  private static int closedPort() throws Exception {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }

  private static void assertLoginIsAnswered(Path socket) throws Exception {
    assertThat(login(socket)).isEqualTo("+1\tO1");
  }

  private static String login(Path socket) throws Exception {
    try (WireClient client = WireClient.connect(socket)) {
      client.send(LOGIN);
      assertThat(client.readLine()).isEqualTo("*1");
      return client.readReply();
    }
  }
}
