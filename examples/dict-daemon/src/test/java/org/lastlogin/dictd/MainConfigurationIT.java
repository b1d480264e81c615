package org.lastlogin.dictd;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lastlogin.dictproto.testing.WireClient;
import org.lastlogin.jdbc.testing.TestDatabase;
import org.lastlogin.jdbc.testing.TestDatabases;

/** The tutorial's dict, served from Dovecot 2.4's main configuration. */
class MainConfigurationIT {
  private static final String KEY = "shared/last-login/lmtp/joe@b.io/b.io";

  @TempDir Path directory;

  @Test
  void servesTheDictOnSqlite() throws Exception {
    assertServed(MainFiles.onSqlite(directory, directory.resolve("a.sqlite").toString()));
  }

  @Test
  void servesTheDictOnMariaDb() throws Exception {
    TestDatabase database = TestDatabases.MARIADB.create();
    assertServed(MainFiles.onServer(directory, database));
    assertThat(database.query("SELECT username, domain, imap, lda FROM last_login"))
        .containsExactly("joe@b.io,b.io,null,1795330848");
  }

  private void assertServed(Path file) throws Exception {
    Path socket = directory.resolve("dict");
    String dict = "lastlogin=dovecot:" + file;
    try (DaemonProcess daemon =
            DaemonProcess.serve(directory, dict, "unix:" + socket, "--create-tables")
                .awaitLog("its tables exist");
        WireClient client = WireClient.connect(socket)) {
      client.send("H4\t0\t0\t\tlastlogin", "B1\tjoe@b.io\t0", "S1\t" + KEY + "\t1795330848", "C1");
      assertThat(client.readLine()).isEqualTo("*1");
      assertThat(client.readReply()).isEqualTo("+1\tO1");
      client.send("L" + KEY + "\t");
      assertThat(client.readLine()).isEqualTo("*2");
      assertThat(client.readReply()).isEqualTo("+2\tO1795330848");
      assertThat(daemon.log()).contains("lastlogin (8 maps, jdbc:").doesNotContain("password");
      assertThat(daemon.terminate()).isZero();
    }
  }
}
