package org.lastlogin.dictd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Output and exit status of {@code lastlogin-dictd check}. */
class CheckCommandTest {
  private static final Path DOCUMENTATION = Path.of("../../docs/check.md");
  private static final Pattern BLOCK = Pattern.compile("```(\\w*)\n(.*?)```", Pattern.DOTALL);
  private static final String CLEAN = "host=127.0.0.1 dbname=vmail user=u password=top-secret";
  private static final String DUPLICATE_PORT = "host=127.0.0.1 port=1 port=2 password=top-secret";

  @TempDir Path directory;

  private String file(String name, String text) throws IOException {
    return DictFiles.write(directory.resolve(name), text).toString();
  }

  /** Runs the command, and removes the directory from its output. */
  private Ran check(String... arguments) {
    List<String> all = new ArrayList<>(List.of("check"));
    all.addAll(List.of(arguments));
    Ran ran = Ran.with(all.toArray(String[]::new));
    return new Ran(ran.status(), ran.out().replace(directory + "/", ""), ran.err());
  }

  @Test
  void reportsAFileWithoutErrorsInOneLine() throws Exception {
    Ran ran = check(file("a.conf", DictFiles.tutorialMaps(CLEAN)));

    assertThat(ran).isEqualTo(new Ran(ExitStatus.OK, "a.conf: 4 maps: no errors\n", ""));
  }

  @Test
  void warningsAloneHaveAStatusOfTheirOwn() throws Exception {
    Ran ran = check(file("a.conf", DictFiles.tutorialMaps(DUPLICATE_PORT)));

    assertThat(ran.status()).isEqualTo(ExitStatus.WARNINGS);
    assertThat(ran.out())
        .startsWith("a.conf:3:33: warning: ")
        .endsWith("\n\n1 warning in 1 file\n")
        .contains("password=**********");
  }

  @Test
  void readsAllFilesAndReportsErrorsFirst() throws Exception {
    Ran ran =
        check(
            file("a.conf", "connect = " + DUPLICATE_PORT + "\nmap {\n  patern = shared/$a\n}\n"),
            directory.resolve("missing.conf").toString(),
            file("b.conf", DictFiles.tutorialMaps(CLEAN)));

    assertThat(ran.status()).isEqualTo(ExitStatus.CONFIG);
    assertThat(ran.err()).isEmpty();
    assertThat(ran.out().lines().filter(line -> line.contains(".conf")))
        .satisfiesExactly(
            line -> assertThat(line).startsWith("a.conf:3:3: error: Unknown setting: patern"),
            line -> assertThat(line).startsWith("a.conf:4:1: error: "),
            line -> assertThat(line).startsWith("a.conf:4:1: error: "),
            line -> assertThat(line).startsWith("a.conf:1:33: warning: "),
            line ->
                assertThat(line)
                    .isEqualTo("missing.conf: error: Cannot read this file: There is no such file"),
            line -> assertThat(line).isEqualTo("b.conf: 4 maps: no errors"));
    assertThat(ran.out())
        .endsWith("\n\nb.conf: 4 maps: no errors\n4 errors, 1 warning in 3 files\n");
  }

  @Test
  void aDictThatCannotBeServedIsAnError() throws Exception {
    String maps = DictFiles.tutorialMaps(CLEAN);
    String oddTable = maps.replaceFirst("(?s)(.*)table = last_login", "$1table = a.b.c");
    String oddColumns = maps.replaceFirst("domain = \\$domain", "do/main = \\$domain");

    Ran ran =
        check(
            file("odd.conf", oddTable),
            file("columns.conf", oddColumns),
            file("no-connect.conf", maps.replaceFirst("(?m)^connect.*$", "")),
            file("empty.conf", "connect = " + CLEAN + "\n"));

    assertThat(ran.status()).isEqualTo(ExitStatus.CONFIG);
    assertThat(ran.out().lines().filter(line -> line.contains(": error: ")))
        .containsExactly(
            "odd.conf:47:11: error: Not the name of a table: \"a.b.c\" (letters, digits, _, $ and -; at most 64 of them)",
            "columns.conf:14:5: error: Not the name of a column: \"do/main\" (letters, digits, _, $ and -; at most 64 of them)",
            "no-connect.conf: error: There is no `connect` setting, so there is no database to connect to",
            "empty.conf: error: There are no maps in it, so there is nothing to serve");
  }

  /** The dicts share a database server, so an error of the server is reported once. */
  @Test
  void reportsOnceWhatDictsHaveInCommon() throws Exception {
    String text =
        """
        dovecot_config_version = 2.4.1
        mysql db {
          dbname = a?b
        }
        dict_server {
          dict a {
            driver = sql
            sql_driver = mysql
            dict_map shared/a {
              sql_table = t
              value_field v {
              }
            }
          }
          dict b {
            driver = sql
            sql_driver = mysql
            dict_map shared/b {
              sql_table = t
              value_field v {
              }
            }
          }
        }
        """;

    Ran ran = check(file("dovecot.conf", text));

    assertThat(ran.out()).containsOnlyOnce(": error: ").endsWith("\n1 error in 1 file\n");
  }

  @Test
  void passwordsAreNotShown() throws Exception {
    for (String connect :
        List.of(CLEAN, DUPLICATE_PORT, CLEAN + " \"", CLEAN + " nonsense", "\"" + CLEAN)) {
      String file = file("a.conf", "connect = " + connect + "\nmap {\n}\n");
      assertThat(check(file).out()).contains("error").doesNotContain("secret");
      assertThat(check("--json", file).out()).contains("error").doesNotContain("secret");
    }
  }

  @Test
  void jsonIsWhatTheDocumentationShows() throws Exception {
    List<String> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(Files.readString(DOCUMENTATION));
    while (matcher.find()) {
      blocks.add(matcher.group(2));
    }
    String file = file("dovecot-last-login.conf", blocks.get(1));

    assertThat(check(file).out()).isEqualTo(blocks.get(2));
    Ran ran = check("--json", file);
    assertThat(ran.out()).isEqualTo(blocks.get(3));
    assertThat(ran.status()).isEqualTo(ExitStatus.CONFIG);
  }

  @Test
  void jsonOfACleanFileSaysWhatIsInIt() throws Exception {
    Ran ran = check("--json", file("a.conf", DictFiles.tutorialMaps(CLEAN)));

    assertThat(ran.status()).isEqualTo(ExitStatus.OK);
    assertThat(ran.out())
        .isEqualTo(
            """
            {
              "files" : [
                {
                  "file" : "a.conf",
                  "format" : "2.3",
                  "dicts" : [
                    {
                      "name" : null,
                      "driver" : null,
                      "maps" : 4
                    }
                  ],
                  "diagnostics" : [ ]
                }
              ],
              "errors" : 0,
              "warnings" : 0
            }
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\"", "\\", "\u0001", "\u007f", "\t", "ä", "€", "𝄞", "\u2028", "</script>"})
  void jsonHoldsAnyCharacter(String character) throws Exception {
    String line = "zzz" + character + "zzz = 1";

    String json = check("--json", file("a.conf", line)).out();

    assertThat(values(json, "source")).isNotEmpty().allMatch(source -> source.startsWith("zzz"));
    assertThat(values(json, "file")).containsOnly("a.conf");
    assertThat(json.replace("\n", "").chars()).allMatch(c -> c >= ' ');
    if (Character.isLetter(character.codePointAt(0))) {
      assertThat(json).contains(character);
    }
  }

  /** Returns the texts of a field, parsed as JSON. */
  private static List<String> values(String json, String field) throws IOException {
    List<String> values = new ArrayList<>();
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      while (parser.nextToken() != null) {
        if (parser.currentToken() == JsonToken.VALUE_STRING && field.equals(parser.currentName())) {
          values.add(parser.getText());
        }
      }
    }
    return values;
  }

  @Test
  void saysHowItIsUsed() {
    assertThat(check("--help"))
        .extracting(Ran::status, Ran::err)
        .containsExactly(ExitStatus.OK, "");
    assertThat(check("--help").out())
        .startsWith("Usage: lastlogin-dictd check [-hV] [--json] FILE...\n")
        .contains("  78   there are errors, or a file cannot be read");
    assertThat(check())
        .isEqualTo(
            new Ran(
                ExitStatus.USAGE,
                "",
                "lastlogin-dictd check: Missing required parameter: 'FILE' (try --help)\n"));
    assertThat(Ran.with("--verbose", "check", "a.conf"))
        .isEqualTo(
            new Ran(
                ExitStatus.USAGE,
                "",
                "lastlogin-dictd check: options come after the command, and it has no option --verbose (try --help)\n"));
    assertThat(Ran.with("--help").out()).contains("check").contains("[COMMAND]");
  }
}
