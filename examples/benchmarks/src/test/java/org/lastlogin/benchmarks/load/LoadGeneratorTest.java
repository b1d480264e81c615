package org.lastlogin.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.lastlogin.dict.BlockingDict;
import org.lastlogin.dict.DictException;
import org.lastlogin.dict.InMemoryDict;
import org.lastlogin.dictproto.DictVersion;
import org.lastlogin.dictproto.server.DictServer;
import org.lastlogin.dictproto.server.UnixListener;
import org.lastlogin.dictproto.session.DictServerObserver;
import org.lastlogin.testing.Fault;
import org.lastlogin.testing.FaultyDict;

/** Runs the generator against a server over a dict in memory. */
class LoadGeneratorTest {
  static final List<DictVersion> VERSIONS =
      List.of(DictVersion.V2_2, DictVersion.V3_2, DictVersion.V4_0);

  private static final Duration A_WHILE = Duration.ofMillis(100);
  private static final Duration LONG = Duration.ofMinutes(1);

  private final Mailboxes mailboxes = new Mailboxes(250);
  private final LoginTimes times = new LoginTimes();
  private final FaultyDict dict = new FaultyDict(new InMemoryDict());
  private final AtomicInteger connections = new AtomicInteger();
  private Path socket;
  private DictServer server;

  @BeforeEach
  void start(@TempDir Path directory) throws IOException {
    socket = directory.resolve("dict");
    server =
        DictServer.builder()
            .dict("lastlogin", dict)
            .listen(UnixListener.at(socket))
            .observer(
                new DictServerObserver() {
                  @Override
                  public void connectionOpened() {
                    connections.incrementAndGet();
                  }
                })
            .start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @FieldSource("VERSIONS")
  void writesEachMailboxOnceAndReadsThem(DictVersion version) throws Exception {
    LoadResult filled = run(LoadMode.FILL, version, LONG);
    assertThat(filled.requireNoFailure().latencies().count()).isEqualTo(250);
    assertThat(dict.transactions()).hasSize(250);
    assertThat(connections).as("with four requests each").hasValue(63);

    int before = dict.operations();
    LoadResult read = run(LoadMode.LOOKUP, version, A_WHILE).requireNoFailure();
    assertThat(read.latencies().count()).isEqualTo(dict.operations() - before);
  }

  @ParameterizedTest
  @FieldSource("VERSIONS")
  void opensAConnectionForEachLogin(DictVersion version) throws Exception {
    LoadResult result = run(LoadMode.LOGIN, version, A_WHILE).requireNoFailure();
    assertThat(dict.transactions()).hasSize(result.latencies().count());
    assertThat(connections).hasValue(result.latencies().count());
    assertThat(dict.transactions()).doesNotHaveDuplicates();
  }

  @Test
  void writesOneAfterTheOther() throws Exception {
    LoadResult result = run(LoadMode.SINGLE, DictVersion.V3_2, A_WHILE).requireNoFailure();
    assertThat(dict.transactions()).hasSize(result.latencies().count());
    assertThat(connections).hasValue(1);
    assertThat(result.latencies().medianMicros() * result.latencies().count())
        .as("all of them, in microseconds")
        .isLessThan(2 * result.elapsed().toNanos() / 1000.0);
  }

  @ParameterizedTest
  @FieldSource("VERSIONS")
  void countsTheRowsOfADomain(DictVersion version) throws Exception {
    fillDomains();
    run(LoadMode.ITERATE, version, A_WHILE).requireNoFailure();

    BlockingDict blocking = BlockingDict.of(dict);
    for (int mailbox : new int[] {7, 107, 207}) {
      blocking.unset(mailboxes.path(mailboxes.domainOf(mailbox)) + mailboxes.user(mailbox));
    }
    LoadResult result = run(LoadMode.ITERATE, version, A_WHILE);
    assertThat(result.failures()).isPositive();
    assertThat(result.latencies().count()).isZero();
    assertThat(result.failureTexts()).anyMatch(text -> text.endsWith("99 rows, not 100"));
  }

  private void fillDomains() {
    BlockingDict blocking = BlockingDict.of(dict);
    for (int mailbox = 0; mailbox < mailboxes.count(); mailbox++) {
      blocking.set(
          mailboxes.path(mailboxes.domainOf(mailbox)) + mailboxes.user(mailbox), "1700000001");
    }
  }

  @Test
  void reportsCommitsThatFailOrAreUncertain() throws Exception {
    dict.next(3, Fault.failure(new DictException("The database is down")));
    dict.next(2, Fault.uncertainButDone());
    LoadResult result = run(LoadMode.FILL, DictVersion.V3_2, LONG);
    assertThat(result.failures()).isEqualTo(5);
    assertThat(result.latencies().count()).isEqualTo(245);
    assertThat(result.failureTexts())
        .hasSize(5)
        .anyMatch(text -> text.contains("The database is down"))
        .anyMatch(text -> text.contains("UNCERTAIN"));
    assertThatThrownBy(result::requireNoFailure)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("The database is down");
  }

  @Test
  void reportsMailboxesThatAreNotFound() throws Exception {
    LoadResult result = run(LoadMode.LOOKUP, DictVersion.V3_2, A_WHILE);
    assertThat(result.failures()).isEqualTo(dict.operations());
    assertThat(result.latencies().count()).isZero();
    assertThat(result.failureTexts()).hasSize(10).allMatch(text -> text.contains("NotFound"));
  }

  @Test
  void reportsConnectionsThatTheServerCloses() throws Exception {
    Load load = new Load(socket, "no-such-dict", DictVersion.V3_2, 8, 4, /* opensAgain= */ false);
    LoadResult result = LoadGenerator.run(load, Requests.commits(mailboxes, times), LONG);
    assertThat(result.failures()).isEqualTo(32);
    assertThat(result.latencies().count()).isZero();
    assertThat(result.failureTexts()).allMatch(text -> text.contains("in flight of version 3.2"));
  }

  @Test
  void saysThatNobodyListens() {
    server.close();
    assertThatThrownBy(() -> run(LoadMode.SINGLE, DictVersion.V3_2, LONG))
        .isInstanceOf(IOException.class);
  }

  private LoadResult run(LoadMode mode, DictVersion version, Duration duration) throws IOException {
    Load load =
        new Load(
            socket, "lastlogin", version, mode.connections(), mode.inFlight(), mode.opensAgain());
    return LoadGenerator.run(load, mode.requests(mailboxes, times), duration);
  }
}
