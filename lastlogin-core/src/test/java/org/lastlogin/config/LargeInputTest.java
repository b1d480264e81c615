package org.lastlogin.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lastlogin.config.source.Diagnostics;
import org.lastlogin.config.source.Visible;

/**
 * Reads inputs of 1 MiB that would take long, or exhaust the stack or the heap, if anything took
 * more than a fixed time for each character. How long each takes stands in docs/diagnostics.md;
 * {@code -Dlastlogin.show.times=true} prints it.
 */
@Tag("slow")
class LargeInputTest {
  private static final int SIZE = 1 << 20;

  private static final String MAP = "map {\npattern = shared/x/$a\ntable = t\nvalue_field = v\n";

  static Stream<Arguments> inputs() {
    return Stream.concat(
        Stream.of(
                "{",
                "}",
                "$",
                "\"",
                "'",
                "\\",
                ",",
                "=",
                "#",
                "\r",
                "\t",
                ":",
                " ",
                "a",
                "\u001b",
                "\uD83D\uDE00",
                "{\n",
                "}\n",
                "map {\n",
                "x\n",
                "x = y\n",
                "= x\n",
                "\\\n",
                "\\ ",
                "\\ \n# x\n",
                "\r\n",
                "map {\n}\n",
                "map {\nfields {\n}\n}\n",
                "connect = a=b\n",
                "password=",
                "password=\" \\",
                "pass \" ",
                "://a",
                "!x\n",
                "\"\n",
                "{{",
                "$ENV:X ")
            .map(part -> Arguments.of(part, fill("", part))),
        Stream.of(
            value("connect = ", "host=a "),
            value("connect = ", "a=b "),
            value("connect = ", "=\" "),
            value("connect = ", "{{ "),
            value("connect = password='", "\\'"),
            value("map {\npattern = shared/", "$a/"),
            value("map {\npattern = shared/x\ntable = ", "{{a"),
            value("map {\npattern = shared/x\ntable = t\nvalue_field = ", "v,"),
            value(MAP + "value_type = ", "uint,"),
            value(MAP + "fields {\n", "zz = $zz\n"),
            value(MAP.replace("$a", "$" + "ab/$".repeat(200) + "a") + "fields {\n", "zz = $zz\n"),
            numbered(MAP + "fields {\n", i -> "c" + i + " = $a" + i + "\n"),
            numbered("", i -> MAP.replace("$a", "" + i) + "}\n"),
            numbered("", i -> MAP.replace("$a", "$a/" + i) + "fields {\na = $a\n}\n}\n"),
            numbered(
                "", i -> MAP.replace("t\n", "t" + i + "\n") + "fields {\na" + i + " = $a\n}\n}\n"),
            numbered("connect = ", i -> "a" + i + "=b "),
            numbered("", i -> "s" + i + " = v\n")));
  }

  private static final String DICT =
      "dict_server {\ndict a {\ndriver = sql\nsql_driver = sqlite\nsqlite_path = x\n";

  private static final String BODY = "sql_table = t\nvalue_field v {\n}\n";

  private static final String BLOCK = "dict_map shared/x {\n" + BODY + "}\n";

  static Stream<Arguments> inputsOfMainConfigurations() {
    return Stream.of(
            Stream.of(
                    "x\n",
                    "x = y\n",
                    "x {\n}\n",
                    "x {\n",
                    "{\n",
                    "}\n",
                    "dict a {\n",
                    "dict a {\n}\n",
                    "dict_map x {\n}\n",
                    "mysql h {\n}\n",
                    "group @a b {\n}\n",
                    "@a = b\n",
                    "x \\\n",
                    "# x\n",
                    "\"",
                    "a = '",
                    " ",
                    "=",
                    "{")
                .map(part -> fill("dict_server {\n", part)),
            Stream.of(
                    BLOCK,
                    "sqlite_path = y\n",
                    "sqlite_path = $SET:sqlite_path x\n",
                    "sql_driver = sqlite {\n")
                .map(part -> fill(DICT, part)),
            Stream.of("$SET:b ", "$ENV:X ", "%{env:X}", "%{", "%%{", "<", "\\", "x ")
                .map(part -> fill(DICT + "sqlite_path = $", part)),
            Stream.<IntFunction<String>>of(
                    i -> "dict_map shared/" + i + " {\n" + BODY + "}\n",
                    i -> "dict_map shared/" + i + "/$a {\n" + BODY + "}\n",
                    i -> "sqlite {\nx" + i + " = y\n}\n",
                    i -> "mysql h" + i + " {\nport = y\n}\n",
                    i -> "@g" + i + " = a\n",
                    i -> "value_field v" + i + " {\n}\n")
                .map(part -> numbers(DICT, part)),
            Stream.<IntFunction<String>>of(
                    i -> "value_field v" + i + " {\ntype = x\n}\n",
                    i -> "key_field k" + i + " {\nvalue = $k" + i + "\n}\n")
                .map(part -> numbers(DICT + "dict_map shared/x {\n" + BODY, part)),
            Stream.<IntFunction<String>>of(
                    i -> "dict d" + i + " {\ndriver = sql\nsql_driver = sqlite\n" + BLOCK + "}\n",
                    i -> "group @g n" + i + " {\nsql_table = t\n@g = n" + (i + 1) + "\n}\n",
                    i -> "mysql h" + i + " {\n}\ndict d" + i + " {\nsql_driver = mysql\n}\n",
                    i -> "dict_map shared/" + i + " {\n" + BODY + "}\n" + dict(i),
                    i -> "a" + (i + 1) + " = $SET:a" + i + "\n")
                .map(part -> numbers("dict_server {\n", part)))
        .flatMap(texts -> texts)
        .map(text -> Arguments.of(text.substring(0, 160), text));
  }

  private static String dict(int i) {
    return "dict d" + i + " {\ndriver = sql\nsql_driver = sqlite\n}\n";
  }

  private static String numbers(String start, IntFunction<String> part) {
    return start + numbers((SIZE - start.length()) / part.apply(9999).length(), part);
  }

  private static String numbers(int count, IntFunction<String> part) {
    return IntStream.range(0, count).mapToObj(part).collect(Collectors.joining());
  }

  private static Arguments value(String start, String part) {
    return Arguments.of(start.lines().reduce("", (a, b) -> b) + part, fill(start, part));
  }

  private static Arguments numbered(String start, IntFunction<String> part) {
    return Arguments.of(start + part.apply(1), numbers(start, part));
  }

  private static String fill(String start, String part) {
    return start + part.repeat((SIZE - start.length()) / part.length());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"inputs", "inputsOfMainConfigurations"})
  void isReadOrRejected(String name, String text) {
    long start = System.nanoTime();
    List<Diagnostic> said = said(text);
    String rendered = said.stream().map(Diagnostic::render).collect(Collectors.joining("\n"));

    assertThat(said).hasSizeLessThanOrEqualTo(2 * Diagnostics.MAX_SHOWN + 2);
    assertThat(rendered.length()).isLessThan(1 << 18);
    if (Boolean.getBoolean("lastlogin.show.times")) {
      System.out.printf(
          "TIME %5d ms %s%n", (System.nanoTime() - start) / 1_000_000, Visible.line(name));
    }
  }

  private static List<Diagnostic> said(String text) {
    try {
      return DictConfig.parse(text, "large.conf", name -> null).warnings();
    } catch (ConfigException e) {
      return Stream.concat(e.diagnostics().stream(), e.warnings().stream()).toList();
    }
  }

  @Test
  void onlyTheFirstMistakesAreShown() {
    List<Diagnostic> said = said("x\n".repeat(Diagnostics.MAX_SHOWN + 2));

    assertThat(said).hasSize(Diagnostics.MAX_SHOWN + 1);
    assertThat(said.get(Diagnostics.MAX_SHOWN).render())
        .isEqualTo("large.conf: error: There are 2 more errors, which are not shown");
  }

  @Test
  void mapsAroundDictsAreLimited() {
    String maps = numbers(300, i -> "dict_map shared/" + i + " {\n" + BODY + "}\n");

    assertThat(said("dict_server {\n" + maps + numbers(60, LargeInputTest::dict) + "}\n"))
        .isEmpty();
    assertThat(said("dict_server {\n" + maps + numbers(80, LargeInputTest::dict) + "}\n"))
        .singleElement()
        .satisfies(
            said ->
                assertThat(said.message())
                    .isEqualTo(
                        "The dicts share more than 20000 maps and servers; the rest is not read"));
  }

  @Test
  void ofManyColumnsThereIsOneMessage() {
    assertThat(
            said(
                "map {\npattern = shared/x\ntable = t\nvalue_field = v" + ",".repeat(5000) + "\n}"))
        .singleElement()
        .satisfies(said -> assertThat(said.message()).startsWith("Expected no more than 5000"));
  }
}
