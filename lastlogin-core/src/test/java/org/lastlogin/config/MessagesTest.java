package org.lastlogin.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Makes sure that there is a test for each message. The sources are searched for what is said to be
 * an error or a warning; the first literal of each must occur in a golden file, or in a test.
 */
class MessagesTest {
  private static final Path MAIN = Path.of("src/main/java/org/lastlogin/config");
  private static final Path TESTS = Path.of("src/test");

  /** Whoever runs the tests may be allowed to list any directory. */
  private static final List<String> UNTESTABLE = List.of("Cannot list");

  /** A call, up to the first literal that begins as a message does. */
  private static final Pattern CALL =
      Pattern.compile(
          "diagnostics\\s*\\.(?:error|warning)\\((?:(?!;\\n)[\\s\\S])*?\"([A-Z][^\"]++)\"");

  @Test
  void everyMessageIsTested() throws IOException {
    String tested = contents(TESTS, ".expected") + contents(TESTS, "Test.java");

    assertThat(messages()).hasSizeGreaterThan(40);
    assertThat(messages().stream().filter(message -> !tested.contains(message)))
        .containsExactlyElementsOf(UNTESTABLE);
  }

  @Test
  void messagesBeginWithACapitalAndEndWithoutAPeriod() throws IOException {
    assertThat(
            contents(TESTS, ".expected")
                .lines()
                .filter(line -> line.matches(".*:\\d+: (?:error|warning): .*"))
                .filter(line -> !line.matches(".*: (?:error|warning): [A-Z].*[^.]")))
        .isEmpty();
  }

  private static List<String> messages() throws IOException {
    Matcher matcher = CALL.matcher(contents(MAIN, ".java"));
    return matcher
        .results()
        .map(call -> call.group(1).replaceFirst("%.*", "").strip())
        .distinct()
        .toList();
  }

  private static String contents(Path directory, String ending) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(file -> file.toString().endsWith(ending) && !file.endsWith("MessagesTest.java"))
          .sorted()
          .map(MessagesTest::content)
          .collect(Collectors.joining("\n"));
    }
  }

  private static String content(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
