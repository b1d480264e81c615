package org.lastlogin.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds what is written to golden files: beside each {@code NAME.conf} in the resource directory
 * {@code written} stands what it is in each format. With {@code -Dlastlogin.rewrite.expected=true}
 * the golden files are written instead: read what changed before you commit it.
 */
class ConfigWriterTest {
  /** A comment in a file whose values hold the sign only where they stand in quotes. */
  private static final Pattern COMMENT =
      Pattern.compile("(?m)^[^#\"\\n]*+(?:\"(?:\\\\.|[^\"\\\\])*+\"[^#\"\\n]*+)*+(#.*)$");

  static Stream<Path> files() throws IOException, URISyntaxException {
    Path directory = Path.of(ConfigWriterTest.class.getResource("written").toURI());
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".conf")).sorted().toList().stream();
    }
  }

  private static DictConfig read(Path file) {
    SqlDriver driver =
        SqlDriver.ofConfigName(file.getFileName().toString().replace(".conf", ""))
            .orElse(SqlDriver.MYSQL);
    DictConfig config = DictConfig.read(file);
    return config.onlyDict().name().isPresent() ? config : config.named("lastlogin", driver);
  }

  private static ConfigWriter.Output written(Path file, ConfigFormat format) {
    return ConfigWriter.write(read(file), format).get(0);
  }

  @ParameterizedTest
  @MethodSource("files")
  void writesWhatItShould(Path file) throws IOException {
    for (ConfigFormat format : ConfigFormat.values()) {
      String name = file.getFileName().toString().replace(".conf", "-" + format.version());
      String text = shown(file, format);
      if (Boolean.getBoolean("lastlogin.rewrite.expected")) {
        Files.writeString(Path.of("src/test/resources/org/lastlogin/config/written", name), text);
      } else {
        assertThat(text).isEqualTo(Files.readString(file.resolveSibling(name)));
      }
    }
  }

  /** The text with the warnings behind it, or why there is none. */
  private static String shown(Path file, ConfigFormat format) {
    try {
      ConfigWriter.Output output = written(file, format);
      StringBuilder text = new StringBuilder(output.text());
      for (Diagnostic warning : output.warnings()) {
        text.append("\n").append(warning.render().replace(file.getParent() + "/", "")).append("\n");
      }
      return text.toString();
    } catch (ConfigException e) {
      return e.getMessage().replace(file.getParent() + "/", "") + "\n";
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void keepsEveryCommentOnceAndInOrder(Path file) throws IOException {
    List<String> comments = comments(Files.readString(file));
    comments.removeIf(comment -> comment.contains("Of no concern"));
    for (ConfigFormat format : ConfigFormat.values()) {
      if (format == ConfigFormat.DOVECOT_2_3 && file.endsWith("mysql.conf")) {
        continue; // It cannot be written so.
      }
      String introduction = "(?s)\\A# For Dovecot 2.3.*?\n\n";
      List<String> kept = comments(written(file, format).text().replaceFirst(introduction, ""));
      kept.removeIf(comment -> comment.contains("is left out"));
      assertThat(kept).as(format.version()).isEqualTo(comments);
    }
  }

  private static List<String> comments(String text) {
    List<String> comments = new ArrayList<>();
    Matcher matcher = COMMENT.matcher(text);
    while (matcher.find()) {
      comments.add(matcher.group(1).stripTrailing());
    }
    return comments;
  }

  @Test
  void writesTheMapsOfTheTutorialAsDovecot24HasThem() throws Exception {
    Path tutorial = Path.of(ConfigWriterTest.class.getResource("files/last-login.conf").toURI());

    assertThat(ConfigWriter.write(read(tutorial).onlyDict(), ConfigFormat.DOVECOT_2_4))
        .contains(
            """
                dict_map shared/last-login/pop3/$user/$domain {
                  sql_table = last_login
                  value_field pop3 {
                    type = uint
                  }
                  key_field username {
                    value = $user
                  }
                  key_field domain {
                    value = $domain
                  }
                }
            """);
  }

  @Test
  void commentsOfIncludedFilesAreKept(@TempDir Path directory) throws IOException {
    Files.writeString(directory.resolve("only-comments.inc"), "# one\n\n# two\n");
    Files.writeString(directory.resolve("fields.inc"), "# three\na = $a # four\n# five\n");
    Path main =
        Files.writeString(
            directory.resolve("main.conf"),
            """
            !include only-comments.inc
            map {
              pattern = shared/$a
              table = t
              value_field = v
              fields {
                !include fields.inc
              }
            }
            """);

    assertThat(comments(written(main, ConfigFormat.DOVECOT_2_4).text()))
        .containsExactlyInAnyOrder("# one", "# two", "# three", "# four", "# five");
  }

  @Test
  void outputDoesNotShowPasswords() throws Exception {
    Path tutorial = Path.of(ConfigWriterTest.class.getResource("files/last-login.conf").toURI());

    assertThat(written(tutorial, ConfigFormat.DOVECOT_2_4).toString()).doesNotContain("secret");
  }
}
