package org.lastlogin.dictd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.lastlogin.dict.BlockingDict;
import org.lastlogin.dict.CommitResult;
import org.lastlogin.dict.DictContext;
import org.lastlogin.dict.DictException;
import org.lastlogin.dict.DictIteration;
import org.lastlogin.dict.DictIteration.Flag;
import org.lastlogin.dict.DictRow;
import org.lastlogin.dict.DictTransaction;
import org.lastlogin.dict.LookupResult;
import org.lastlogin.dictproto.DictVersion;
import org.lastlogin.dictproto.client.DictClient;

/** Our client with Dovecot's own dict servers, each of which speaks one version of the protocol. */
@ParameterizedClass
@EnumSource(names = {"HOST", "BULLSEYE", "TRIXIE"})
class DictClientIT {
  private static final String JOE = "shared/last-login/imap/joe@b.io/b.io";
  private static final String STORAGE = "priv/quota/storage";
  private static final String MESSAGES = "priv/quota/messages";

  @Parameter private DovecotSystem system;

  @TempDir static Path directory;
  private static DovecotPeer peer;

  @BeforeParameterizedClassInvocation
  static void start(DovecotSystem system) throws Exception {
    peer = DovecotPeer.start(system, directory);
  }

  @AfterParameterizedClassInvocation
  static void stop() throws Exception {
    if (peer != null) {
      peer.close();
      peer = null;
    }
  }

  @BeforeEach
  void clear() throws Exception {
    for (String table : List.of("last_login", "quota", "pair", "tree")) {
      peer.database().execute("DELETE FROM " + table);
    }
  }

  private static BlockingDict dict() {
    return peer.dict();
  }

  @Test
  void findsOutTheVersion() {
    try (DictClient client = DictClient.builder(peer.server().socket(), "lastlogin").build()) {
      assertThat(client.version()).isEmpty();
      BlockingDict.of(client).get(JOE);
      assertThat(client.version()).contains(version());
    }
  }

  private DictVersion version() {
    return switch (system) {
      case BULLSEYE -> DictVersion.V2_2;
      case HOST -> DictVersion.V3_2;
      default -> DictVersion.V4_0;
    };
  }

  @Test
  void usesTheRequestedVersion() {
    try (DictClient client =
        DictClient.builder(peer.server().socket(), "lastlogin").version(version()).build()) {
      BlockingDict.of(client).set(JOE, "1700000001");
      assertThat(BlockingDict.of(client).get(JOE)).contains("1700000001");
    }
  }

  @Test
  void looksUp() throws Exception {
    peer.database().execute("INSERT INTO pair VALUES ('k', 'one', 2), ('n', NULL, NULL)");

    assertThat(dict().lookup("shared/pair/k")).isEqualTo(LookupResult.found(List.of("one", "2")));
    assertThat(dict().lookup("shared/pair/n")).isEqualTo(LookupResult.found(List.of("", "")));
    assertThat(dict().lookup("shared/pair/other")).isEqualTo(LookupResult.notFound());
    assertThatThrownBy(() -> dict().get("shared/nosuch/key"))
        .isInstanceOf(DictException.class)
        .hasMessageContaining("Invalid/unmapped key: shared/nosuch/key");
  }

  @Test
  void setsAndUnsets() throws Exception {
    dict().set(JOE, "1700000001");
    dict().set(JOE, "1700000002");
    assertThat(peer.database().query("SELECT username, domain, imap FROM last_login"))
        .containsExactly("joe@b.io,b.io,1700000002");
    assertThat(dict().get(JOE)).contains("1700000002");

    dict().set("shared/tree/a/b", "v");
    dict().unset("shared/tree/a/b");
    assertThat(peer.database().query("SELECT * FROM tree")).isEmpty();
  }

  @Test
  void increments() {
    BlockingDict carol = dict().as("carol");
    assertThat(carol.increment(STORAGE, 24)).isFalse();
    carol.set(STORAGE, "1000");
    assertThat(carol.increment(STORAGE, 24)).isTrue();
    assertThat(carol.increment(STORAGE, -4)).isTrue();
    assertThat(carol.get(STORAGE)).contains("1020");
  }

  @Test
  void appliesSeveralOperationsTogether() throws Exception {
    DictTransaction transaction =
        DictTransaction.builder(DictContext.of("carol"))
            .set(STORAGE, "10")
            .set(MESSAGES, "1")
            .set("shared/tree/a/b", "v")
            .set(JOE, "1700000001")
            .build();

    assertThat(dict().commit(transaction)).isEqualTo(CommitResult.COMMITTED);
    assertThat(peer.database().query("SELECT * FROM quota")).containsExactly("carol,10,1");
    assertThat(peer.database().query("SELECT * FROM tree")).containsExactly("a,b,v");
    assertThat(dict().get(JOE)).contains("1700000001");
  }

  /** In version 2 each of them needs its own connection, and there are fewer connections. */
  @Test
  void oneClientServesTheKeysOfManyUsers() throws Exception {
    List<String> users = IntStream.range(0, 6).mapToObj(i -> "user" + i).toList();
    List<CompletionStage<CommitResult>> commits = new ArrayList<>();
    for (int i = 0; i < users.size(); i++) {
      commits.add(
          peer.client()
              .commit(
                  DictTransaction.builder(DictContext.of(users.get(i)))
                      .set(STORAGE, String.valueOf(i))
                      .build()));
    }
    for (CompletionStage<CommitResult> commit : commits) {
      assertThat(commit.toCompletableFuture().get()).isEqualTo(CommitResult.COMMITTED);
    }
    for (int i = 0; i < users.size(); i++) {
      assertThat(dict().as(users.get(i)).get(STORAGE)).contains(String.valueOf(i));
    }
    assertThat(dict().as("nobody").get(STORAGE)).isEmpty();
    assertThat(peer.database().query("SELECT bytes FROM quota ORDER BY username"))
        .containsExactly("0", "1", "2", "3", "4", "5");
  }

  @Test
  void keysAndValuesMayBeAwkward() {
    List<String> awkward =
        List.of(
            "a\tb", "a\nb", "a\u0001b", "a\rb", "it's \"quoted\" \\", "100%_x", "ä€𝄞", "\u0001t");
    for (String text : awkward) {
      dict().set("shared/tree/awkward/" + text, text);
    }
    dict().set("shared/tree/awkward/empty", "");

    for (String text : awkward) {
      DictRow row = new DictRow("shared/tree/awkward/" + text, List.of(text));
      assertThat(list(row.key(), 0, Flag.EXACT_KEY)).as(text).containsExactly(row);
      if (!isLookedUpEscaped(text)) {
        assertThat(dict().get(row.key())).as(text).contains(text);
      }
    }
    assertThat(dict().get("shared/tree/awkward/empty")).contains("");
    assertThat(dict().list(DictIteration.below("shared/tree/awkward/", DictContext.NO_USER)))
        .hasSize(awkward.size() + 1)
        .contains(new DictRow("shared/tree/awkward/empty", List.of("")))
        .containsAll(
            awkward.stream()
                .map(text -> new DictRow("shared/tree/awkward/" + text, List.of(text)))
                .toList());
  }

  /**
   * Dovecot 2.3.13 does not unescape the key of a lookup, so that its own clients do not find such
   * keys either.
   */
  private boolean isLookedUpEscaped(String key) {
    return system == DovecotSystem.BULLSEYE && key.chars().anyMatch(c -> c < ' ');
  }

  @Test
  void iterates() throws Exception {
    peer.database()
        .execute("INSERT INTO tree VALUES ('a','1','z'), ('a','2','y'), ('a','3/x','x')");
    DictRow one = new DictRow("shared/tree/a/1", List.of("z"));
    DictRow two = new DictRow("shared/tree/a/2", List.of("y"));
    DictRow deep = new DictRow("shared/tree/a/3/x", List.of("x"));

    assertThat(list("shared/tree/a/", 0)).containsExactlyInAnyOrder(one, two);
    assertThat(list("shared/tree/a/", 0, Flag.RECURSE)).containsExactlyInAnyOrder(one, two, deep);
    assertThat(list("shared/tree/a/", 0, Flag.SORT_BY_KEY)).containsExactly(one, two);
    assertThat(list("shared/tree/a/", 0, Flag.SORT_BY_VALUE)).containsExactly(two, one);
    assertThat(list("shared/tree/a/2", 0, Flag.EXACT_KEY)).containsExactly(two);
    assertThat(list("shared/tree/a/", 0, Flag.SORT_BY_KEY, Flag.NO_VALUES))
        .extracting(DictRow::key)
        .containsExactly(one.key(), two.key());
    assertThat(list("shared/tree/a/", 1, Flag.SORT_BY_KEY)).containsExactly(one);
    assertThat(list("shared/tree/nothing/", 0)).isEmpty();
  }

  private static List<DictRow> list(String path, long maxRows, Flag... flags) {
    return dict().list(new DictIteration(path, Set.of(flags), maxRows, DictContext.NO_USER));
  }

  @Test
  void reportsWhatDovecotSaysOfAWrongValue() {
    assertThatThrownBy(() -> dict().set(JOE, "notanumber"))
        .isInstanceOf(DictException.class)
        .hasMessageContaining("value field's value isn't 64bit unsigned integer: notanumber");
    assertThat(dict().get(JOE)).isEmpty();
  }

  @Test
  void writesMayHaveATimeAndHideTheirValues() {
    DictTransaction transaction =
        DictTransaction.builder(DictContext.NO_USER)
            .timestamp(Instant.ofEpochSecond(1_700_000_000, 123_456_789))
            .hideValues(true)
            .set(JOE, "1700000001")
            .build();

    assertThat(dict().commit(transaction)).isEqualTo(CommitResult.COMMITTED);
    assertThat(dict().get(JOE)).contains("1700000001");
  }

  @Test
  void aDictThatIsNotThereIsNamed() {
    try (DictClient client =
        DictClient.builder(peer.server().socket(), "nosuch")
            .connectTimeout(Duration.ofSeconds(3))
            .build()) {
      assertThatThrownBy(() -> BlockingDict.of(client).get(JOE))
          .isInstanceOf(DictException.class)
          .hasMessageContaining("\"nosuch\"");
    }
  }
}
