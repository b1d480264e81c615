package org.lastlogin.dictd;

import java.nio.file.Path;
import java.time.Duration;
import org.lastlogin.dict.BlockingDict;
import org.lastlogin.dictproto.client.DictClient;
import org.lastlogin.jdbc.testing.TestDatabase;
import org.lastlogin.jdbc.testing.TestDatabases;

/**
 * Dovecot's own dict server over a MariaDB of its own, and a client of ours.
 *
 * @param client found out the version by itself, or has yet to
 */
record DovecotPeer(TestDatabase database, DovecotDictServer server, DictClient client)
    implements AutoCloseable {

  /** Starts one, or skips the test where this Dovecot is missing. */
  static DovecotPeer start(DovecotSystem system, Path directory) throws Exception {
    system.assumeThere();
    TestDatabase database = TestDatabases.MARIADB.create();
    DictFiles.createTables(database);
    DovecotDictServer server = DovecotDictServer.start(system, directory, database);
    DictClient client =
        DictClient.builder(server.socket(), "lastlogin")
            .connectTimeout(Duration.ofSeconds(20))
            .build();
    return new DovecotPeer(database, server, client);
  }

  /** The client, to wait for. */
  BlockingDict dict() {
    return BlockingDict.of(client).within(Duration.ofSeconds(60));
  }

  @Override
  public void close() throws Exception {
    client.close();
    server.close();
  }
}
