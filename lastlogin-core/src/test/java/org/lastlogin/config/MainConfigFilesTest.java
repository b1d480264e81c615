package org.lastlogin.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lastlogin.config.source.SourceReader;

/** Main configurations that consist of several files, and which kind of file is which. */
class MainConfigFilesTest {
  @ParameterizedTest
  @ValueSource(strings = {"/dev/null", "/dev/zero"})
  void devicesAreNotRead(Path device) {
    assertThatThrownBy(() -> DictConfig.read(device))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("It is a pipe or a device, not a file");
  }

  @Test
  void kindIsDecidedByTheFileItself(@TempDir Path directory) throws IOException {
    Files.writeString(directory.resolve("other.inc"), "dict_server {\n}\n");
    Path main =
        Files.writeString(
            directory.resolve("maps.conf"),
            "!include_try other.inc\nmap {\npattern = shared/x\ntable = t\nvalue_field = v\n}\n");

    assertThatThrownBy(() -> DictConfig.read(main))
        .hasMessageContaining("Unknown section: dict_server");
  }

  @Test
  void commentBehindAServerStaysThere() {
    DictConfig config =
        DictConfig.parse(
            """
            dict_server {
            dict d {
            driver = sql
            sql_driver = mysql
            mysql h1 {
            user = u
            } # end h1
            mysql h2 {
            }
            }
            }
            """,
            "test.conf");

    assertThat(ConfigWriter.write(config, ConfigFormat.DOVECOT_2_4).get(0).text())
        .contains("mysql h1 {\n      user = u\n    } # end h1\n    mysql h2 {\n    }\n");
  }

  @Test
  void mapFileOfTwoDictsIsReadOnce(@TempDir Path directory) throws IOException {
    Files.writeString(
        directory.resolve("maps.conf"),
        "# head\n\nmap {\npattern = shared/x # behind\ntable = t\nvalue_field = v\n}\n");
    Path main =
        Files.writeString(
            directory.resolve("dovecot.conf"),
            "dict {\none = mysql:maps.conf\ntwo = mysql:maps.conf\n}\n");

    assertThat(ConfigWriter.write(DictConfig.read(main), ConfigFormat.DOVECOT_2_4).get(0).text())
        .containsOnlyOnce("# head")
        .containsOnlyOnce("# behind")
        .contains("dict one {")
        .contains("dict two {");
  }

  private static final String MAP_FILE =
      "map {\npattern = shared/x\ntable = t\nvalue_field = v\n}\n";

  private static final String DICT_MAP =
      "dict_map shared/x {\nsql_table = t\nvalue_field v {\n}\n}\n";

  @TempDir Path directory;

  private Path write(String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    return TestFiles.withoutOthers(Files.writeString(file, text));
  }

  private static DictConfig read(Path file) {
    DictConfig config = DictConfig.read(file);
    assertThat(config.warnings()).isEmpty();
    return config;
  }

  private static Optional<String> mysql(DictConfig config, String name) {
    return config.onlyDict().requireConnect().servers().get(0).get(name);
  }

  private Path mainWithPassword(String value) throws IOException {
    return write(
        "dovecot.conf",
        "dict sql {\nsql_driver = mysql\nmysql h {\npassword = " + value + "\n}\n}\n");
  }

  @Test
  void blocksMayStandInSeveralFiles() throws IOException {
    write("conf.d/20-server.conf", "mysql h {\n!include ../settings.inc\n}\n");
    write("conf.d/10-maps.conf", DICT_MAP);
    write("settings.inc", "user = u\n");
    Path file =
        write(
            "dovecot.conf",
            """
            dict sql {
              sql_driver = mysql
              !include conf.d/*.conf
              !include_try none.conf
            }
            !include_try none/*.conf
            """);

    DictConfig config = read(file);

    assertThat(config.maps()).hasSize(1);
    assertThat(mysql(config, "user")).contains("u");
  }

  @Test
  void includesThatCannotBeReadAreReported() throws IOException {
    write("large.conf", "#".repeat(SourceReader.MAX_BYTES + 1));
    write("loop.conf", "!include dovecot.conf\n");
    Path file =
        write(
            "dovecot.conf",
            """
            dovecot_config_version = 2.4.0
            !include large.conf
            !include loop.conf
            !include missing.conf
            !include missing/*.conf
            """);

    assertThatThrownBy(() -> DictConfig.read(file))
        .hasMessageContaining(":2:10: error: Cannot read")
        .hasMessageContaining("It is larger than 1 MiB")
        .hasMessageContaining("loop.conf:1:10: error: This file is being read already")
        .hasMessageContaining(":4:10: error: Cannot read")
        .hasMessageContaining(":5:10: error: No file matches");
  }

  @Test
  void includesAreLimitedInDepthAndNumber() throws IOException {
    for (int i = 0; i < 40; i++) {
      write("deep" + i + ".conf", "!include deep" + (i + 1) + ".conf\n");
      write("wide" + i + ".conf", ("!include_try wide" + (i + 1) + ".conf\n").repeat(2));
    }
    Path deep = write("deep.conf", "dict_server {\n}\n!include deep0.conf\n");
    Path wide = write("wide.conf", "dict_server {\n}\n!include wide10.conf\n");

    assertThatThrownBy(() -> DictConfig.read(deep))
        .hasMessageContaining(
            "deep31.conf:1:10: error: Files include each other more than 32 deep");
    assertThatThrownBy(() -> DictConfig.read(wide))
        .hasMessageContaining("More than 1000 files are included; the rest is not read");
  }

  @Test
  void blocksThatAreNestedTooDeeplyAreReported() {
    assertThatThrownBy(() -> DictConfig.parse("dict_server {\n".repeat(100_000), "dovecot.conf"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("nested more than 50 deep");
  }

  @Test
  void valuesOfDictsMayStandInFiles() throws IOException {
    write("secrets/password", "from a file");

    assertThat(mysql(read(mainWithPassword("<secrets/password")), "password"))
        .contains("from a file");
    assertThat(mysql(read(mainWithPassword("<  secrets/password")), "password"))
        .contains("from a file");
    assertThat(mysql(read(mainWithPassword("\"<secrets/password\"")), "password"))
        .contains("<secrets/password");
  }

  @Test
  void lineEndOfAFileBelongsToTheValue() throws IOException {
    write("password", "hunter2\n");

    DictConfig config = DictConfig.read(mainWithPassword("<password"));

    assertThat(mysql(config, "password")).contains("hunter2\n");
    assertThat(config.warnings()).hasSize(1);
    assertThat(config.warnings().get(0).render())
        .contains("The end of the last line of this file is a part of the value")
        .doesNotContain("hunter");
  }

  @Test
  void filesOfOtherValuesAreReadOnlyIfDictsReferToThem() throws IOException {
    write("password", "from a file");
    Path file =
        write(
            "dovecot.conf",
            """
            ssl_key = </no/such/file
            other = <password
            dict sql {
              sql_driver = mysql
              mysql h {
                password = $SET:other
              }
            }
            """);

    assertThat(mysql(read(file), "password")).contains("from a file");
  }

  @Test
  void filesThatAreNoTextRevealNothing() throws IOException {
    Files.write(directory.resolve("password"), new byte[] {'h', 'u', 'n', 't', 'e', 'r', -1});

    assertThatThrownBy(() -> DictConfig.read(mainWithPassword("<password")))
        .hasMessageContaining("This is not UTF-8")
        .message()
        .doesNotContain("hunter");
  }

  @Test
  void expansionsAreLimited() throws IOException {
    write("large", "x".repeat(SourceReader.MAX_BYTES));
    StringBuilder twice = new StringBuilder("a0 = x\n");
    for (int i = 1; i < 30; i++) {
      twice.append("a%d = $SET:a%d $SET:a%d\n".formatted(i, i - 1, i - 1));
    }
    String chain = "a = x\n" + "a = $SET:a y\n".repeat(10_000);
    String dict = "dict sql {\nsql_driver = mysql\nmysql h {\nuser = $SET:%s\n}\n}\n";

    assertThat(mysql(read(mainWithPassword("<large")), "password"))
        .hasValueSatisfying(value -> assertThat(value).hasSize(SourceReader.MAX_BYTES));
    assertThatThrownBy(() -> DictConfig.parse(twice + dict.formatted("a29"), "dovecot.conf"))
        .hasMessageContaining("The variables and files in the values come to more than 1 MiB");
    assertThatThrownBy(() -> DictConfig.parse(chain + dict.formatted("a"), "dovecot.conf"))
        .hasMessageContaining("More than 32 settings refer to each other");
  }

  @Test
  void groupsInGroupsAndManyMistakesInALineAreNoTrouble() {
    String group = "dict sql {\n@a = b\n}\ngroup @a b {\ngroup @a b {\n}\nsql_driver = mysql\n}\n";
    String words = "dict sql {\nsql_driver = mysql\nmysql h {\nuser = " + "$SET:x ".repeat(50_000);

    assertThat(DictConfig.parse(group, "dovecot.conf").dicts()).hasSize(1);
    assertThatThrownBy(() -> DictConfig.parse(words + "\n}\n}", "dovecot.conf"))
        .isInstanceOfSatisfying(
            ConfigException.class, e -> assertThat(e.diagnostics()).hasSize(101));
  }

  @Test
  void mainConfigurationOfEarlierVersionsNamesMapFiles() throws IOException {
    write("maps/lastlogin.conf", "connect = host=h password=p\n" + MAP_FILE);
    write("quota.conf", MAP_FILE.replace("shared/x", "shared/quota"));
    write("conf.d/dict.conf", "dict {\nquota = \"sqlite:../quota.conf\" # comment\n}\n");
    Path file =
        write(
            "dovecot.conf",
            """
            protocols = imap pop3
            mail_location = maildir:~/Maildir
            ssl_cert = </etc/no/such/cert
            passdb {
              args = /etc/dovecot/dovecot-sql.conf.ext
              driver = sql
            }
            dict {
              lastlogin = mysql:maps/lastlogin.conf
              acl = file:/var/lib/dovecot/acl
              other = redis:host=127.0.0.1
            }
            plugin {
              quota_rule = *:storage=1G
              last_login_dict = proxy:/run/dovecot/dict:lastlogin
              last_login_key = last-login/%s/%u/%d
              last_login_precision = ms
            }
            protocol imap {
              mail_plugins = $mail_plugins imap_quota
            }
            !include conf.d/*.conf
            """);

    DictConfig config = read(file);

    assertThat(config.format()).isEqualTo(ConfigFormat.DOVECOT_2_3);
    assertThat(config.dicts())
        .extracting(d -> d.name().get())
        .containsExactly("lastlogin", "quota");
    assertThat(config.dict("lastlogin").driver()).contains(SqlDriver.MYSQL);
    assertThat(config.dict("lastlogin").requireConnect().servers().get(0).get("host"))
        .contains("h");
    assertThat(config.dict("quota").driver()).contains(SqlDriver.SQLITE);
    assertThat(config.dict("quota").maps().asList().get(0).pattern()).hasToString("shared/quota");
    assertThat(config.lastLogin())
        .contains(
            new LastLoginSettings(
                Optional.of("lastlogin"),
                Optional.of("/run/dovecot/dict"),
                Optional.of("last-login/%s/%u/%d"),
                Optional.of("ms")));
  }

  @Test
  void proxyWithoutASocketIsDovecotsOwn() {
    DictConfig config =
        DictConfig.parse("plugin {\nlast_login_dict = proxy::lastlogin\n}\n", "dovecot.conf");

    assertThat(config.lastLogin())
        .contains(
            new LastLoginSettings(
                Optional.of("lastlogin"), Optional.empty(), Optional.empty(), Optional.empty()));
    assertThat(config.dicts()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dovecot_config_version = 2.4.0\n",
        "dovecot_storage_version = 2.4.0\nprotocol imap {\n}\n",
        "dict_server {\n}\n",
        "protocol imap {\n}\ndict_server {\n}\n",
        "dict_map x {\n}\n",
        "dict proxy {\n}\n",
        "sql_driver = mysql\n",
        "mysql h {\n}\n",
        "last_login {\n}\n",
        "last_login_key = x\n",
        "dict_sever {\n}\n",
        "group @x y {\n}\n",
        "passdb sql {\n}\n",
      })
  void recognisesTheMainConfigurationOfToday(String text) {
    assertThat(DictConfig.parse(text, "x.conf").format()).isEqualTo(ConfigFormat.DOVECOT_2_4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"dict {\n}\n", "plugin {\n}\n", "service x {\n}\n", "mail_location = maildir:~\n"})
  void recognisesTheMainConfigurationOfEarlierVersions(String text) {
    DictConfig config = DictConfig.parse(text, "dovecot.conf");

    assertThat(config.format()).isEqualTo(ConfigFormat.DOVECOT_2_3);
    assertThat(config.dicts()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# comment\n", "connect = host=h\n", MAP_FILE, "\\\n"})
  void everythingElseIsAMapFile(String text) {
    DictConfig config = DictConfig.parse(text, "maps.conf");

    assertThat(config.format()).isEqualTo(ConfigFormat.DOVECOT_2_3);
    assertThat(config.onlyDict().name()).isEmpty();
  }
}
