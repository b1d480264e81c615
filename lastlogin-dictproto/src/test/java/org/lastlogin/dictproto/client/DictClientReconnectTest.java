package org.lastlogin.dictproto.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lastlogin.dictproto.client.DictCalls.SOON;
import static org.lastlogin.dictproto.client.DictCalls.assertFails;
import static org.lastlogin.dictproto.client.DictCalls.set;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lastlogin.dict.BlockingDict;
import org.lastlogin.dict.CommitResult;
import org.lastlogin.dict.DictContext;
import org.lastlogin.dict.DictIteration;
import org.lastlogin.dict.DictRow;
import org.lastlogin.dict.DictTransaction;
import org.lastlogin.dict.InMemoryDict;
import org.lastlogin.dict.LookupResult;
import org.lastlogin.dict.RowConsumer;
import org.lastlogin.dict.UncertainCommitException;
import org.lastlogin.dictproto.DictVersion;
import org.lastlogin.dictproto.server.DictServer;
import org.lastlogin.dictproto.server.UnixListener;
import org.lastlogin.dictproto.testing.Interceptor;
import org.lastlogin.testing.FaultyDict;

/** Servers that speak another version, are not there, or go away. */
class DictClientReconnectTest {
  private static final DictContext NO_USER = DictContext.NO_USER;

  private final FaultyDict dict = new FaultyDict(new InMemoryDict());

  @TempDir Path directory;
  private Path real;
  private Path socket;
  private DictServer server;

  @BeforeEach
  void startServer() throws Exception {
    real = directory.resolve("real");
    socket = directory.resolve("dict");
    server = start();
  }

  private DictServer start() throws Exception {
    return DictServer.builder()
        .dict("d", dict)
        .listen(UnixListener.at(real))
        .gracePeriod(Duration.ofMillis(100))
        .start();
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  static Stream<Arguments> servers() {
    UnaryOperator<String> onlyMajor4 = hello -> hello.startsWith("H4") ? hello : null;
    UnaryOperator<String> onlyMajor3 = hello -> hello.startsWith("H3") ? hello : null;
    UnaryOperator<String> onlyMajor2 = hello -> hello.startsWith("H2") ? hello : null;
    // Dovecot 2.2.22 takes any minor version, and answers as 2.0 does.
    UnaryOperator<String> old =
        hello -> hello.startsWith("H2") ? hello.replaceFirst("H2\t\\d", "H2\t0") : null;
    return Stream.of(
        Arguments.of(onlyMajor4, DictVersion.V4_0, 1),
        Arguments.of(onlyMajor3, DictVersion.V3_2, 2),
        Arguments.of(onlyMajor2, DictVersion.V2_2, 3),
        Arguments.of(old, DictVersion.V2_0, 5));
  }

  @ParameterizedTest
  @MethodSource("servers")
  void findsOutWhatTheServerSpeaksAndKeepsToIt(
      UnaryOperator<String> hello, DictVersion version, int attempts) throws Exception {
    try (Interceptor between = Interceptor.at(socket, real, hello);
        DictClient client = DictClient.builder(socket, "d").connections(1).build()) {
      BlockingDict.of(client).set("shared/a", "ä\t\n");
      assertThat(BlockingDict.of(client).get("shared/a")).contains("ä\t\n");
      assertThat(client.version()).contains(version);
      assertThat(between.hellos()).hasSize(attempts);

      between.cutAll();
      assertThat(BlockingDict.of(client).get("shared/a")).contains("ä\t\n");
      assertThat(between.hellos().subList(attempts, between.hellos().size()))
          .allMatch(said -> said.startsWith("H" + version.major()));
    }
  }

  @Test
  void saysWhyItCannotConnect() {
    Duration briefly = Duration.ofMillis(300);
    Path nowhere = directory.resolve("nowhere");
    try (DictClient client = DictClient.builder(nowhere, "d").connectTimeout(briefly).build()) {
      assertFails(
          client.lookup("shared/a", NO_USER),
          "No connection to the dict server at unix:" + nowhere + " within 300 ms: ");
    }
    try (DictClient client =
        DictClient.builder(real, "another").connectTimeout(Duration.ofSeconds(2)).build()) {
      assertFails(client.lookup("shared/a", NO_USER), "does it serve the dict \"another\"?");
    }
  }

  @Test
  void waitsForAServerThatIsStarting() throws Exception {
    server.close();
    try (DictClient client = DictClient.builder(real, "d").connectTimeout(SOON).build()) {
      CompletionStage<CommitResult> commit = client.commit(set("shared/a", "1"));
      server = start();
      assertThat(commit.toCompletableFuture()).succeedsWithin(SOON);
    }
  }

  @Test
  void goesOnAfterTheServerWasStartedAnew() throws Exception {
    try (DictClient client = DictClient.builder(real, "d").connectTimeout(SOON).build()) {
      for (int i = 0; i < 3; i++) {
        BlockingDict.of(client).set("shared/a", "v" + i);
        server.close();
        server = start();
      }
      assertThat(BlockingDict.of(client).get("shared/a")).contains("v2");
    }
  }

  @Test
  void sendsATransactionAgainIfThatDoesNoHarm() throws Exception {
    try (Interceptor between = Interceptor.at(socket, real, hello -> hello);
        DictClient client = DictClient.builder(socket, "d").version(DictVersion.V4_0).build()) {
      between.cutOnceBefore("+1");
      CompletionStage<CommitResult> commit = client.commit(set("shared/a", "1"));
      assertThat(commit.toCompletableFuture())
          .succeedsWithin(SOON)
          .isEqualTo(CommitResult.COMMITTED);
      assertThat(dict.transactions()).hasSize(2);
      assertThat(BlockingDict.of(client).get("shared/a")).contains("1");
    }
  }

  @Test
  void incrementsOnceOrFailsAsUncertain() throws Exception {
    assertThat(dict.commit(set("shared/n", "1")).toCompletableFuture()).succeedsWithin(SOON);
    try (Interceptor between = Interceptor.at(socket, real, hello -> hello);
        DictClient client = DictClient.builder(socket, "d").version(DictVersion.V4_0).build()) {
      between.cutOnceBefore("+1");
      DictTransaction increment = DictTransaction.builder(NO_USER).increment("shared/n", 1).build();
      assertThat(client.commit(increment).toCompletableFuture())
          .failsWithin(SOON)
          .withThrowableThat()
          .withCauseInstanceOf(UncertainCommitException.class)
          .withMessageContaining("Lost the connection to the dict server at unix:" + socket);
      assertThat(BlockingDict.of(client).get("shared/n")).contains("2");
    }
  }

  @Test
  void doesNotSendForEverWhatBreaksTheConnection() throws Exception {
    try (Interceptor between = Interceptor.at(socket, real, hello -> hello);
        DictClient client = DictClient.builder(socket, "d").version(DictVersion.V4_0).build()) {
      between.cutBefore("+");
      CompletionStage<LookupResult> lookup = client.lookup("shared/a", NO_USER);
      assertFails(lookup, "Lost the connection to the dict server");
      assertThat(between.hellos()).hasSize(3);
    }
  }

  @Test
  void anIterationGoesOnOnlyIfNoRowHasCome() throws Exception {
    assertThat(
            dict.commit(
                    DictTransaction.builder(NO_USER)
                        .set("shared/rows/1", "a")
                        .set("shared/rows/2", "b")
                        .build())
                .toCompletableFuture())
        .succeedsWithin(SOON);
    DictIteration rows = DictIteration.below("shared/rows/", NO_USER);
    try (Interceptor between = Interceptor.at(socket, real, hello -> hello);
        DictClient client = DictClient.builder(socket, "d").build()) {
      assertThat(BlockingDict.of(client).list(rows)).hasSize(2);
      between.cutOnceBefore("+1\tOshared/rows/2");
      List<DictRow> received = new ArrayList<>();
      assertFails(client.iterate(rows, RowConsumer.of(received::add)), "1 rows had come");
      assertThat(received).containsExactly(new DictRow("shared/rows/1", List.of("a")));

      between.cutOnceBefore("+1\tOshared/rows/1");
      CompletionStage<Void> iteration = client.iterate(rows, RowConsumer.of(received::add));
      assertThat(iteration.toCompletableFuture()).succeedsWithin(SOON);
      assertThat(received).hasSize(3);
    }
  }
}
