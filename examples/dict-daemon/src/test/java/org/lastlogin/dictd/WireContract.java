package org.lastlogin.dictd;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.lastlogin.contract.DictContract;
import org.lastlogin.dict.Dict;
import org.lastlogin.dictproto.client.DictClient;
import org.lastlogin.dictproto.server.DictServer;
import org.lastlogin.dictproto.server.UnixListener;
import org.lastlogin.jdbc.JdbcDict;
import org.lastlogin.jdbc.schema.JdbcSchema;
import org.lastlogin.map.DictMaps;

/** The contract of dicts over the wire: client, server, and SQL dict. */
abstract class WireContract extends DictContract {
  @TempDir Path directory;

  private HikariDataSource pool;
  private Dict dict;
  private DictServer server;

  /** Returns connections to an empty database; called once per test, which closes them. */
  abstract HikariDataSource newPool() throws Exception;

  @Override
  protected final Dict newDict() throws Exception {
    DictMaps maps = DictFiles.extraMaps();
    pool = newPool();
    JdbcSchema.of(maps).createMissing(pool);
    dict = JdbcDict.create(pool, maps);
    Path socket = directory.resolve("dict");
    server = DictServer.builder().dict("d", dict).listen(UnixListener.at(socket)).start();
    return DictClient.builder(socket, "d").build();
  }

  @AfterEach
  void stopServer() {
    server.close();
    dict.close();
    pool.close();
  }
}
