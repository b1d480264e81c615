package org.lastlogin.dictproto.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lastlogin.dictproto.client.DictCalls.SOON;
import static org.lastlogin.dictproto.client.DictCalls.assertFails;
import static org.lastlogin.dictproto.client.DictCalls.set;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lastlogin.dict.BlockingDict;
import org.lastlogin.dict.CommitResult;
import org.lastlogin.dict.DictContext;
import org.lastlogin.dict.DictException;
import org.lastlogin.dict.DictIteration;
import org.lastlogin.dict.DictRow;
import org.lastlogin.dict.DictTransaction;
import org.lastlogin.dict.InMemoryDict;
import org.lastlogin.dict.LookupResult;
import org.lastlogin.dict.RowConsumer;
import org.lastlogin.dict.UncertainCommitException;
import org.lastlogin.dictproto.DictVersion;
import org.lastlogin.dictproto.server.DictServer;
import org.lastlogin.dictproto.server.TcpListener;
import org.lastlogin.dictproto.server.UnixListener;
import org.lastlogin.dictproto.testing.TestTls;
import org.lastlogin.testing.Fault;
import org.lastlogin.testing.FaultyDict;

class DictClientTest {
  private static final DictContext NO_USER = DictContext.NO_USER;

  private final FaultyDict dict = new FaultyDict(new InMemoryDict());

  @TempDir Path directory;
  private Path socket;
  private DictServer server;

  @BeforeEach
  void startServer() throws Exception {
    socket = directory.resolve("dict");
    server = serverAt(socket);
  }

  private DictServer serverAt(Path path) throws Exception {
    return DictServer.builder()
        .dict("d", dict)
        .listen(UnixListener.at(path))
        .gracePeriod(Duration.ofMillis(100))
        .start();
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  @Test
  void connectsWhenItIsUsedAndNotBefore() {
    try (DictClient client = DictClient.builder(socket, "d").build()) {
      assertThat(client.version()).isEmpty();
      BlockingDict.of(client).set("shared/a", "1");
      assertThat(client.version()).contains(DictVersion.V4_0);
      assertThat(server.connections()).isEqualTo(1);
    }
    Awaitility.await().until(() -> server.connections() == 0);
  }

  @Test
  void manyCallsShareFewConnections() {
    try (DictClient client = DictClient.builder(socket, "d").connections(3).build()) {
      List<CompletableFuture<CommitResult>> commits =
          IntStream.range(0, 5000)
              .mapToObj(
                  i ->
                      client
                          .commit(
                              DictTransaction.builder(NO_USER).set("shared/" + i, "v" + i).build())
                          .toCompletableFuture())
              .toList();
      for (CompletableFuture<CommitResult> commit : commits) {
        assertThat(commit).succeedsWithin(SOON).isEqualTo(CommitResult.COMMITTED);
      }
      assertThat(server.connections()).isBetween(1, 3);
      assertThat(BlockingDict.of(client).get("shared/4999")).contains("v4999");
    }
  }

  @Test
  void keepsTheKeysOfUsersApartInEveryVersion() {
    for (DictVersion version : DictVersion.NEWEST_FIRST) {
      try (DictClient client =
          DictClient.builder(socket, "d").version(version).connections(2).build()) {
        for (String user : List.of("alice", "bob", "carol")) {
          BlockingDict.of(client).as(user).set("priv/a", user + version);
        }
        for (String user : List.of("alice", "bob", "carol")) {
          assertThat(BlockingDict.of(client).as(user).get("priv/a")).contains(user + version);
        }
        Awaitility.await().until(() -> server.connections() <= 2);
      }
      Awaitility.await().until(() -> server.connections() == 0);
    }
  }

  @Test
  void refusesWhatCannotBeAndGoesOn() {
    try (DictClient client =
        DictClient.builder(socket, "d").version(DictVersion.V3_2).connections(1).build()) {
      assertFails(client.lookup("nowhere", NO_USER), "Invalid key: nowhere");
      assertFails(client.lookup("priv/a", NO_USER), "a priv/ key needs a user name");
      assertFails(
          client.commit(
              DictTransaction.builder(NO_USER)
                  .expiry(Duration.ofMillis(1))
                  .set("shared/a", "1")
                  .build()),
          "Version 3.2 has no expiry");
      assertFails(
          client.commit(
              DictTransaction.builder(NO_USER)
                  .set("shared/a", "1")
                  .append("shared/b", "2")
                  .build()),
          "Version 3.2 has no APPEND");
      assertFails(
          client.commit(
              DictTransaction.builder(NO_USER).set("shared/a", "x".repeat(70_000)).build()),
          "is too long for a line, which has up to 65536 bytes");
      DictTransaction.Builder large = DictTransaction.builder(NO_USER);
      IntStream.range(0, 100_001).forEach(i -> large.unset("shared/" + i));
      assertFails(client.commit(large.build()), "a server takes up to 100000");
      for (int i = 0; i < 3; i++) {
        DictIteration broken = DictIteration.below("shared/\ud800/", NO_USER);
        assertFails(client.iterate(broken, RowConsumer.of(row -> {})), "half of a surrogate pair");
      }
      assertThat(BlockingDict.of(client).get("shared/a")).isEmpty();
      assertThat(dict.transactions()).isEmpty();
      Awaitility.await().until(() -> server.connections() == 1);
    }
  }

  @Test
  void tellsTheServersFailures() {
    try (DictClient client = DictClient.builder(socket, "d").build()) {
      dict.next(Fault.failure(new DictException("The disk is full")));
      assertFails(client.lookup("shared/a", NO_USER), "The disk is full");
      dict.nextCommit(Fault.uncertainAndNotDone());
      assertThat(client.commit(set("shared/a", "1")).toCompletableFuture())
          .failsWithin(SOON)
          .withThrowableThat()
          .withCauseInstanceOf(UncertainCommitException.class);
    }
  }

  @Test
  void givesUpOnAnAnswerThatDoesNotCome() {
    try (DictClient client =
        DictClient.builder(socket, "d").answerTimeout(Duration.ofMillis(300)).build()) {
      assertThat(BlockingDict.of(client).get("shared/a")).isEmpty();
      dict.next(2, Fault.silence());
      CompletionStage<LookupResult> lookup = client.lookup("shared/a", NO_USER);
      CompletionStage<CommitResult> commit = client.commit(set("shared/a", "1"));
      assertFails(lookup, "No answer from the dict server at unix:" + socket + " within 300 ms");
      assertThat(commit.toCompletableFuture())
          .failsWithin(SOON)
          .withThrowableThat()
          .withCauseInstanceOf(UncertainCommitException.class)
          .withMessageContaining("the outcome of the commit is unknown");
      assertThat(BlockingDict.of(client).get("shared/a")).isEmpty();
    }
  }

  @Test
  void aConsumerThatTakesItsTimeHoldsUpItsOwnIterationAlone() {
    String value = "v".repeat(10_000);
    DictTransaction.Builder rows = DictTransaction.builder(NO_USER);
    IntStream.range(0, 500).forEach(i -> rows.set("shared/rows/" + i, value));
    assertThat(dict.commit(rows.build()).toCompletableFuture()).succeedsWithin(SOON);
    try (DictClient client = DictClient.builder(socket, "d").connections(1).build()) {
      CompletableFuture<Void> firstRow = new CompletableFuture<>();
      CompletableFuture<Void> ready = new CompletableFuture<>();
      List<DictRow> received = new ArrayList<>();
      CompletionStage<Void> iteration =
          client.iterate(
              DictIteration.below("shared/rows/", NO_USER),
              row -> {
                received.add(row);
                firstRow.complete(null);
                return ready;
              });
      assertThat(firstRow).succeedsWithin(SOON);
      assertThat(BlockingDict.of(client).get("shared/rows/7")).contains(value);
      assertThat(received).hasSize(1);

      ready.complete(null);
      assertThat(iteration.toCompletableFuture()).succeedsWithin(SOON);
      assertThat(received).hasSize(500);
    }
  }

  @Test
  void aConsumerThatFailsEndsItsIteration() {
    assertThat(dict.commit(set("shared/rows/1", "v")).toCompletableFuture()).succeedsWithin(SOON);
    try (DictClient client = DictClient.builder(socket, "d").connections(1).build()) {
      RowConsumer failing =
          RowConsumer.of(
              row -> {
                throw new IllegalStateException("enough");
              });
      assertThat(
              client
                  .iterate(DictIteration.below("shared/rows/", NO_USER), failing)
                  .toCompletableFuture())
          .failsWithin(SOON)
          .withThrowableThat()
          .withCauseInstanceOf(IllegalStateException.class)
          .withMessageContaining("enough");
      RowConsumer failingLater = row -> CompletableFuture.failedStage(new DictException("later"));
      assertFails(
          client.iterate(DictIteration.below("shared/rows/", NO_USER), failingLater), "later");
      assertThat(BlockingDict.of(client).list(DictIteration.below("shared/rows/", NO_USER)))
          .hasSize(1);
    }
  }

  @Test
  void letsWhatIsPendingEndWhenItIsClosed() {
    CompletableFuture<Void> release = new CompletableFuture<>();
    DictClient client = DictClient.builder(socket, "d").build();
    assertThat(BlockingDict.of(client).get("shared/a")).isEmpty();
    dict.next(Fault.until(release));
    CompletionStage<CommitResult> commit = client.commit(set("shared/a", "1"));
    Awaitility.await().until(() -> dict.operations() >= 2);
    CompletableFuture<Void> closed = CompletableFuture.runAsync(client::close);
    Awaitility.await()
        .untilAsserted(() -> assertFails(client.lookup("shared/a", NO_USER), "is closed"));
    assertThat(closed).isNotDone();

    release.complete(null);
    assertThat(commit.toCompletableFuture()).succeedsWithin(SOON);
    assertThat(closed).succeedsWithin(SOON);
    assertFails(client.lookup("shared/a", NO_USER), "The dict client is closed");
    client.close();
  }

  @Test
  void canBeClosedByWhatItCompletes() {
    DictClient client = DictClient.builder(socket, "d").build();
    CompletionStage<Void> closed = client.lookup("shared/a", NO_USER).thenRun(client::close);
    assertThat(closed.toCompletableFuture()).succeedsWithin(SOON);
    Awaitility.await().until(() -> server.connections() == 0);
  }

  @Test
  void speaksTlsToAServerThatItTrusts() throws Exception {
    TestTls ours = TestTls.make(directory);
    TestTls theirs = TestTls.make(directory);
    TestTls stranger = TestTls.make(directory);
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (DictServer secure =
        DictServer.builder()
            .dict("d", dict)
            .listen(TcpListener.withTls(anyPort, theirs.trusting(ours)))
            .start()) {
      InetSocketAddress address = secure.tcpAddresses().get(0);
      try (DictClient client =
          DictClient.builder(address, "d").tls(ours.trusting(theirs)).build()) {
        BlockingDict.of(client).set("shared/tls", "yes");
        assertThat(BlockingDict.of(client).get("shared/tls")).contains("yes");
      }
      try (DictClient client =
          DictClient.builder(address, "d")
              .tls(ours.trusting(stranger))
              .connectTimeout(Duration.ofMillis(500))
              .build()) {
        assertFails(
            client.lookup("shared/tls", NO_USER), "No connection to the dict server at tls:");
      }
    }
    assertThatThrownBy(() -> DictClient.builder(socket, "d").tls(ours.trusting(theirs)))
        .isInstanceOf(IllegalStateException.class);
  }
}
