package org.lastlogin.dictd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages about Dovecot 2.4's main configuration. */
class MainConfigurationTest {
  @TempDir Path directory;

  private Path main(String text) throws IOException {
    return MainFiles.write(directory, text);
  }

  /** Starts the program, which must fail with a configuration error, and returns its message. */
  private String configurationError(String dict) {
    Ran ran = Ran.with("--dict", dict, "--listen", "unix:" + directory.resolve("dict"));
    assertThat(ran.status()).as(ran.err()).isEqualTo(ExitStatus.CONFIG);
    assertThat(ran.out()).isEmpty();
    return ran.err();
  }

  @Test
  void aMainConfigurationIsNotAMapFile() throws Exception {
    Path file = main(MainFiles.tutorial());

    assertThat(configurationError("lastlogin=mysql:" + file))
        .isEqualTo(
            file
                + ": error: This is a main configuration of Dovecot, not a map file\n"
                + "hint: Serve one of its dicts with --dict lastlogin=dovecot:"
                + file
                + "\n");
  }

  @Test
  void aMapFileIsNotAMainConfiguration() throws Exception {
    Path file = DictFiles.write(directory.resolve("maps.conf"), DictFiles.tutorialMaps("a.sqlite"));

    assertThat(configurationError("lastlogin=dovecot:" + file))
        .isEqualTo(
            file
                + ": error: This is a map file, which names neither its dict nor the driver\n"
                + "hint: Serve it with --dict lastlogin=mysql:"
                + file
                + ", or with pgsql or sqlite instead of mysql\n");
  }

  @Test
  void aMissingDictIsReportedWithTheExistingOnes() throws Exception {
    assertThat(configurationError("quota=dovecot:" + main(MainFiles.tutorial())))
        .contains("There is no SQL dict named quota in it", "lastlogin");
  }

  @Test
  void errorsShowTheirPlaceInTheFile() throws Exception {
    String text = MainFiles.tutorial().replace("sql_table = blobs", "sql_table = a.b.c");

    assertThat(configurationError("lastlogin=dovecot:" + main(text)))
        .containsPattern("dovecot.conf:\\d+:\\d+: error: Not the name of a table: \"a.b.c\"")
        .contains("sql_table = a.b.c");
  }

  @Test
  void checkCountsTheMapsOfEachDict() throws Exception {
    Path file = main(MainFiles.tutorial());

    assertThat(Ran.with("check", file.toString()))
        .isEqualTo(new Ran(ExitStatus.OK, file + ": dict lastlogin, 8 maps: no errors\n", ""));
    assertThat(Ran.with("check", "--json", file.toString()).out())
        .contains("\"format\" : \"2.4\"")
        .contains("\"name\" : \"lastlogin\"")
        .contains("\"driver\" : \"mysql\"")
        .contains("\"maps\" : 8");
  }

  @Test
  void checkLooksAtTheConnectionToo() throws Exception {
    String text = MainFiles.tutorial().replace("port = 3306", "port = none");
    Ran ran = Ran.with("check", main(text).toString());

    assertThat(ran.status()).isEqualTo(ExitStatus.CONFIG);
    assertThat(ran.out()).contains(": error: ", "port").doesNotContain("my_secret_password");
  }

  @Test
  void aMainConfigurationWithoutDictsIsNotAnError() throws Exception {
    Path file = main("dovecot_config_version = 2.4.0\nprotocols = imap\n");

    assertThat(Ran.with("check", file.toString()))
        .isEqualTo(new Ran(ExitStatus.OK, file + ": no SQL dicts: no errors\n", ""));
  }
}
