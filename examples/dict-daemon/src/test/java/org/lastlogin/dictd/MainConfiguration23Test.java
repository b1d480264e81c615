package org.lastlogin.dictd;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lastlogin.dict.CommitResult;
import org.lastlogin.dict.Dict;
import org.lastlogin.dict.DictContext;
import org.lastlogin.dict.DictTransaction;
import org.lastlogin.dict.LookupResult;
import org.lastlogin.jdbc.testing.TestDatabases;

/** Dovecot 2.3's main configuration, whose section dict names map files. */
class MainConfiguration23Test {
  private static final String KEY = "shared/last-login/imap/joe@b.io/b.io";

  @TempDir Path directory;

  private Path file;

  @BeforeEach
  void writeConfiguration() throws Exception {
    Path maps = DictFiles.write(directory, TestDatabases.SQLITE.create());
    file =
        DictFiles.write(
            directory.resolve("dovecot.conf"),
            "protocols = imap\ndict {\n  lastlogin = sqlite:" + maps + "\n}\n");
  }

  @Test
  void isServed() {
    try (DictOpener opener = new DictOpener(true, new LoginTimesOptions())) {
      opener.open(DictOption.parse("lastlogin=dovecot:" + file));

      assertThat(opener.errors()).isEmpty();
      assertThat(opener.opened())
          .singleElement()
          .satisfies(
              served -> {
                served.createTables();
                assertHolds(served.dict());
              });
    }
  }

  private static void assertHolds(Dict dict) {
    DictTransaction set =
        DictTransaction.builder(DictContext.NO_USER).set(KEY, "1795330848").build();

    assertThat(dict.commit(set).toCompletableFuture().join()).isEqualTo(CommitResult.COMMITTED);
    assertThat(dict.lookup(KEY, DictContext.NO_USER).toCompletableFuture().join())
        .isEqualTo(LookupResult.found("1795330848"));
  }

  @Test
  void isChecked() {
    assertThat(Ran.with("check", file.toString()))
        .isEqualTo(new Ran(ExitStatus.OK, file + ": dict lastlogin, 4 maps: no errors\n", ""));
  }
}
