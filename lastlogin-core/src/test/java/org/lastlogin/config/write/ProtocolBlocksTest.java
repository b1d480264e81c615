package org.lastlogin.config.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lastlogin.config.ConfigFormat;
import org.lastlogin.config.ConfigWriter;
import org.lastlogin.config.DictConfig;
import org.lastlogin.config.SqlDriver;

/** Which protocols load the last_login plugin in what is written. Bars stand for line ends. */
class ProtocolBlocksTest {
  private static final Pattern PROTOCOL = Pattern.compile("(?m)^(?:# +)?protocol (\\w+) \\{$");
  private static final String SERVICE = "last-login/%s/%u";
  private static final String MAPS = maps("imap/$user", "pop3/$user", "lmtp/$user");

  @TempDir Path directory;

  private static String maps(String... patterns) {
    return Stream.of(patterns).map(ProtocolBlocksTest::map).collect(Collectors.joining());
  }

  private static String map(String pattern) {
    String fields =
        Pattern.compile("\\$\\w+")
            .matcher(pattern)
            .results()
            .map(match -> match.group().substring(1) + " = " + match.group() + "\n")
            .collect(Collectors.joining());
    return "map {\npattern = shared/last-login/%s\ntable = t\nvalue_field = v\nfields {\n%s}\n}\n"
        .formatted(pattern, fields);
  }

  /** A main configuration of Dovecot 2.3. */
  private DictConfig main23(String key, String maps, String plugins) throws IOException {
    Files.writeString(directory.resolve("maps.conf"), maps);
    return DictConfig.read(
        Files.writeString(
            directory.resolve("dovecot.conf"),
            """
            dict {
              lastlogin = mysql:maps.conf
            }
            plugin {
              last_login_dict = proxy::lastlogin
              last_login_key = %s
            }
            """
                    .formatted(key)
                + plugins.replace('|', '\n')));
  }

  /** The same of Dovecot 2.4. */
  private DictConfig main24(String plugins) throws IOException {
    String text = text(main23(SERVICE, MAPS, ""), ConfigFormat.DOVECOT_2_4);
    return DictConfig.parse(
        text.substring(text.indexOf("last_login {")) + plugins.replace('|', '\n'), "dovecot.conf");
  }

  private static String text(DictConfig config, ConfigFormat format) {
    return ConfigWriter.write(config, format).get(0).text();
  }

  /** The protocols that are written, and the first word of each warning. */
  private static String written(DictConfig config, ConfigFormat format) {
    ConfigWriter.Output output = ConfigWriter.write(config, format).get(0);
    Stream<String> protocols =
        PROTOCOL.matcher(output.text()).results().map((MatchResult match) -> match.group(1));
    Stream<String> warnings =
        output.warnings().stream().map(warning -> warning.message().replaceAll("(?s) .*", "!"));
    return Stream.concat(protocols, warnings).collect(Collectors.joining(" "));
  }

  @ParameterizedTest
  @CsvSource({
    "imap/$user pop3/$user lda/$user lmtp/$user, imap pop3 lmtp lda",
    "lda/$user/$domain, lda",
    "sieve/$user imap/$user submission/$user, imap submission sieve",
    "imap/$user doveadm/$user, imap",
    "$service/$user/$domain, imap pop3 lmtp lda Neither!",
    "imap/$user $protocol/$user, imap pop3 lmtp lda Neither!",
    "other/$user, imap pop3 lmtp lda Neither!",
  })
  void mapFileMeansTheProtocolsThatItHasMapsFor(String patterns, String expected) {
    DictConfig config =
        DictConfig.parse(maps(patterns.split(" ")), "maps.conf").named("n", SqlDriver.MYSQL);

    assertThat(written(config, ConfigFormat.DOVECOT_2_4)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "'', imap pop3 lmtp",
    "mail_plugins = quota|, imap pop3 lmtp",
    "protocol imap {|mail_plugins = $mail_plugins last_login|}|, imap",
    "protocol imap {|mail_plugins = \"quota last_login\"|}|protocol lda {|mail_plugins=last_login|}|, imap lda",
    "mail_plugins = last_login|, imap pop3 lmtp Every!",
    "mail_plugins = last_login|protocol pop3 {|mail_plugins = quota|}|, imap lmtp Every!",
    "mail_plugins = last_login|protocol lda {|mail_plugins = $mail_plugins x|}|, imap pop3 lmtp lda Every!",
    "protocol imap {|mail_plugins = $mail_plugins x|}|mail_plugins = last_login|, pop3 lmtp Every!",
    "mail_plugins = last_login|protocol doveadm {|mail_plugins = quota|}|, imap pop3 lmtp",
    "protocol !doveadm {|mail_plugins = last_login|}|, imap pop3 lmtp",
    "protocol !pop3 {|mail_plugins = last_login|}|, imap lmtp Every!",
    "protocol imap {|mail_plugins = last_login|}|protocol doveadm {|mail_plugins = last_login|}|, imap No!",
    "mail_plugins = not_last_login|protocol imap {|mail_plugins = last_login|}|, imap",
  })
  void mainConfigurationOfDovecot23SaysWhichProtocols(String plugins, String expected)
      throws IOException {
    assertThat(written(main23(SERVICE, MAPS, plugins), ConfigFormat.DOVECOT_2_4))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "'', imap pop3 lmtp",
    "protocol imap {|mail_plugins {|last_login = yes|}|}|, imap",
    "protocol imap {|mail_plugins {|quota = yes|last_login = No|}|}|, pop3 lmtp",
    "protocol imap {|mail_plugins/last_login = yes|}|protocol pop3 {|mail_plugins = last_login|}|, imap pop3",
    "mail_plugins {|last_login = yes|}|, imap pop3 lmtp Every!",
    "mail_plugins {|last_login = yes|}|protocol doveadm {|mail_plugins {|last_login = no|}|}|, imap pop3 lmtp",
    "mail_plugins {|last_login = yes|}|protocol imap {|mail_plugins {|quota = yes|}|}|, imap pop3 lmtp Every!",
    "mail_plugins {|last_login = yes|}|protocol imap {|mail_plugins = quota|}|, pop3 lmtp Every!",
    "protocol !doveadm {|mail_plugins {|last_login = yes|}|}|, imap pop3 lmtp",
    "protocol quota-status {|mail_plugins {|last_login = yes|}|}|, No!",
  })
  void mainConfigurationOfDovecot24SaysWhichProtocols(String plugins, String expected)
      throws IOException {
    for (ConfigFormat format : ConfigFormat.values()) {
      assertThat(written(main24(plugins), format)).as(format.version()).isEqualTo(expected);
    }
  }

  @Test
  void keyDecidesWhichServicesTheMapsAreFor() throws IOException {
    assertThat(
            List.of(
                written(main23("seen/%Ls/%u", MAPS.replace("last-login", "seen"), ""), to24()),
                written(main23("last-login/imap/%u", MAPS, ""), to24()),
                written(main23("last-login/%u", maps("$user"), ""), to24())))
        .containsExactly(
            "imap pop3 lmtp", "imap pop3 lmtp lda Neither!", "imap pop3 lmtp lda Neither!");
  }

  private static ConfigFormat to24() {
    return ConfigFormat.DOVECOT_2_4;
  }

  @Test
  void writtenConfigurationSaysTheSameWhenItIsReadAgain() throws IOException {
    for (String plugins :
        List.of("", "mail_plugins = last_login|", "protocol lda {|mail_plugins = last_login|}|")) {
      String text = text(main23(SERVICE, MAPS, plugins), to24());

      assertThat(text(DictConfig.parse(text, "dovecot.conf"), to24())).isEqualTo(text);
    }
  }
}
