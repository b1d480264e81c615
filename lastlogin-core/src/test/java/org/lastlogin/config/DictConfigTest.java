package org.lastlogin.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lastlogin.config.source.Braces;
import org.lastlogin.config.source.SourceReader;
import org.lastlogin.map.DictMap;
import org.lastlogin.map.KeyField;
import org.lastlogin.map.ValueField;
import org.lastlogin.map.ValueType;

class DictConfigTest {
  @TempDir Path directory;

  private static DictConfig readResource(String name) throws Exception {
    return DictConfig.read(
        TestFiles.withoutOthers(Path.of(DictConfigTest.class.getResource(name).toURI())));
  }

  private static DictMap loginMap(String service, String column) {
    return DictMap.builder("shared/last-login/" + service + "/$user/$domain", "last_login")
        .valueField(column, ValueType.UINT)
        .keyField("username", "user")
        .keyField("domain", "domain")
        .build();
  }

  @Test
  void readsTheMapsOfTheLastLoginPlugin() throws Exception {
    DictConfig config = readResource("files/last-login.conf");

    assertThat(config.maps())
        .containsExactly(
            loginMap("imap", "imap"),
            loginMap("pop3", "pop3"),
            loginMap("lda", "lda"),
            loginMap("lmtp", "lda"));
    assertThat(config.warnings()).isEmpty();
    DatabaseServer server = config.requireConnect().servers().get(0);
    assertThat(server.names()).containsExactly("host", "port", "dbname", "user", "password");
    assertThat(server.get("password")).contains("my_secret_password");
    assertThat(config.toString()).contains("host=127.0.0.1").doesNotContain("my_secret");
  }

  @Test
  void readsWhatElseAMapCanSay() throws Exception {
    DictConfig config = readResource("files/extra-maps.conf");

    assertThat(config.connect()).isEmpty();
    assertThat(config.maps())
        .containsExactly(
            DictMap.builder("priv/quota/storage", "quota")
                .usernameField("username")
                .valueField("bytes", ValueType.UINT)
                .build(),
            DictMap.builder("priv/quota/messages", "quota")
                .usernameField("username")
                .valueField("messages", ValueType.UINT)
                .build(),
            DictMap.builder("shared/pair/$k", "pair")
                .valueField("v1", ValueType.STRING)
                .valueField("v2", ValueType.UINT)
                .keyField("k", "k")
                .build(),
            DictMap.builder("shared/tree/$a/$b", "tree")
                .valueField("v", ValueType.STRING)
                .keyField("a", "a")
                .keyField("b", "b")
                .build(),
            DictMap.builder("shared/blob/${id}", "blobs")
                .valueField("v", ValueType.HEXBLOB)
                .keyField("id", "id", ValueType.HEXBLOB)
                .build());
  }

  @Test
  void variablesHaveTypes() {
    DictMap map =
        onlyMap(
            """
            map {
              pattern = shared/$a/$b/$c/$d/$e
              table = t
              value_field = v
              value_hexblob = yes
              fields {
                a = $a
                b = ${b}
                c = ${int:c}
                d = ${uint:d}
                e = ${hexblob:e}
              }
            }
            """);

    assertThat(map.keyFields())
        .extracting(KeyField::type)
        .containsExactly(
            ValueType.STRING, ValueType.STRING, ValueType.INT, ValueType.UINT, ValueType.HEXBLOB);
    assertThat(map.valueFields()).containsExactly(new ValueField("v", ValueType.HEXBLOB));
  }

  private static DictMap onlyMap(String text) {
    List<DictMap> maps = DictConfig.parse(text, "test.conf").maps().asList();
    assertThat(maps).hasSize(1);
    return maps.get(0);
  }

  private static DatabaseServer connect(String text) {
    return DictConfig.parse(text, "test.conf", name -> name.equals("HOST") ? "host=env" : null)
        .requireConnect()
        .servers()
        .get(0);
  }

  private static String table(String value) {
    return onlyMap("map {\npattern = shared/x\nvalue_field = v\ntable = " + value + "\n}").table();
  }

  @Test
  void anEmptyFileHasNothing() {
    DictConfig config = DictConfig.parse("", "test.conf");

    assertThat(config.maps()).isEmpty();
    assertThat(config.connect()).isEmpty();
  }

  @Test
  void mistakesDoNotHideWhatIsDoubtful() {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> DictConfig.parse("connect = port=1 port=2\nmop {\n}\n", "test.conf"))
        .satisfies(e -> assertThat(e.diagnostics()).extracting(Diagnostic::line).contains(2))
        .satisfies(e -> assertThat(e.warnings()).extracting(Diagnostic::line).containsExactly(1));
  }

  @Test
  void whiteSpaceIsFree() {
    assertThat(onlyMap(" map\t{\n\n\tpattern=shared/x\n  table  =\tt  \n value_field = v , w\n }"))
        .isEqualTo(
            DictMap.builder("shared/x", "t")
                .valueField("v", ValueType.STRING)
                .valueField("w", ValueType.STRING)
                .build());
  }

  @Test
  void sectionMayHaveAName() {
    assertThat(onlyMap("map \"the only\" {\npattern=shared/x\ntable=t\nvalue_field=v\n}").table())
        .isEqualTo("t");
  }

  @Test
  void commentsEndALine() {
    assertThat(table("t # comment")).isEqualTo("t");
    assertThat(table("t# comment")).isEqualTo("t");
    assertThat(table("\"t\" # comment \"")).isEqualTo("t");
    assertThat(table("t # no continuation \\")).isEqualTo("t");
    assertThat(connect("connect = host=a # password=b").names()).containsExactly("host");
  }

  @Test
  void quotesKeepWhatTheyHold() {
    assertThat(table("\"a#b\"")).isEqualTo("a#b");
    assertThat(table("'a\"b'")).isEqualTo("a\"b");
    assertThat(table("\"a\\\"b\\\\c\\d\"")).isEqualTo("a\"b\\cd");
    assertThat(table("it's")).isEqualTo("it's");
    assertThat(table("'$ENV:X'")).isEqualTo("$ENV:X");
  }

  @Test
  void backslashContinuesALine() {
    assertThat(connect("connect = host=a \\\n  user=b \\  \n port=1").names())
        .containsExactly("host", "user", "port");
    assertThat(connect("connect = host=a \\\r\nuser=b").names()).containsExactly("host", "user");
    assertThat(connect("connect \\\n = \\\n host=a").names()).containsExactly("host");
    assertThat(connect("connect = host=a \\").names()).containsExactly("host");
    assertThat(table("lo\\\n  ng")).isEqualTo("long");
    assertThat(table("\"lo\\\n  ng\"")).isEqualTo("long");
  }

  @Test
  void commentsAndBlankLinesDoNotEndAContinuation() {
    assertThat(connect("connect = host=a \\\n# user=b\n\n  # port=1\n dbname=c\n").names())
        .containsExactly("host", "dbname");
  }

  @Test
  void carriageReturnsBelongToTheEndOfALine() {
    assertThat(table("t\r")).isEqualTo("t");
    assertThat(table("'t'\r")).isEqualTo("t");
    assertThat(onlyMap("map {\r\npattern = shared/x\r\ntable = t\r\nvalue_field = v\r\n}\r\n"))
        .extracting(DictMap::table)
        .isEqualTo("t");
  }

  @Test
  void environmentVariableStandsAtTheBeginningOfAWord() {
    assertThat(connect("connect = $ENV:HOST user=u").get("host")).contains("env");
    assertThat(connect("connect = user=u $ENV:HOST").get("host")).contains("env");
    assertThat(connect("connect = host=a user=$ENV:HOST").get("user")).contains("$ENV:HOST");
  }

  @Test
  void byteOrderMarkIsNoText() {
    assertThat(connect("\uFEFFconnect = host=a").names()).containsExactly("host");
  }

  @Test
  void includesFilesInTheOrderOfTheirNames() throws IOException {
    Files.createDirectories(directory.resolve("conf.d/empty"));
    write("conf.d/b.conf", map("b"));
    write("conf.d/a.conf", "!include ../c.conf\n" + map("a"));
    write("conf.d/.hidden.conf", map("hidden"));
    write("c.conf", map("c"));
    write("fields.inc", "a = $a\n");
    Path file =
        write(
            "main.conf",
            "!include conf.?/[ab].conf\n!include_try nothing.conf\n!include_try no/*.conf\n"
                + map("x/$a").replace("}", "fields {\n!include \"fields.inc\"\n}\n}"));

    assertThat(DictConfig.read(file).maps())
        .extracting(map -> map.pattern().toString())
        .containsExactly("shared/c", "shared/a", "shared/b", "shared/x/$a");
  }

  @Test
  void bracesInPathsAreExpanded() throws IOException {
    for (String name : List.of("a", "b", "c", "d", "{")) {
      write(name + ".conf", map(name.replace("{", "brace")));
    }
    Path file = write("main.conf", "!include {c,x{b,d},{d,a}}.conf\n!include {.c*\n");

    assertThat(DictConfig.read(file).maps())
        .extracting(map -> map.pattern().toString())
        .containsExactly("shared/c", "shared/d", "shared/a", "shared/brace");
  }

  @Test
  void bracesInPathsAreLimited() throws IOException {
    write("a.conf", "");
    Path many = write("many.conf", "!include_try " + "{a,a}".repeat(20) + "\n");
    Path long1 = write("long.conf", "!include_try " + "{a}".repeat(100_000) + "\n" + map("x"));

    assertThat(Braces.expand("{a,a}".repeat(20), 1000)).hasSize(1000);
    assertThat(DictConfig.read(many).maps()).isEmpty();
    assertThat(DictConfig.read(long1).maps()).hasSize(1);
  }

  private static String map(String key) {
    return "map {\npattern = shared/" + key + "\ntable = t\nvalue_field = v\n}\n";
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  @Test
  void filesThatIncludeEachOtherAreReported() throws IOException {
    Path one = write("one.conf", "!include two.conf\n");
    Path two = write("two.conf", "\n  !include one.conf\n");

    assertThatThrownBy(() -> DictConfig.read(one))
        .hasMessageStartingWith(two + ":2:12: error: This file is being read already");
  }

  @Test
  void pathsThatAreNoneAreReported() {
    String comment = "#".repeat(10_000) + "\n";

    assertThatThrownBy(() -> DictConfig.parse(comment + "!include a\0b", "test.conf"))
        .hasMessageContaining("error: This is not a path: ");
    assertThatThrownBy(() -> DictConfig.parse("!include [a", directory.resolve("f").toString()))
        .hasMessageContaining("error: This is not a pattern of file names: ");
  }

  @Test
  void fileThatCannotBeReadIsReported() {
    Path missing = directory.resolve("missing.conf");

    assertThatThrownBy(() -> DictConfig.read(missing))
        .isInstanceOf(ConfigException.class)
        .hasMessage(missing + ": error: Cannot read this file: There is no such file")
        .hasCauseInstanceOf(IOException.class);
    assertThatThrownBy(() -> DictConfig.read(directory))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(directory + ": error: Cannot read this file: ");
  }

  @Test
  void fileOfMoreThanOneMebibyteIsReported() throws IOException {
    Path full = write("full.conf", "#".repeat(SourceReader.MAX_BYTES));
    assertThat(DictConfig.read(full).maps()).isEmpty();

    Path larger = write("larger.conf", "#".repeat(SourceReader.MAX_BYTES + 1));
    assertThatThrownBy(() -> DictConfig.read(larger))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("larger than 1 MiB");
  }

  @Test
  void bytesThatAreNoUtf8AreReportedWhereTheyStand() throws IOException {
    Path file = directory.resolve("latin1.conf");
    // The comment is UTF-8, the rest is not.
    String text = "# \u00c3\u00bc\nconnect = host=\u00e9 password=hunter2\n";
    Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1));

    assertThatThrownBy(() -> DictConfig.read(file))
        .hasMessageContaining(":2:16: error: This is not UTF-8: the byte 0xe9 at offset 20")
        .message()
        .doesNotContain("hunter");
  }

  @Test
  void sectionsThatAreNestedTooDeeplyAreReported() {
    assertThatThrownBy(() -> DictConfig.parse("map {\n".repeat(100_000), "test.conf"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("nested more than 50 deep");
  }
}
