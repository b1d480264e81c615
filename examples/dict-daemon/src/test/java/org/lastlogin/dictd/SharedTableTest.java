package org.lastlogin.dictd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lastlogin.dict.DictContext;
import org.lastlogin.dict.LookupResult;
import org.lastlogin.jdbc.testing.TestDatabase;
import org.lastlogin.jdbc.testing.TestDatabases;

/** Maps that find the rows of one table by different columns, as those for Sieve scripts do. */
class SharedTableTest {
  @TempDir Path directory;

  private TestDatabase database;
  private Path file;

  @BeforeEach
  void createTable() throws Exception {
    database = TestDatabases.SQLITE.create();
    database.execute(
        "CREATE TABLE user_sieve_scripts (id INTEGER PRIMARY KEY, username TEXT,"
            + " script_name TEXT, script_data TEXT, UNIQUE (username, script_name))");
    database.execute("INSERT INTO user_sieve_scripts VALUES (7, 'joe@b.io', 'main', 'keep;')");
    file = DictFiles.write(directory.resolve("sieve.conf"), maps());
  }

  private String maps() throws IOException {
    return "connect = "
        + DictFiles.connect(database)
        + "\n"
        + DictFiles.resource("sieve-maps.conf");
  }

  private String option() {
    return DictFiles.option(database, file);
  }

  private static LookupResult lookup(ServedDict dict, String key) {
    return dict.dict().lookup(key, DictContext.of("joe@b.io")).toCompletableFuture().join();
  }

  @Test
  void areServed() {
    try (DictOpener opener = new DictOpener(false, new LoginTimesOptions())) {
      opener.open(DictOption.parse(option()));

      assertThat(opener.errors()).isEmpty();
      assertThat(opener.opened())
          .singleElement()
          .satisfies(
              dict -> {
                assertThat(lookup(dict, "priv/sieve/name/main")).isEqualTo(LookupResult.found("7"));
                assertThat(lookup(dict, "priv/sieve/data/7"))
                    .isEqualTo(LookupResult.found("keep;"));
              });
    }
  }

  @Test
  void areNotErrors() {
    assertThat(Ran.with("check", file.toString()).status()).isEqualTo(ExitStatus.OK);
    assertThat(Ran.with("--check", "--dict", option()))
        .extracting(Ran::status, Ran::err)
        .containsExactly(ExitStatus.OK, "");
  }

  @Test
  void areRefusedOnlyWhereTheirTableIsToBeCreated() {
    Ran ran = Ran.with("--check", "--create-tables", "--dict", option());

    assertThat(ran.status()).isEqualTo(ExitStatus.CONFIG);
    assertThat(ran.err())
        .startsWith(
            file
                + ":17:11: error: Maps disagree on the keys of the table user_sieve_scripts:"
                + " [script_name, username] and [id, username]\n")
        .contains("  table = user_sieve_scripts\n");
  }
}
