package org.lastlogin.dictd;

import java.nio.file.Path;
import java.time.Duration;
import org.lastlogin.dict.BlockingDict;
import org.lastlogin.dictproto.client.DictClient;
import org.lastlogin.jdbc.testing.TestDatabase;
import org.lastlogin.jdbc.testing.TestDatabases;

/**
 * Dovecot's own dict server over its own MariaDB, and a client of ours.
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

  /** Returns a blocking view of the client. */
  BlockingDict dict() {
    return BlockingDict.of(client).within(Duration.ofSeconds(60));
  }

  @Override
  public void close() throws Exception {
    client.close();
    server.close();
  }
}
