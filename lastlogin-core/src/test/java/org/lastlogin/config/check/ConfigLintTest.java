package org.lastlogin.config.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lastlogin.config.DictConfig;
import org.lastlogin.config.LastLoginSettings;
import org.lastlogin.config.TestFiles;
import org.lastlogin.config.source.Diagnostics;
import org.lastlogin.config.source.SourceFile;
import org.lastlogin.config.source.Text;
import org.lastlogin.map.DictMap;
import org.lastlogin.map.ValueType;

/** The warnings that depend on more than the text of a file. */
class ConfigLintTest {
  @TempDir Path directory;

  @Test
  void passwordThatOthersCanReadIsReportedOnceForEachFile() throws IOException {
    Path included =
        write("password.inc", "connect = host=a password=hunter2 sslpassword=hunter3\n");
    Path file = write("main.conf", "!include password.inc\n");

    TestFiles.withPermissions(included, "rw-r--r--");
    assertThat(DictConfig.read(file).warnings())
        .singleElement()
        .satisfies(
            warning -> {
              assertThat(warning.render())
                  .startsWith(
                      included
                          + ":1:18: warning: "
                          + "All users of this system can read this file, and a password is in it")
                  .doesNotContain("hunter");
              assertThat(warning.hint()).contains("chmod o-r " + included);
            });
    TestFiles.withPermissions(included, "rw-r-----");
    assertThat(DictConfig.read(file).warnings()).isEmpty();
  }

  @Test
  void fileWithoutAPasswordMayBeRead() throws IOException {
    Path file = write("main.conf", "connect = host=a password= user=u\n");

    TestFiles.withPermissions(file, "rw-r--r--");
    assertThat(DictConfig.read(file).warnings()).isEmpty();
  }

  private Path write(String name, String text) throws IOException {
    Path file = Files.writeString(directory.resolve(name), text);
    Assumptions.assumeTrue(
        Files.getFileAttributeView(file, PosixFileAttributeView.class) != null,
        "this file system has no permissions");
    return file;
  }

  @ParameterizedTest
  @CsvSource({
    "last-login, HEXBLOB, , true",
    "last-login, UUID, , true",
    "last-login, DOUBLE, , false",
    "last-login, DOUBLE, us, false",
    "last-login, DOUBLE, ns, true",
    "last-login, UINT, ns, false",
    "last-login, STRING, ns, false",
    "seen, HEXBLOB, ns, true",
    "other, HEXBLOB, ns, false",
  })
  void columnMustHoldTheTimesThatAreWritten(
      String key, ValueType type, String precision, boolean reported) {
    Text text = Text.of(new SourceFile("test.conf", "shared/" + key + "/imap/$user"));
    MapDraft draft = new MapDraft(true);
    draft.pattern(text);
    draft.typePlace(text.span());
    DictMap map =
        DictMap.builder(text.string(), "t").valueField("v", type).keyField("u", "user").build();
    LastLoginSettings settings =
        new LastLoginSettings(
            Optional.empty(),
            Optional.empty(),
            Optional.of("seen/%{service}/%u"),
            Optional.ofNullable(precision));
    draft.map(map);
    Diagnostics diagnostics = new Diagnostics();

    new LoginTimeLint(settings, diagnostics).check(List.of(draft));

    assertThat(diagnostics.warnings()).hasSize(reported ? 1 : 0);
    if (precision != null && type == ValueType.DOUBLE && reported) {
      assertThat(diagnostics.warnings().get(0).message())
          .startsWith(
              "A double loses the last digits of a time in nanoseconds, which last_login_precision asks");
    }
  }
}
