package org.lastlogin.dictd;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lastlogin.config.SqlDriver;
import org.lastlogin.dictproto.server.UnixListener;

/** Checks that the command lines and the settings in README.md work. */
class ReadmeCommandTest {
  private static final Path README = Path.of("../../README.md");
  private static final Pattern COMMAND =
      Pattern.compile("java (-X.*) -jar \\S+lastlogin-dictd.jar((?: \\\\\n| +\\S+)+)");
  private static final Pattern FILE_COMMAND =
      Pattern.compile("(?m)^java -jar lastlogin-dictd\\.jar ((?:check|convert) [^>\n]*)");
  private static final Pattern DOVECOT = Pattern.compile("last_login_(?:dict|key) = .*");

  @Test
  void theOptionsAreUnderstood() throws Exception {
    Matcher command = COMMAND.matcher(Files.readString(README));
    assertThat(command.find()).isTrue();
    assertThat(command.group(1).split(" ")).containsExactlyElementsOf(DaemonProcess.JVM_OPTIONS);
    List<String> words =
        Pattern.compile("[\\s\\\\]+")
            .splitAsStream(command.group(2))
            .filter(word -> !word.isEmpty())
            .map(word -> word.replace("'", ""))
            .toList();

    assertThat(words).hasSize(4).startsWith("--dict").element(2).isEqualTo("--listen");
    assertThat(DictOption.parse(words.get(1)))
        .isEqualTo(
            new DictOption(
                "lastlogin",
                Optional.of(SqlDriver.MYSQL),
                Path.of("/etc/dovecot/dovecot-last-login.conf")));
    UnixListener listener = (UnixListener) ListenOption.parse(words.get(3));
    assertThat(listener.path()).isEqualTo(Path.of("/run/lastlogin/dict"));
    assertThat(listener.group()).contains("vmail");
  }

  @Test
  void theSettingsOfDovecotAreThoseOfTheTestWithARealOne() throws Exception {
    String tested =
        DictFiles.resource("last-login-2.3.conf").replace("@DICT_SOCKET@", "/run/lastlogin/dict");
    Matcher settings = DOVECOT.matcher(Files.readString(README).split("For Dovecot 2.4", -1)[0]);
    int found = 0;
    while (settings.find()) {
      assertThat(tested).contains("  " + settings.group() + "\n");
      found++;
    }
    assertThat(found).isEqualTo(2);
  }

  @Test
  void theSettingsOfDovecot24AreThoseOfTheTestWithARealOne() throws Exception {
    String tested =
        DictFiles.resource("last-login-2.4.conf").replace("@DICT_SOCKET@", "/run/lastlogin/dict");
    String settings =
        Files.readString(README).split("For Dovecot 2.4:\n\n```\n", -1)[1].split("```", -1)[0];
    int plugin = settings.indexOf("last_login {");

    assertThat(tested).contains(settings.substring(0, plugin)).endsWith(settings.substring(plugin));
  }

  @Test
  void checkAndConvertSucceed(@TempDir Path directory) throws Exception {
    String maps = DictFiles.tutorialMaps("host=127.0.0.1 dbname=vmail user=u password=p");
    DictFiles.write(directory.resolve("dovecot-last-login.conf"), maps);
    Matcher command = FILE_COMMAND.matcher(Files.readString(README));
    int found = 0;
    while (command.find()) {
      String arguments = command.group(1).replace("/etc/dovecot/", directory + "/");
      assertThat(Ran.with(arguments.split(" ")).status()).as(arguments).isEqualTo(ExitStatus.OK);
      found++;
    }
    assertThat(found).isEqualTo(2);
  }
}
