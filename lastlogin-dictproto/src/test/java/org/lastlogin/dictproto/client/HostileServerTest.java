package org.lastlogin.dictproto.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.lastlogin.dictproto.client.DictCalls.SOON;
import static org.lastlogin.dictproto.client.DictCalls.assertFails;
import static org.lastlogin.dictproto.client.DictCalls.set;

import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lastlogin.dict.CommitResult;
import org.lastlogin.dict.DictContext;
import org.lastlogin.dict.DictIteration;
import org.lastlogin.dict.DictRow;
import org.lastlogin.dict.DictTransaction;
import org.lastlogin.dict.InMemoryDict;
import org.lastlogin.dict.LookupResult;
import org.lastlogin.dict.RowConsumer;
import org.lastlogin.dict.UncertainCommitException;
import org.lastlogin.dictproto.DictLimits;
import org.lastlogin.dictproto.DictVersion;
import org.lastlogin.dictproto.server.DictServer;
import org.lastlogin.dictproto.server.UnixListener;
import org.lastlogin.dictproto.testing.RudeServer;
import org.lastlogin.dictproto.testing.RudeServer.Deed;

/**
 * Each server does its worst: the client's calls fail, and say why, it hangs up, and the next
 * server is asked as if nothing had happened.
 */
class HostileServerTest {
  private static final DictContext NO_USER = DictContext.NO_USER;
  private static final DictIteration ROWS = DictIteration.below("shared/rows/", NO_USER);
  private static final String TIMES = "\t1\t2\t3\t4\n";
  private static final int REPLY_BYTES = 100_000;
  private static final Duration BRIEFLY = Duration.ofMillis(300);

  @TempDir Path directory;

  private final InMemoryDict dict = new InMemoryDict();
  private Path socket;

  @BeforeEach
  void fill() {
    socket = directory.resolve("dict");
    assertThat(dict.commit(set("shared/a", "1")).toCompletableFuture()).succeedsWithin(SOON);
  }

  private static DictClient.Builder withTimeouts(DictClient.Builder builder) {
    return builder
        .version(DictVersion.V3_2)
        .connectTimeout(SOON)
        .limits(DictLimits.builder().replyBytes(REPLY_BYTES).build());
  }

  private DictClient.Builder client() {
    return withTimeouts(DictClient.builder(socket, "d"));
  }

  static Stream<Arguments> servers() {
    return Stream.of(
        server(
            "a line without end",
            client -> {
              byte[] piece = "x".repeat(8 * 1024).getBytes(StandardCharsets.US_ASCII);
              while (true) {
                RudeServer.write(client, piece);
              }
            },
            "it broke the protocol: A line is longer than 100000 bytes"),
        server(
            "a value without end",
            Deed.answer("*1\n+1\tO" + "x".repeat(REPLY_BYTES)),
            "it broke the protocol: A line is longer than 100000 bytes"),
        server(
            "an unknown command is accepted",
            Deed.answer("*7\n"),
            "The command 7 is accepted, which is not the next one that waits for it"),
        server(
            "an unknown command is answered",
            Deed.answer("*1\n+7\tN" + TIMES),
            "A reply is for the command 7, which waits for none"),
        server(
            "a command is answered before it is accepted",
            Deed.answer("+1\tN" + TIMES),
            "A reply is for the command 1, which was not accepted yet"),
        server(
            "garbage",
            Deed.answer(new byte[] {0, (byte) 0xFF, 1, '\t', (byte) 0x80, '\n'}),
            "it broke the protocol: Reply: the type is unknown: \\x00"),
        server(
            "garbage in a reply",
            Deed.answer("*1\n+1\tZ\u0001" + TIMES),
            "it broke the protocol: Reply to "),
        server("HTTP", Deed.answer("HTTP/1.1 400 Bad Request\r\n\r\n"), "the type is unknown: H"),
        server(
            "half of a reply, and the end",
            client -> {
              Deed.answer("*1\n+1\tO").to(client);
              client.close();
            },
            // With a commit half read, it is a reset, too.
            "Lost the connection"),
        server(
            "the end of its side", client -> client.shutdownOutput(), "it closed the connection"),
        server(
            "the end of its side in the middle of a reply",
            client -> {
              Deed.answer("*1\n+1\tO").to(client);
              client.shutdownOutput();
            },
            "it closed the connection"));
  }

  private static Arguments server(String name, Deed deed, String complaint) {
    return arguments(name, deed, complaint);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("servers")
  void failsWhatIsAskedAndGoesOn(String name, Deed deed, String complaint) throws Exception {
    String lost = "Lost the connection to the dict server at unix:" + socket + ": ";
    assertFailsAndGoesOn(client().build(), deed, lost, complaint);
  }

  @Test
  void failsWhatIsNeverAnsweredAndGoesOn() throws Exception {
    String unanswered = "No answer from the dict server at unix:" + socket;
    assertFailsAndGoesOn(
        client().answerTimeout(BRIEFLY).build(), silent -> {}, unanswered, " within 300 ms");
  }

  private void assertFailsAndGoesOn(DictClient client, Deed deed, String what, String why)
      throws Exception {
    try (RudeServer rude = RudeServer.at(socket, deed)) {
      CompletionStage<LookupResult> lookup = client.lookup("shared/a", NO_USER);
      assertFails(lookup, what);
      assertFails(lookup, why);
      assertFails(client.iterate(ROWS, RowConsumer.of(row -> {})), why);
      assertUncertain(client.commit(increment()), why);
      assertHungUp(rude);
    }
    assertServedAnew(client);
    assertCloses(client);
  }

  @Test
  void closesThoughAnAnswerNeverComes() throws Exception {
    DictClient client = client().answerTimeout(BRIEFLY).build();
    try (RudeServer rude = RudeServer.at(socket, silent -> {})) {
      CompletionStage<CommitResult> commit = client.commit(increment());
      Awaitility.await().until(() -> rude.connections() == 1);
      assertCloses(client);
      assertUncertain(commit, "the outcome of the commit is unknown");
      assertHungUp(rude);
    }
  }

  /** If it were kept, it would be taken for the answer to what is asked next. */
  @Test
  void doesNotKeepAnAnswerForWhatWasNotAsked() throws Exception {
    DictClient client = client().build();
    String early = "*1\n+1\tN" + TIMES + "*2\n+2\tOearly" + TIMES;
    try (RudeServer rude = RudeServer.at(socket, Deed.answer(early))) {
      assertThat(client.lookup("shared/a", NO_USER).toCompletableFuture())
          .succeedsWithin(SOON)
          .isEqualTo(LookupResult.notFound());
      assertHungUp(rude);
    }
    assertServedAnew(client);
    assertCloses(client);
  }

  @Test
  void failsAnIterationThatIsResetInTheMiddleOfARow() throws Exception {
    CompletableFuture<Void> firstRow = new CompletableFuture<>();
    Deed reset =
        victim -> {
          victim.setOption(StandardSocketOptions.SO_LINGER, 0);
          Deed.answer("*1\n+1\tOshared/rows/1\ta\n+1\tOshared/rows/2").to(victim);
          firstRow.join();
          victim.close();
        };
    try (RudeServer rude = RudeServer.onLoopback(reset)) {
      DictClient client = withTimeouts(DictClient.builder(rude.tcpAddress(), "d")).build();
      List<DictRow> received = new ArrayList<>();
      CompletionStage<Void> iteration =
          client.iterate(
              ROWS,
              RowConsumer.of(
                  row -> {
                    received.add(row);
                    firstRow.complete(null);
                  }));
      assertFails(iteration, "Connection reset; 1 rows had come");
      assertThat(received).containsExactly(new DictRow("shared/rows/1", List.of("a")));
      assertCloses(client);
    }
  }

  @Test
  void failsACommitThatIsResetInTheMiddleOfItsReply() throws Exception {
    Deed reset =
        victim -> {
          victim.setOption(StandardSocketOptions.SO_LINGER, 0);
          Deed.answer("*1\n+1\tO").to(victim);
          victim.close();
        };
    try (RudeServer rude = RudeServer.onLoopback(reset)) {
      DictClient client = withTimeouts(DictClient.builder(rude.tcpAddress(), "d")).build();
      assertUncertain(client.commit(increment()), "Connection reset");
      assertCloses(client);
    }
  }

  private static DictTransaction increment() {
    return DictTransaction.builder(NO_USER).increment("shared/n", 1).build();
  }

  private static void assertUncertain(CompletionStage<?> commit, String complaint) {
    assertThat(commit.toCompletableFuture())
        .failsWithin(SOON)
        .withThrowableThat()
        .withCauseInstanceOf(UncertainCommitException.class)
        .withMessageContaining(complaint);
  }

  private static void assertHungUp(RudeServer rude) {
    Awaitility.await().until(() -> rude.connections() == 0);
  }

  /** Puts a server that behaves in the place of the one that did not. */
  private void assertServedAnew(DictClient client) throws Exception {
    Files.deleteIfExists(socket);
    try (DictServer server =
        DictServer.builder().dict("d", dict).listen(UnixListener.at(socket)).start()) {
      assertThat(client.lookup("shared/a", NO_USER).toCompletableFuture())
          .succeedsWithin(SOON)
          .isEqualTo(LookupResult.found("1"));
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  private static void assertCloses(DictClient client) {
    assertThat(CompletableFuture.runAsync(client::close)).succeedsWithin(SOON);
  }
}
