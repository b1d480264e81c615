package org.lastlogin.dictproto.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.lastlogin.dict.DictException;
import org.lastlogin.dict.InMemoryDict;
import org.lastlogin.dictproto.testing.Transcript;
import org.lastlogin.dictproto.testing.TranscriptPlayer;
import org.lastlogin.testing.Fault;
import org.lastlogin.testing.FaultyDict;

/** What no recording has is answered as the protocol says. */
class WrittenTranscriptTest {
  private static final List<String> VERSIONS = List.of("2.0", "2.1", "2.2");
  private static final ScheduledExecutorService SCHEDULER =
      Executors.newSingleThreadScheduledExecutor();

  /** The faults that titles speak of. */
  private static final Map<String, Consumer<FaultyDict>> FAULTS =
      Map.of(
          "the first lookup takes its time",
          dict -> dict.next(Fault.delay(Duration.ofMillis(20), SCHEDULER)),
          "the first lookup is answered when the second is",
          WrittenTranscriptTest::answerSecondFirst,
          "the outcome of the commit is unknown, and it was made",
          dict -> dict.nextCommit(Fault.uncertainButDone()),
          "the outcome of the commit is unknown, and it was not made",
          dict -> dict.nextCommit(Fault.uncertainAndNotDone()),
          "an iteration that fails after a row",
          dict -> dict.nextIterationAfter(1, new DictException("The disk\nis \tfull")));

  @TempDir Path directory;

  @ParameterizedTest
  @FieldSource("VERSIONS")
  void isAnsweredAsItIsWritten(String version) throws Exception {
    Path socket = directory.resolve("dict");
    List<Transcript> transcripts = Transcript.shipped("written-" + version);
    FaultyDict dict = new FaultyDict(new InMemoryDict());
    try (DictServer server =
        DictServer.builder().dict("lastlogin", dict).listen(UnixListener.at(socket)).start()) {
      for (Transcript transcript : transcripts) {
        FAULTS.getOrDefault(transcript.title(), none -> {}).accept(dict);
        TranscriptPlayer.at(socket).play(transcript);
      }
    }
  }

  private static void answerSecondFirst(FaultyDict dict) {
    CompletableFuture<Void> second = new CompletableFuture<>();
    dict.next(Fault.until(second))
        .next(
            new Fault() {
              @Override
              public <T> CompletionStage<T> strike(Supplier<CompletionStage<T>> operation) {
                return operation.get().whenComplete((answer, failure) -> second.complete(null));
              }
            });
  }

  @Test
  void hasAFaultForNoOtherTitle() {
    assertThat(VERSIONS)
        .flatMap(version -> Transcript.shipped("written-" + version))
        .extracting(Transcript::title)
        .containsAll(FAULTS.keySet());
  }

  @Test
  void showsTheTalkUpToWhereItDiffers() throws Exception {
    Path socket = directory.resolve("dict");
    Transcript wrong =
        Transcript.parseAll(
                """
                ### two lookups
                C H2\t0\t0\t\tlastlogin
                C Lshared/a
                C Lshared/b
                S N
                S Oone\ttwo
                """)
            .get(0);
    try (DictServer server =
        DictServer.builder()
            .dict("lastlogin", new InMemoryDict())
            .listen(UnixListener.at(socket))
            .start()) {
      assertThatThrownBy(() -> TranscriptPlayer.at(socket).play(wrong))
          .isInstanceOf(AssertionError.class)
          .hasMessage(
              """
              ### two lookups
              C H2\\t0\\t0\\t\\tlastlogin
              C Lshared/a
              C Lshared/b
              S N
              expected: S Oone\\ttwo
              but was:  S N""");
    }
  }

  @AfterAll
  static void stopScheduler() {
    SCHEDULER.shutdown();
  }
}
