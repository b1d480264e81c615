package org.lastlogin.dictd;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lastlogin.config.DictConfig;
import org.lastlogin.dictproto.server.DictServer;
import org.lastlogin.dictproto.server.UnixListener;
import org.lastlogin.jdbc.JdbcDict;
import org.lastlogin.jdbc.testing.TestDatabase;
import org.lastlogin.jdbc.testing.TestDatabases;
import org.lastlogin.map.DictMaps;

/**
 * Compares Dovecot's own dict server with ours: after the same random calls, both have the same
 * answers and rows.
 *
 * <p>Each sequence of calls has a seed, which a failure names. To repeat it, run the test with this
 * seed and one sequence: {@code -Dlastlogin.differential.seed=4711
 * -Dlastlogin.differential.sequences=1}.
 */
@Tag("slow")
class DifferentialIT {
  private static final int SEQUENCES = Integer.getInteger("lastlogin.differential.sequences", 1000);
  private static final long FIRST_SEED = Long.getLong("lastlogin.differential.seed", 1);

  @TempDir Path directory;

  @Test
  void answersAndRowsAreThoseOfDovecot() throws Exception {
    DovecotSystem.HOST.assumeThere();
    TestDatabase theirs = database();
    TestDatabase ours = database();
    Path maps = DictFiles.writeAll(directory, ours);
    Path socket = directory.resolve("dict");
    try (DovecotDictServer dovecot =
            DovecotDictServer.start(DovecotSystem.HOST, directory, theirs);
        HikariDataSource pool = ours.pool(9);
        JdbcDict dict = JdbcDict.create(pool, maps(maps));
        DictServer server =
            DictServer.builder().dict("lastlogin", dict).listen(UnixListener.at(socket)).start();
        DictPeer their = new DictPeer(dovecot.socket(), theirs);
        DictPeer our = new DictPeer(socket, ours)) {
      assertThat(server.connections()).isZero();
      Comparison comparison = new Comparison(their, our);
      for (long seed = FIRST_SEED; seed < FIRST_SEED + SEQUENCES; seed++) {
        List<DictCall> calls = new CallGenerator(seed).sequence();
        assertThat(comparison.firstDifference(calls))
            .as("seed %d%nof the calls %s", seed, calls)
            .isEmpty();
      }
      assertThat(dovecot.log()).doesNotContain("Panic", "Fatal");
    }
  }

  private static TestDatabase database() throws Exception {
    TestDatabase database = TestDatabases.MARIADB.create();
    DictFiles.createTables(database);
    return database;
  }

  private static DictMaps maps(Path file) {
    return DictConfig.read(file).onlyDict().maps();
  }
}
