package org.lastlogin.dictd;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lastlogin.dictproto.testing.WireClient;
import org.lastlogin.jdbc.testing.TestDatabase;
import org.lastlogin.jdbc.testing.TestDatabases;

/** The Dovecot dict servers that our client is tested with, as seen line by line. */
class DovecotDictServerIT {
  private static final String IMAP = "shared/last-login/imap/joe@b.io/b.io";

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(names = {"HOST", "BULLSEYE", "TRIXIE"})
  void answers(DovecotSystem system) throws Exception {
    system.assumeThere();
    TestDatabase database = TestDatabases.MARIADB.create();
    DictFiles.createTables(database);
    try (DovecotDictServer server = DovecotDictServer.start(system, directory, database);
        WireClient client = WireClient.connect(server.socket())) {
      client.send(hello(server.major()));

      client.send(begin(server.major(), 1), "S1\t" + IMAP + "\t1700000001", "C1");
      assertReply(client, 1, "O1");
      client.send(withUser(server.major(), "L" + IMAP));
      assertReply(client, 2, "O1700000001");

      client.send(
          begin(server.major(), 2), "S2\tpriv/quota/storage\t40", "S2\tshared/tree/a/b\tv", "C2");
      assertReply(client, 3, "O2");
      client.send(begin(server.major(), 3), "A3\tpriv/quota/storage\t2", "C3");
      assertReply(client, 4, "O3");
      client.send(withUser(server.major(), "I0\t0\tshared/tree/a/"));
      assertThat(client.readLine()).isEqualTo("*5");
      assertThat(client.readLine()).isEqualTo("+5\tOshared/tree/a/b\tv");
      assertThat(client.readReply()).isEqualTo("+5\t");

      assertThat(database.query("SELECT username, domain, imap, pop3, lda FROM last_login"))
          .containsExactly("joe@b.io,b.io,1700000001,null,null");
      assertThat(database.query("SELECT * FROM quota")).containsExactly("joe@b.io,42,0");
      assertThat(server.log()).doesNotContain("Error", "Warning");
    }
  }

  /** In version 2, only HELLO has the user. */
  private static String hello(int major) {
    return switch (major) {
      case 2 -> "H2\t2\t0\tjoe@b.io\tlastlogin";
      case 3 -> "H3\t2\t0\t\tlastlogin";
      default -> "H4\t0\t0\t\tlastlogin";
    };
  }

  private static String begin(int major, int id) {
    return withUser(major, "B" + id) + (major == 4 ? "\t0" : "");
  }

  private static String withUser(int major, String command) {
    return major == 2 ? command : command + "\tjoe@b.io";
  }

  private static void assertReply(WireClient client, int number, String reply) throws Exception {
    assertThat(client.readLine()).isEqualTo("*" + number);
    assertThat(client.readReply()).isEqualTo("+" + number + "\t" + reply);
  }
}
