package org.lastlogin.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lastlogin.LastLogin;
import org.lastlogin.LastLoginStore;
import org.lastlogin.LoginEvent;
import org.lastlogin.ServiceFields;
import org.lastlogin.TimePolicy;

/**
 * What every {@link LastLoginStore} does. The store has the {@linkplain ServiceFields#DEFAULT usual
 * fields} and keeps times to the second or finer; its columns hold times beyond the year 2038, and
 * it takes such.
 */
public abstract class LastLoginStoreContract {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant EARLIER = NOON.minusSeconds(1);
  private static final Instant LATER = NOON.plusSeconds(1);
  private static final String ALICE = "alice@example.com";
  private static final String BOB = "bob@example.com";
  private static final String CAROL = "carol@example.com";

  private LastLoginStore store;

  /** A store without a single mailbox in it; called once for each test. */
  protected abstract LastLoginStore newStore() throws Exception;

  /**
   * A store without a single mailbox in it and with a policy for times; empty if it knows none. It
   * takes the place of the one that was made for the test.
   */
  protected Optional<LastLoginStore> newStore(TimePolicy times) throws Exception {
    return Optional.empty();
  }

  /** Whether names that differ in case alone are the same mailbox; not so by default. */
  protected boolean foldsCase() {
    return false;
  }

  private void useStoreWith(TimePolicy times) throws Exception {
    Optional<LastLoginStore> withPolicy = newStore(times);
    assumeThat(withPolicy).as("a store that knows policies for times").isPresent();
    store = withPolicy.orElseThrow();
  }

  @BeforeEach
  void createStore() throws Exception {
    store = newStore();
  }

  private LastLogin findPresent(String mailbox) {
    return store.find(mailbox).orElseThrow(() -> new AssertionError("not found: " + mailbox));
  }

  @Test
  void knowsNothingOfAMailboxThatWasNeverUsed() {
    assertThat(store.find(ALICE)).isEmpty();
  }

  @Test
  void recordsOneEvent() {
    store.record(LoginEvent.of("imap", ALICE, NOON));

    LastLogin login = findPresent(ALICE);
    assertThat(login.mailbox()).isEqualTo(ALICE);
    assertThat(login.domain()).isEqualTo("example.com");
    assertThat(login.logins()).containsExactly(Map.entry("imap", NOON));
    assertThat(login.deliveries()).isEmpty();
  }

  @Test
  void keepsTheServicesOfAMailboxApart() {
    store.record(LoginEvent.of("imap", ALICE, NOON));
    store.record(LoginEvent.of("pop3", ALICE, EARLIER));
    store.record(LoginEvent.of("lda", ALICE, LATER));

    LastLogin login = findPresent(ALICE);
    assertThat(login.logins()).isEqualTo(Map.of("imap", NOON, "pop3", EARLIER));
    assertThat(login.deliveries()).isEqualTo(Map.of("lda", LATER));
    assertThat(login.latestLogin()).contains(NOON);
    assertThat(login.latestDelivery()).contains(LATER);
  }

  @Test
  void recordsSeveralEvents() {
    store.record(
        List.of(
            LoginEvent.of("imap", ALICE, NOON),
            LoginEvent.of("pop3", BOB, EARLIER),
            LoginEvent.of("lda", ALICE, LATER)));

    assertThat(findPresent(ALICE).at("imap")).contains(NOON);
    assertThat(findPresent(ALICE).at("lda")).contains(LATER);
    assertThat(findPresent(BOB).logins()).isEqualTo(Map.of("pop3", EARLIER));
  }

  @Test
  void recordsNoEvents() {
    store.record(List.of());

    assertThat(store.list("example.com")).isEmpty();
  }

  @Test
  void recordsManyEvents() {
    List<LoginEvent> events = new ArrayList<>();
    for (int i = 0; i < 1_500; i++) {
      events.add(LoginEvent.of("imap", "user" + i + "@example.com", NOON.plusSeconds(i)));
    }
    store.record(events);

    Collection<String> mailboxes = events.stream().map(LoginEvent::mailbox).toList();
    assertThat(store.findAll(mailboxes)).hasSize(1_500);
    assertThat(findPresent("user1499@example.com").at("imap")).contains(NOON.plusSeconds(1_499));
  }

  @Test
  void storesLmtpInTheFieldOfTheLda() {
    store.record(LoginEvent.of("lmtp", ALICE, NOON));
    store.record(LoginEvent.of("lda", ALICE, EARLIER));

    assertThat(findPresent(ALICE).deliveries()).isEqualTo(Map.of("lda", NOON));
  }

  @Test
  void laterTimeReplacesAnEarlierOne() {
    store.record(LoginEvent.of("imap", ALICE, NOON));
    store.record(LoginEvent.of("imap", ALICE, LATER));

    assertThat(findPresent(ALICE).at("imap")).contains(LATER);
  }

  @Test
  void lateEventDoesNotMoveTheTimeBack() {
    store.record(LoginEvent.of("imap", ALICE, NOON));
    store.record(LoginEvent.of("imap", ALICE, EARLIER));

    assertThat(findPresent(ALICE).at("imap")).contains(NOON);
  }

  @Test
  void latestEventOfOneCallCounts() {
    store.record(
        List.of(
            LoginEvent.of("imap", ALICE, NOON),
            LoginEvent.of("imap", ALICE, LATER),
            LoginEvent.of("imap", ALICE, EARLIER)));

    assertThat(findPresent(ALICE).at("imap")).contains(LATER);
  }

  @Test
  void rejectsAnUnknownServiceAndRecordsNothingThen() {
    List<LoginEvent> events =
        List.of(
            LoginEvent.of("imap", ALICE, NOON),
            LoginEvent.of("telepathy", BOB, NOON),
            LoginEvent.of("imap", CAROL, NOON));

    assertThatThrownBy(() -> store.record(events))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("telepathy");
    assertThat(store.findAll(List.of(ALICE, BOB, CAROL))).isEmpty();
  }

  @Test
  void refusesATimeFromTheFutureAndRecordsNothingThen() throws Exception {
    useStoreWith(
        TimePolicy.refusingFuture(Duration.ofSeconds(1), InstantSource.fixed(NOON.plusMillis(1))));
    List<LoginEvent> events =
        List.of(
            LoginEvent.of("imap", ALICE, LATER), LoginEvent.of("imap", BOB, LATER.plusSeconds(1)));

    assertThatThrownBy(() -> store.record(events))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Not recorded: imap of bob@example.com: 2026-03-01T12:00:02Z is later than the limit"
                + " now, 2026-03-01T12:00:01Z; check the clock of the mail server");
    assertThat(store.findAll(List.of(ALICE, BOB))).isEmpty();
    store.record(events.get(0));
    assertThat(findPresent(ALICE).at("imap")).contains(LATER);
  }

  @Test
  void roundsTimesDown() throws Exception {
    useStoreWith(TimePolicy.roundingDown(ChronoUnit.HOURS));
    store.record(LoginEvent.of("imap", ALICE, NOON.plusSeconds(3_599)));
    assertThat(findPresent(ALICE).at("imap")).contains(NOON);

    store.record(LoginEvent.of("imap", ALICE, NOON.plusSeconds(3_600)));
    store.record(LoginEvent.of("imap", ALICE, LATER));
    assertThat(findPresent(ALICE).at("imap")).contains(NOON.plusSeconds(3_600));
  }

  @Test
  void threadsThatRecordAtOnceLeaveTheLatestTime() throws Exception {
    int threads = 4;
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      CompletableFuture<?>[] writers =
          IntStream.range(0, threads)
              .mapToObj(
                  thread -> CompletableFuture.runAsync(() -> recordShuffled(thread), executor))
              .toArray(CompletableFuture<?>[]::new);
      CompletableFuture.allOf(writers).join();
    } finally {
      executor.shutdown();
    }
    assertThat(findPresent(ALICE).at("imap")).contains(NOON.plusSeconds(49));
    assertThat(findPresent(BOB).at("imap")).contains(NOON.plusSeconds(49));
  }

  /** Every thread writes the same events in an order of its own, two mailboxes in each call. */
  private void recordShuffled(int thread) {
    List<Integer> seconds = new ArrayList<>(IntStream.range(0, 50).boxed().toList());
    Collections.rotate(seconds, 13 * thread);
    for (int second : seconds) {
      Instant time = NOON.plusSeconds(second);
      LoginEvent alice = LoginEvent.of("imap", ALICE, time);
      LoginEvent bob = LoginEvent.of("imap", BOB, time);
      store.record(thread % 2 == 0 ? List.of(alice, bob) : List.of(bob, alice));
    }
  }

  @Test
  void findsAllThatAreThere() {
    store.record(LoginEvent.of("imap", ALICE, NOON));
    store.record(LoginEvent.of("imap", BOB, LATER));
    store.record(LoginEvent.of("imap", CAROL, LATER));

    Map<String, LastLogin> found = store.findAll(List.of(BOB, "nobody@example.com", ALICE, BOB));

    assertThat(found).containsOnlyKeys(ALICE, BOB);
    assertThat(found.get(ALICE)).isEqualTo(findPresent(ALICE));
    assertThat(found.get(BOB)).isEqualTo(findPresent(BOB));
  }

  @Test
  void keysWhatItFindsByTheNamesThatWereAskedFor() {
    store.record(LoginEvent.of("imap", "Joe@example.com", NOON));
    store.record(LoginEvent.of("imap", "ann@example.com", LATER));
    List<String> names =
        List.of("JOE@example.com", "Joe@example.com", "joe@EXAMPLE.com", "Ann@example.com", BOB);

    Map<String, LastLogin> found = store.findAll(names);

    if (foldsCase()) {
      assertThat(found).containsOnlyKeys(names.subList(0, 4));
      assertThat(found.get("JOE@example.com").mailbox()).isEqualTo("Joe@example.com");
    } else {
      assertThat(found).containsOnlyKeys("Joe@example.com");
    }
    for (String name : names) {
      assertThat(Optional.ofNullable(found.get(name))).as(name).isEqualTo(store.find(name));
    }
  }

  @Test
  void refusesToFindNull() {
    assertThatThrownBy(() -> store.find(null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> store.findAll(Arrays.asList(ALICE, null)))
        .isInstanceOf(NullPointerException.class);
  }

  @Test
  void keepsTheDomainOfTheEventEvenIfTheNameHasAnother() {
    store.record(new LoginEvent("imap", ALICE, "hosted.example", NOON));
    store.record(new LoginEvent("lda", ALICE, "hosted.example", LATER));

    assertThat(findPresent(ALICE).domain()).isEqualTo("hosted.example");
    assertThat(store.list("hosted.example")).containsExactly(findPresent(ALICE));
    assertThat(store.list("example.com")).isEmpty();
  }

  @Test
  void keepsNamesAsTheyAreSpelt() {
    store.record(LoginEvent.of("imap", "Alice.Smith@Example.COM", NOON));

    LastLogin login = findPresent("Alice.Smith@Example.COM");
    assertThat(login.mailbox()).isEqualTo("Alice.Smith@Example.COM");
    assertThat(login.domain()).isEqualTo("Example.COM");
    assertThat(store.list("Example.COM")).containsExactly(login);
  }

  @Test
  void keepsTimesBefore1970() {
    Instant before1970 = Instant.parse("1969-07-20T20:17:40Z");
    store.record(LoginEvent.of("imap", ALICE, before1970));
    assertThat(findPresent(ALICE).at("imap")).contains(before1970);

    store.record(LoginEvent.of("imap", ALICE, before1970.minusSeconds(1)));
    assertThat(findPresent(ALICE).at("imap")).contains(before1970);

    store.record(LoginEvent.of("imap", ALICE, NOON));
    assertThat(findPresent(ALICE).at("imap")).contains(NOON);
  }

  @Test
  void findsNothingIfAskedForNothing() {
    assertThat(store.findAll(List.of())).isEmpty();
  }

  @Test
  void listsADomainInTheOrderOfTheNames() {
    store.record(LoginEvent.of("imap", CAROL, NOON));
    store.record(LoginEvent.of("lmtp", ALICE, LATER));
    store.record(LoginEvent.of("imap", "bob@example.org", NOON));
    store.record(LoginEvent.of("pop3", BOB, EARLIER));

    List<LastLogin> list = store.list("example.com");

    assertThat(list).extracting(LastLogin::mailbox).containsExactly(ALICE, BOB, CAROL);
    assertThat(list).containsExactly(findPresent(ALICE), findPresent(BOB), findPresent(CAROL));
  }

  @Test
  void listsByPages() {
    for (String mailbox : List.of("e@example.com", "a@example.com", "d@example.com")) {
      store.record(LoginEvent.of("imap", mailbox, NOON));
    }
    store.record(LoginEvent.of("imap", "b@example.org", NOON));
    store.record(LoginEvent.of("imap", "c@example.com", NOON));

    assertThat(store.list("example.com", "", 3))
        .extracting(LastLogin::mailbox)
        .containsExactly("a@example.com", "c@example.com", "d@example.com");
    assertThat(store.list("example.com", "d@example.com", 3))
        .extracting(LastLogin::mailbox)
        .containsExactly("e@example.com");
    assertThat(store.list("example.com", "e@example.com", 3)).isEmpty();
  }

  @Test
  void pageMayBeginBehindAMailboxThatIsGone() {
    store.record(LoginEvent.of("imap", ALICE, NOON));
    store.record(LoginEvent.of("imap", CAROL, NOON));

    assertThat(store.list("example.com", BOB, 3))
        .extracting(LastLogin::mailbox)
        .containsExactly(CAROL);
  }

  @Test
  void listsNothingOfAnUnknownDomain() {
    store.record(LoginEvent.of("imap", ALICE, NOON));

    assertThat(store.list("example.org")).isEmpty();
    assertThat(store.list("xample.com")).isEmpty();
    assertThat(store.list("%")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void rejectsAPageWithoutRoom(int limit) {
    assertThatThrownBy(() -> store.list("example.com", "", limit))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void deletesAMailboxAndNoOther() {
    store.record(LoginEvent.of("imap", ALICE, NOON));
    store.record(LoginEvent.of("imap", BOB, NOON));

    assertThat(store.delete(ALICE)).isTrue();

    assertThat(store.find(ALICE)).isEmpty();
    assertThat(store.list("example.com")).extracting(LastLogin::mailbox).containsExactly(BOB);
    assertThat(store.delete(ALICE)).isFalse();
  }

  @Test
  void mailboxThatWasDeletedBeginsAnew() {
    store.record(LoginEvent.of("imap", ALICE, LATER));
    store.delete(ALICE);
    store.record(LoginEvent.of("pop3", ALICE, EARLIER));

    assertThat(findPresent(ALICE).logins()).isEqualTo(Map.of("pop3", EARLIER));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jürgen@müller.example",
        "почта@пример.example",
        "用户@例子.example",
        "o'hara@example.com",
        "\"quoted user\"@example.com",
        "`tick`@example.com",
        "100%@example.com",
        "under_score@example.com",
        "back\\slash@example.com",
        "a;b--c/*d*/@example.com",
        "user+tag/slash@example.com",
        "$1?:name{}@example.com"
      })
  void takesAnyName(String mailbox) {
    // Names that a wildcard in the awkward name would match: they must stay as they are.
    store.record(LoginEvent.of("imap", "underXscore@example.com", EARLIER));
    store.record(LoginEvent.of("imap", "100percent@example.com", EARLIER));

    store.record(LoginEvent.of("imap", mailbox, NOON));
    store.record(LoginEvent.of("imap", mailbox, LATER));

    LastLogin login = findPresent(mailbox);
    assertThat(login.mailbox()).isEqualTo(mailbox);
    assertThat(login.at("imap")).contains(LATER);
    assertThat(store.findAll(List.of(mailbox))).containsOnlyKeys(mailbox);
    assertThat(store.list(login.domain())).contains(login);
    assertThat(store.delete(mailbox)).isTrue();
    assertThat(store.find(mailbox)).isEmpty();
    assertThat(store.list("example.com"))
        .extracting(LastLogin::mailbox)
        .containsExactlyInAnyOrder("underXscore@example.com", "100percent@example.com");
  }

  @Test
  void takesAMailboxWithoutADomain() {
    store.record(new LoginEvent("imap", "root", "", NOON));

    assertThat(findPresent("root").domain()).isEmpty();
    assertThat(store.list("")).extracting(LastLogin::mailbox).containsExactly("root");
  }

  @Test
  void keepsTimesAfter2038() {
    Instant beyond32Bits = Instant.parse("2106-02-07T06:28:17Z");
    store.record(LoginEvent.of("imap", ALICE, NOON));
    store.record(LoginEvent.of("imap", ALICE, beyond32Bits));

    assertThat(findPresent(ALICE).at("imap")).contains(beyond32Bits);
  }
}
