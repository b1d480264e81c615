package org.lastlogin.dictd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lastlogin.dict.DictContext;
import org.lastlogin.dict.DictException;
import org.lastlogin.dict.DictTransaction;
import org.lastlogin.dict.LookupResult;
import org.lastlogin.jdbc.testing.TestDatabase;
import org.lastlogin.jdbc.testing.TestDatabases;
import picocli.CommandLine;

/** Effects of {@code --keep-newest}, {@code --round} and {@code --precision}. */
class LoginTimesTest {
  private static final String LOGIN = "shared/last-login/imap/a@b.io/b.io";
  private static final DictContext USER = DictContext.of("a@b.io");

  @TempDir Path directory;

  private TestDatabase database;

  @BeforeEach
  void createDatabase() {
    database = TestDatabases.SQLITE.create();
  }

  /** An action with a served dict. */
  @FunctionalInterface
  private interface Use {
    void with(ServedDict dict);
  }

  private void serve(String dict, String options, Use use) {
    LoginTimesOptions times =
        CommandLine.populateCommand(new LoginTimesOptions(), options.split(" ", -1));
    try (DictOpener opener = new DictOpener(true, times)) {
      opener.open(DictOption.parse(dict));
      assertThat(opener.errors()).isEmpty();
      ServedDict served = opener.opened().get(0);
      served.createTables();
      use.with(served);
    }
  }

  private String maps() throws Exception {
    return DictFiles.option(database, DictFiles.writeAll(directory, database));
  }

  private static void set(ServedDict dict, String key, String value) {
    dict.dict()
        .commit(DictTransaction.builder(USER).set(key, value).build())
        .toCompletableFuture()
        .join();
  }

  private static String lookup(ServedDict dict, String key) {
    LookupResult result = dict.dict().lookup(key, USER).toCompletableFuture().join();
    return ((LookupResult.Found) result).value();
  }

  @Test
  void theNewestStaysOfLoginsAndTheLastOfAllElse() throws Exception {
    serve(
        maps(),
        "--keep-newest",
        dict -> {
          for (String value : new String[] {"1700000000", "1600000000"}) {
            set(dict, LOGIN, value);
            set(dict, "priv/quota/storage", value);
          }
          assertThat(lookup(dict, LOGIN)).isEqualTo("1700000000");
          assertThat(lookup(dict, "priv/quota/storage")).isEqualTo("1600000000");
        });
  }

  @Test
  void aTimeFromTheFutureFails() throws Exception {
    Instant now = Instant.now();
    serve(
        maps(),
        "--keep-newest",
        dict -> {
          set(dict, LOGIN, Long.toString(now.plus(Duration.ofHours(23)).getEpochSecond()));
          assertThatThrownBy(() -> set(dict, LOGIN, Long.toString(now.toEpochMilli())))
              .hasCauseInstanceOf(DictException.class)
              .hasMessageContaining("Failed to set " + LOGIN)
              .hasMessageContaining("(s, as last_login_precision has it)");
        });
  }

  @Test
  void timesAreRoundedInTheUnitThatIsSaid() throws Exception {
    serve(
        maps(),
        "--round hour --precision ms",
        dict -> {
          set(dict, LOGIN, "1700000000123");
          assertThat(lookup(dict, LOGIN)).isEqualTo("1699999200000");
          set(dict, LOGIN, "1600000000123");
          assertThat(lookup(dict, LOGIN)).isEqualTo("1599998400000");
        });
  }

  @Test
  void theMainConfigurationSaysTheUnit() throws Exception {
    Path file = MainFiles.onSqlite(directory, database.name());
    String text = Files.readString(file) + "\nlast_login_precision = us\n";
    DictFiles.write(file, text);

    serve(
        "lastlogin=dovecot:" + file,
        "--round day",
        dict -> {
          set(dict, LOGIN, "1700000000123456");
          assertThat(lookup(dict, LOGIN))
              .isEqualTo(
                  Instant.ofEpochSecond(1_700_000_000).truncatedTo(ChronoUnit.DAYS).getEpochSecond()
                      + "000000");
        });
  }

  @Test
  void aColumnOfTextIsAnError() throws Exception {
    String text =
        DictFiles.tutorialMaps(database.name())
            .replaceFirst("value_type = uint", "value_type = string");
    Path file = DictFiles.write(directory.resolve("maps.conf"), text);
    Ran ran = Ran.with("--check", "--keep-newest", "--dict", DictFiles.option(database, file));

    assertThat(ran.status()).isEqualTo(ExitStatus.CONFIG);
    assertThat(ran.err())
        .contains(
            "error: The column imap has the type string: --keep-newest and --round need uint or"
                + " int");
  }

  @Test
  void aDictWithoutLoginsIsAUsageError() throws Exception {
    Path file =
        DictFiles.write(
            directory.resolve("maps.conf"),
            "connect = " + database.name() + "\n" + DictFiles.resource("extra-maps.conf"));
    Ran ran = Ran.with("--check", "--round", "day", "--dict", DictFiles.option(database, file));

    assertThat(ran.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(ran.err()).contains("need a map of keys below shared/last-login/");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          --precision ms | --precision has no effect without --keep-newest, --round or --check
          --round week   | 'week' is neither hour nor day
          --keep-newest --precision seconds | 'seconds' is not one of s, ms, us, ns
          """)
  void refusesMeaninglessOptions(String options, String reason) {
    Ran ran = Ran.with(options.split(" ", -1));

    assertThat(ran.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(ran.err()).contains(reason);
  }
}
