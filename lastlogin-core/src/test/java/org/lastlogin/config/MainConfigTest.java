package org.lastlogin.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lastlogin.map.DictMap;
import org.lastlogin.map.ValueType;

/** What a main configuration of Dovecot 2.4 says of its dicts, however it is written. */
class MainConfigTest {
  private static final DictMap MAP =
      DictMap.builder("shared/x/$k", "t")
          .valueField("v", ValueType.UINT)
          .keyField("a", "k")
          .build();

  private static final String DICT_MAP =
      """
      dict_map shared/x/$k {
        sql_table = t
        value_field v {
          type = uint
        }
        key_field a {
          value = $k
        }
      }
      """;

  private static DictConfig readResource(String name) throws IOException, URISyntaxException {
    Path file = Path.of(MainConfigTest.class.getResource(name).toURI());
    return DictConfig.read(TestFiles.withoutOthers(file));
  }

  private static DictConfig parse(String text) {
    return DictConfig.parse(
        text, "dovecot.conf", name -> name.equals("SECRET") ? "from the environment" : null);
  }

  /** The only dict of a configuration about which there is nothing to say. */
  private static DictDefinition only(String text) {
    DictConfig config = parse(text);
    assertThat(config.warnings()).isEmpty();
    assertThat(config.format()).isEqualTo(ConfigFormat.DOVECOT_2_4);
    return config.onlyDict();
  }

  /** A dict with a map, and lines more. */
  private static DictDefinition dict(String lines) {
    return only(
        "dict_server {\ndict d {\ndriver = sql\nsql_driver = mysql\n"
            + DICT_MAP
            + lines
            + "\n}\n}");
  }

  private static Map<String, String> server(DictDefinition dict) {
    assertThat(dict.requireConnect().servers()).hasSize(1);
    return settings(dict.requireConnect().servers().get(0));
  }

  private static Map<String, String> settings(DatabaseServer server) {
    return server.names().stream()
        .collect(Collectors.toMap(name -> name, name -> server.get(name).orElseThrow()));
  }

  @Test
  void readsTheDictsOfTheTutorial() throws Exception {
    DictConfig config = readResource("files/dovecot-2.4.conf");
    DictConfig lastLogin = readResource("files/last-login.conf");
    DictConfig extra = readResource("files/extra-maps.conf");

    DictDefinition dict = config.dict("lastlogin");
    assertThat(config.warnings()).isEmpty();
    assertThat(config.format()).isEqualTo(ConfigFormat.DOVECOT_2_4);
    assertThat(dict.driver()).contains(SqlDriver.MYSQL);
    assertThat(server(dict))
        .isEqualTo(
            Map.of(
                "host", "127.0.0.1",
                "port", "3306",
                "user", "vmailadmin",
                "password", "my_secret_password",
                "dbname", "vmail"));
    assertThat(dict.maps().asList().subList(0, 3))
        .isEqualTo(
            lastLogin.maps().asList().stream()
                .filter(map -> !map.pattern().toString().contains("/lda/"))
                .toList());
    assertThat(dict.maps().asList().subList(3, 7)).isEqualTo(extra.maps().asList().subList(0, 4));
    assertThat(dict.maps().asList().subList(7, 8))
        .containsExactly(
            DictMap.builder("shared/blob/$id", "blobs")
                .valueField("v", ValueType.HEXBLOB)
                .keyField("id", "id", ValueType.HEXBLOB)
                .build());
    assertThat(config.toString()).doesNotContain("my_secret");
    assertThat(config.lastLogin())
        .contains(
            new LastLoginSettings(
                Optional.of("lastlogin"),
                Optional.of("/run/lastlogin/dict"),
                Optional.of("last-login/%{protocol}/%{user}/%{user | domain}"),
                Optional.empty()));
  }

  @Test
  void readsPastWhatDoesNotConcernDicts() throws Exception {
    DictConfig config = readResource("files/dovecot-complete.conf");

    assertThat(config.warnings()).isEmpty();
    assertThat(config.dicts()).extracting(dict -> dict.name().get()).containsExactly("lastlogin");
    assertThat(config.dict("lastlogin").maps().asList()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        dict_map shared/x/$k {
          sql_table = t
          value_field v {
            type = uint
          }
          key_field a {
            value = $k
          }
        }
        """,
        """
        dict_map "shared/x/$k" {
          dict_map_sql_table = "t"
          dict_map_value_field v {
            dict_map_value_field_type = 'uint'
          }
          dict_map_key_field "a" {
            dict_map_key_field_value = "$k"
          }
        }
        """,
        """
        map shared/x/$k {
          value_field_type = uint
          sql_table = t
          value_field v {
          }
          dict_map_key_field_value = $k
          key_field a {
          }
        }
        """,
        """
        dict_map_sql_table = t
        dict_map_value_field v {
          type = uint
        }
        dict_map shared/x/$k {
          key_field a {
            value = $k
          }
        }
        """,
        """
        dict_map x {
          pattern = shared/x/$k
          sql_table = t
          value_field y {
            name = v
            type = uint
          }
          key_field z {
            name = a
            value = $k
          }
        }
        """,
        """
        dict_map shared/x/$k {
          "sql_table" = t # comment
          value_field v { # comment
            type \\
              = \\
              uint
          }
          key_field a {
            value=$k
          }
        }
        """,
      })
  void namesMayBeLongOrShortOrQuoted(String map) {
    assertThat(only("dict_server {\ndict sql {\nsql_driver = sqlite\n" + map + "\n}\n}").maps())
        .containsExactly(MAP);
  }

  @Test
  void typesAndFields() {
    DictDefinition dict =
        only(
            """
            dict sql {
              sql_driver = pgsql
              dict_map priv/$a/$b/$c/$d/$e/$f {
                sql_table = t
                username_field = u
                expire_field = x
                value_field v1 {
                }
                value_field v2 {
                  type = double
                }
                key_field a {
                  value = $a
                }
                key_field b {
                  value = $b
                  type = int
                }
                key_field c {
                  value = $c
                  type = uint
                }
                key_field d {
                  value = $d
                  type = double
                }
                key_field e {
                  value = $e
                  type = hexblob
                }
                key_field f {
                  value = $f
                  type = uuid
                }
              }
            }
            """);

    assertThat(dict.name()).contains("sql");
    assertThat(dict.driver()).contains(SqlDriver.PGSQL);
    assertThat(dict.connect()).isEmpty();
    assertThat(dict.maps())
        .containsExactly(
            DictMap.builder("priv/$a/$b/$c/$d/$e/$f", "t")
                .usernameField("u")
                .expireField("x")
                .valueField("v1", ValueType.STRING)
                .valueField("v2", ValueType.DOUBLE)
                .keyField("a", "a")
                .keyField("b", "b", ValueType.INT)
                .keyField("c", "c", ValueType.UINT)
                .keyField("d", "d", ValueType.DOUBLE)
                .keyField("e", "e", ValueType.HEXBLOB)
                .keyField("f", "f", ValueType.UUID)
                .build());
  }

  @Test
  void settingsAndBlocksComeFromOuterBlocksUnlessInnerOnesSayOtherwise() {
    DictConfig config =
        parse(
            """
            sql_driver = mysql
            mysql_user = outer
            mysql_dbname = outer
            mysql a {
              port = 1
            }
            dict_map_sql_table = t
            dict_server {
              dict_driver = sql
              mysql_user = middle
              dict one {
              }
              dict two {
                sql_driver = pgsql
                pgsql b {
                }
              }
              dict three {
                mysql a {
                  port = 3
                }
                mysql c {
                  dbname = inner
                }
              }
              %s
            }
            """
                .formatted(DICT_MAP));

    assertThat(config.dicts())
        .extracting(d -> d.name().get())
        .containsExactly("one", "two", "three");
    assertThat(config.dicts()).allSatisfy(d -> assertThat(d.maps()).containsExactly(MAP));
    assertThat(server(config.dict("one")))
        .isEqualTo(Map.of("host", "a", "port", "1", "user", "middle", "dbname", "outer"));
    assertThat(server(config.dict("two"))).isEqualTo(Map.of("host", "b"));
    assertThat(config.dict("three").requireConnect().servers())
        .map(MainConfigTest::settings)
        .containsExactly(
            Map.of("host", "a", "port", "3", "user", "middle", "dbname", "outer"),
            Map.of("host", "c", "user", "middle", "dbname", "inner"));
  }

  @Test
  void severalBlocksAreServersThatStandInForEachOther() {
    assertThat(
            dict("mysql one {\n}\nmysql x {\nhost = /run/two\n}\nmysql \"three\" {\n}")
                .requireConnect()
                .servers())
        .map(server -> server.get("host").get())
        .containsExactly("one", "/run/two", "three");
  }

  @Test
  void mysqlSettingsHaveTheNamesOfConnect() {
    assertThat(
            server(
                dict(
                    """
                    mysql h {
                      user = u
                      password = "p # w"
                      connect_timeout = 30s
                      read_timeout = 2 mins
                      write_timeout = 5000 msecs
                      option_file = /etc/my.cnf
                      option_group = g
                      client_flags = 1
                      connection_limit = 3
                      ssl = no
                    }
                    """)))
        .isEqualTo(
            Map.ofEntries(
                Map.entry("host", "h"),
                Map.entry("user", "u"),
                Map.entry("password", "p # w"),
                Map.entry("connect_timeout", "30"),
                Map.entry("read_timeout", "120"),
                Map.entry("write_timeout", "5"),
                Map.entry("option_file", "/etc/my.cnf"),
                Map.entry("option_group", "g"),
                Map.entry("client_flags", "1"),
                Map.entry("maxconns", "3")));
  }

  @Test
  void mysqlTakesTheTlsSettingsOfClients() {
    assertThat(server(dict("mysql h {\nssl = yes\n}")))
        .isEqualTo(Map.of("host", "h", "ssl", "yes"));
    assertThat(
            server(
                dict(
                    """
                    ssl_client {
                      ca_file = /ca
                      require_valid_cert = no
                      ssl_cipher_list = HIGH
                    }
                    ssl_client_ca_dir = /dir
                    mysql h {
                      mysql_ssl = yes
                      ssl_client_cert_file = /cert
                      ssl_client_key_file = /key
                    }
                    """)))
        .isEqualTo(
            Map.of(
                "host", "h",
                "ssl", "yes",
                "ssl_ca", "/ca",
                "ssl_ca_path", "/dir",
                "ssl_cert", "/cert",
                "ssl_key", "/key",
                "ssl_cipher", "HIGH",
                "ssl_verify_server_cert", "no"));
  }

  @ParameterizedTest
  @CsvSource({
    "ssl_client_ca_file = /ca,ssl_ca,/ca",
    "ssl_client_cert_file = /cert,ssl_cert,/cert",
    "ssl_client_require_valid_cert = no,ssl_verify_server_cert,no",
    "ssl_client_require_valid_cert = yes,ssl_verify_server_cert,yes",
  })
  void mysqlUsesTlsWhateverElseIsSet(String setting, String name, String value) {
    assertThat(server(dict("mysql h {\nssl = yes\n" + setting + "\n}")))
        .isEqualTo(Map.of("host", "h", "ssl", "yes", name, value));
  }

  @Test
  void pgsqlHasParametersOfItsOwn() {
    DictDefinition dict =
        only(
            """
            dict sql {
              sql_driver = pgsql
              pgsql_parameters {
                dbname = d
                sslmode = require
              }
              pgsql h {
                connection_limit = 2
                parameters {
                  user = u
                  dbname = "inner"
                }
              }
            }
            """);

    assertThat(server(dict))
        .isEqualTo(
            Map.of(
                "host", "h",
                "user", "u",
                "dbname", "inner",
                "sslmode", "require",
                "maxconns", "2"));
  }

  @Test
  void sqliteHasAPath() {
    Map<String, String> expected =
        Map.of("path", "/var/x.db", "journal_mode", "wal", "readonly", "yes");

    assertThat(
            server(
                only(
                    "dict sql {\nsql_driver = sqlite\nsqlite {\npath = /var/x.db\njournal_mode = wal\n"
                        + "readonly = yes\n}\n}")))
        .isEqualTo(expected);
    assertThat(
            server(
                only(
                    "sqlite_path = /var/x.db\nsqlite_journal_mode = wal\ndict sql {\n"
                        + "sql_driver = sqlite\nsqlite_readonly = yes\n}")))
        .isEqualTo(expected);
  }

  @Test
  void dictsOfOtherDriversArePassedOver() {
    DictConfig config =
        parse(
            """
            dict_server {
              dict proxy {
                name = other
                colour = green
              }
              dict quota {
                driver = redis
                redis_host = 127.0.0.1
              }
              dict acl {
                driver = file
                path = /x
              }
            }
            dict fs {
              fs posix {
                prefix = /x
              }
            }
            """);

    assertThat(config.dicts()).isEmpty();
    assertThat(config.warnings()).isEmpty();
    assertThatThrownBy(config::onlyDict).hasMessageContaining("Expected one SQL dict");
  }

  @Test
  void dictsStandInOtherBlocks() {
    DictDefinition dict =
        only(
            "protocol imap {\nlast_login {\ndict sql {\nsql_driver = mysql\n"
                + DICT_MAP
                + "}\n}\n}");

    assertThat(dict.name()).contains("sql");
    assertThat(dict.maps()).containsExactly(MAP);
  }

  @Test
  void nameOfADictMayBeOverridden() {
    assertThat(dict("name = other").name()).contains("other");
  }

  @Test
  void blocksOfOneNameAreOne() {
    DictConfig config =
        parse(
            "dict a {\ndriver = sql\n"
                + DICT_MAP
                + "}\ndict a {\nsql_driver = mysql\nmysql h {\nuser = u\n}\n}");

    assertThat(config.onlyDict().maps()).containsExactly(MAP);
    assertThat(server(config.onlyDict())).containsEntry("user", "u");
    assertThat(config.warnings())
        .extracting(Diagnostic::message)
        .containsExactly("This dict has the name of another, and both together are one");
  }

  @Test
  void groupsAreDefaultsForWhatIncludesThem() {
    DictDefinition dict =
        only(
            """
            dict sql {
              @tables = here
              @servers = main
              sql_driver = mysql
            }
            group @servers main {
              mysql_dbname = group
              mysql a {
                user = u
              }
            }
            group @servers other {
              mysql b {
              }
            }
            group @tables here {
            %s
            }
            """
                .formatted(DICT_MAP));

    assertThat(dict.maps()).containsExactly(MAP);
    assertThat(server(dict)).isEqualTo(Map.of("host", "a", "user", "u", "dbname", "group"));
  }

  @Test
  void variablesAreWholeWordsWithoutQuotes() {
    assertThat(
            server(
                only(
                    """
                    my_setting = from above
                    dict sql {
                      sql_driver = mysql
                      mysql_user = first
                      mysql_user = $SET:mysql_user  second
                      mysql h {
                        password = $ENV:SECRET
                        dbname = "$ENV:SECRET"
                        option_file = x$ENV:SECRET
                        option_group = <%{env:SECRET}>
                        client_flags = $SET:my_setting
                      }
                    }
                    """
                        .replace("<%", "a%")
                        .replace("}>", "}b"))))
        .isEqualTo(
            Map.of(
                "host", "h",
                "user", "first second",
                "password", "from the environment",
                "dbname", "$ENV:SECRET",
                "option_file", "x$ENV:SECRET",
                "option_group", "afrom the environmentb",
                "client_flags", "from above"));
  }

  @Test
  void valuesKeepWhatTheirQuotesHold() {
    assertThat(server(dict("mysql h {\nuser = 'a\"b'\ndbname = \"a\\\"b\\\\c\\d\"\n}")))
        .isEqualTo(Map.of("host", "h", "user", "a\"b", "dbname", "a\"b\\cd"));
    assertThat(server(dict("mysql h {\nuser = \"a\" \"b\"\n}"))).containsEntry("user", "a\" \"b");
  }
}
