package org.lastlogin.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lastlogin.dict.DictContext.NO_USER;
import static org.lastlogin.dict.DictIteration.Flag.RECURSE;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lastlogin.InMemoryLastLoginStore;
import org.lastlogin.LastLogin;
import org.lastlogin.LastLoginDict;
import org.lastlogin.LastLoginStore;
import org.lastlogin.LoginEvent;
import org.lastlogin.config.ConfigException;
import org.lastlogin.config.DictConfig;
import org.lastlogin.dict.BlockingDict;
import org.lastlogin.dict.Dict;
import org.lastlogin.dict.DictIteration;
import org.lastlogin.dict.DictTransaction;
import org.lastlogin.dict.InMemoryDict;
import org.lastlogin.dict.LookupResult;
import org.lastlogin.dictproto.DictCommand;
import org.lastlogin.dictproto.DictCommandDecoder;
import org.lastlogin.dictproto.DictConversation;
import org.lastlogin.dictproto.DictLimits;
import org.lastlogin.dictproto.DictReplyEncoder;
import org.lastlogin.dictproto.client.DictClient;
import org.lastlogin.dictproto.server.DictServer;
import org.lastlogin.dictproto.server.UnixListener;
import org.lastlogin.dictproto.session.DictSession;
import org.lastlogin.jdbc.JdbcDict;
import org.lastlogin.jdbc.JdbcLastLoginStore;
import org.lastlogin.jdbc.schema.JdbcSchema;
import org.lastlogin.map.DictMap;
import org.lastlogin.map.DictMaps;
import org.lastlogin.map.MapMatch;
import org.lastlogin.map.ValueType;
import org.sqlite.SQLiteDataSource;

/** The Java code in README.md is the code below, between the marks, which runs here. */
class ReadmeTest {
  private static final Path README = Path.of("../../README.md");
  private static final Path SOURCE =
      Path.of("src/test/java/org/lastlogin/quickstart/ReadmeTest.java");
  private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern MARKED =
      Pattern.compile(" *// README begins\n(.*?) *// README ends\n", Pattern.DOTALL);

  @TempDir Path directory;
  private DataSource dataSource;
  private Path mapFile;

  @BeforeEach
  void createDatabase() throws Exception {
    SQLiteDataSource sqlite = new SQLiteDataSource();
    sqlite.setUrl("jdbc:sqlite:" + directory.resolve("lastlogin.sqlite"));
    dataSource = sqlite;
    mapFile = directory.resolve("dovecot-last-login.conf");
    try (var tutorial = Quickstart.class.getResourceAsStream("dovecot-last-login.conf")) {
      Files.copy(tutorial, mapFile);
    }
    JdbcSchema.of(DictConfig.read(mapFile).maps()).createMissing(dataSource);
  }

  @Test
  void everySnippetIsCompiledAndRunHere() throws Exception {
    List<String> marked = new ArrayList<>();
    Matcher code = MARKED.matcher(Files.readString(SOURCE));
    while (code.find()) {
      marked.add(code.group(1).stripTrailing().stripIndent() + "\n");
    }
    List<String> shown = new ArrayList<>();
    Matcher block = BLOCK.matcher(Files.readString(README));
    while (block.find()) {
      shown.add(block.group(1));
    }
    assertThat(shown).isNotEmpty().containsExactlyInAnyOrderElementsOf(marked);
  }

  @Test
  void aPanelAsksWhoLoggedInWhen() {
    // README begins
    JdbcLastLoginStore store = JdbcLastLoginStore.create(dataSource);
    store.createTable(); // if it is not there
    store.record(LoginEvent.of("imap", "alice@example.com", Instant.parse("2026-01-01T00:00:00Z")));

    store.find("alice@example.com").flatMap(LastLogin::latestLogin).ifPresent(System.out::println);
    for (LastLogin login : store.list("example.com")) {
      System.out.println(login.mailbox() + " got mail " + login.latestDelivery());
    }
    // README ends
    assertThat(store.list("example.com")).hasSize(1);
  }

  @Test
  void aServerRunsBesideDovecot() throws Exception {
    Path socket = directory.resolve("dict");
    // README begins
    DictConfig config = DictConfig.read(mapFile);
    try (Dict dict = JdbcDict.create(dataSource, config.maps());
        DictServer server =
            DictServer.builder()
                .dict("lastlogin", dict)
                .listen(UnixListener.at(socket).mode("rw-rw----"))
                .start()) {
      System.out.println(server + " takes logins");
    }
    // README ends
    assertThat(socket).doesNotExist();
  }

  @Test
  void anErrorIsExplained() throws Exception {
    String text =
        """
        map {
          patern = shared/last-login/$user
          table = last_login
          value_field = imap
          fields {
            username = $user
          }
        }
        """;
    // README begins
    try {
      DictConfig.parse(text, "dovecot-last-login.conf");
    } catch (ConfigException e) {
      System.err.println(e.getMessage());
    }
    // README ends
    assertThatThrownBy(() -> DictConfig.parse(text, "dovecot-last-login.conf"))
        .isInstanceOf(ConfigException.class)
        .satisfies(
            e -> assertThat(Files.readString(README)).contains("```\n" + e.getMessage() + "\n```"));
  }

  @Test
  void mapsSayWhatAKeyMeans() {
    // README begins
    DictMaps maps =
        DictMaps.of(
            DictMap.builder("shared/last-login/imap/$user/$domain", "last_login")
                .valueField("imap", ValueType.UINT)
                .keyField("username", "user")
                .keyField("domain", "domain")
                .build());
    MapMatch match = maps.match("shared/last-login/imap/alice@example.com/example.com");
    System.out.println(match.map().table() + " " + match.variables());
    // README ends
    assertThat(match.variables()).containsExactly("alice@example.com", "example.com");
  }

  @Test
  void aDictIsUsedWithoutAnyServer() {
    DictMaps maps = DictConfig.read(mapFile).maps();
    // README begins
    String key = "shared/last-login/imap/alice@example.com/example.com";
    try (Dict dict = JdbcDict.create(dataSource, maps)) {
      dict.commit(DictTransaction.builder(NO_USER).set(key, "1767225600").build())
          .thenCompose(committed -> dict.lookup(key, NO_USER))
          .thenAccept(System.out::println)
          .toCompletableFuture()
          .join();
    }
    // README ends
    try (Dict dict = JdbcDict.create(dataSource, maps)) {
      assertThat(dict.lookup(key, NO_USER).toCompletableFuture().join())
          .isEqualTo(LookupResult.found("1767225600"));
    }
  }

  @Test
  void aClientAsksAServer() throws Exception {
    Path socket = directory.resolve("asked");
    InMemoryDict served = new InMemoryDict();
    try (DictServer server =
        DictServer.builder().dict("lastlogin", served).listen(UnixListener.at(socket)).start()) {
      // README begins
      String key = "shared/last-login/imap/alice@example.com/example.com";
      try (DictClient client = DictClient.builder(socket, "lastlogin").build()) {
        BlockingDict dict = BlockingDict.of(client);
        dict.set(key, "1767225600");
        dict.get(key).ifPresent(System.out::println);
        dict.list(DictIteration.below("shared/last-login/", NO_USER, RECURSE))
            .forEach(System.out::println);
      }
      // README ends
      assertThat(server.toString()).contains(socket.toString());
      assertThat(BlockingDict.of(served).get(key)).contains("1767225600");
    }
  }

  @Test
  void theCodecIsUsedAlone() {
    List<DictCommand> handled = new ArrayList<>();
    ByteBuffer received =
        ByteBuffer.wrap("H3\t2\t0\t\tlastlogin\nLshared/a\t\n".getBytes(StandardCharsets.UTF_8));
    // README begins
    DictCommandDecoder decoder = DictCommandDecoder.create(DictLimits.DEFAULT);
    decoder.feed(received); // any number of bytes, cut anywhere
    for (DictCommand command; (command = decoder.next()) != null; ) {
      handled.add(command);
    }
    // README ends
    assertThat(handled).hasSize(2);
  }

  @Test
  void theSessionIsUsedWithoutNetty() {
    String received =
        "H3\t2\t0\t\tlastlogin\nLshared/last-login/imap/alice@example.com/example.com\t\n";
    List<String> sent = new ArrayList<>();
    // README begins
    LastLoginStore store = new InMemoryLastLoginStore();
    store.record(LoginEvent.of("imap", "alice@example.com", Instant.parse("2026-01-01T00:00:00Z")));
    Map<String, Dict> dicts = Map.of("lastlogin", LastLoginDict.create(store, Runnable::run));

    DictConversation conversation = DictConversation.ofServer(DictLimits.DEFAULT);
    DictCommandDecoder decoder = DictCommandDecoder.create(conversation);
    DictReplyEncoder encoder = DictReplyEncoder.create(conversation);
    DictSession session =
        DictSession.create("client 1", dicts, conversation, encoder::encode, Runnable::run);
    decoder.feed(received.getBytes(StandardCharsets.UTF_8));
    for (DictCommand command; (command = decoder.next()) != null; ) {
      session.receive(command);
    }
    sent.add(StandardCharsets.UTF_8.decode(encoder.drain()).toString());
    // README ends
    assertThat(sent.get(0)).startsWith("*1\n+1\tO1767225600\t");
  }
}
