package org.lastlogin.dictproto.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.lastlogin.dict.Dict;
import org.lastlogin.dict.DictException;
import org.lastlogin.dict.InMemoryDict;
import org.lastlogin.dict.UncertainCommitException;
import org.lastlogin.dictproto.DictCommand;
import org.lastlogin.dictproto.DictLimits;
import org.lastlogin.dictproto.TransactionCommand;
import org.lastlogin.dictproto.testing.CapturedLog;
import org.lastlogin.dictproto.testing.HeldDict;

class DictServerObserverTest {
  private final List<String> seen = new ArrayList<>();
  private final HeldDict held = new HeldDict();

  private final DictServerObserver observer =
      new DictServerObserver() {
        @Override
        public void commandCompleted(Command command, Outcome outcome, long nanos) {
          assertThat(nanos).isPositive();
          seen.add(command + " " + outcome);
        }

        @Override
        public void rowSent() {
          seen.add("row");
        }
      };

  @Test
  void seesOutcomesOfCommands() {
    NotedSession session = session(new InMemoryDict(), settings -> settings);
    commit(session);
    session.receive(new DictCommand.Lookup("shared/a", ""));
    session.receive(new DictCommand.Lookup("shared/none", ""));
    session.receive(new DictCommand.Lookup("wrong", ""));
    session.receive(new DictCommand.Iterate(Set.of(), 0, List.of("shared/"), ""));
    assertThat(seen)
        .containsExactly(
            "COMMIT OK", "LOOKUP OK", "LOOKUP NOT_FOUND", "LOOKUP FAILED", "row", "ITERATE OK");
  }

  @Test
  void seesFailuresAndAbandonedCommands() {
    NotedSession session = session(held, settings -> settings);
    held.failCommits(new DictException("no"));
    commit(session);
    held.failCommits(new UncertainCommitException("perhaps"));
    commit(session);
    session.receive(new DictCommand.Lookup("shared/a", ""));
    session.giveUpAll("over");
    session.receive(new DictCommand.Lookup("shared/b", ""));
    session.end();
    assertThat(seen)
        .containsExactly(
            "COMMIT FAILED", "COMMIT UNCERTAIN", "LOOKUP GIVEN_UP", "LOOKUP ABANDONED");
  }

  @Test
  void hasNoEffectWhenItThrows() {
    try (CapturedLog log = new CapturedLog()) {
      DictServerObserver broken =
          new DictServerObserver() {
            @Override
            public void commandCompleted(Command command, Outcome outcome, long nanos) {
              throw new IllegalStateException("broken");
            }
          };
      NotedSession session = session(new InMemoryDict(), settings -> settings.observer(broken));
      commit(session);
      assertThat(session.pending()).isZero();
      assertThat(log.linesWith("DictServerObserverTest$")).isNotEmpty();
    }
  }

  @Test
  void warnsOfSlowCommands() {
    try (CapturedLog log = new CapturedLog()) {
      NotedSession session = session(held, settings -> settings.slowCommand(Duration.ofNanos(1)));
      session.receive(new DictCommand.Lookup("shared/a", ""));
      assertThat(log.linesWith("took")).isEmpty();
      held.answerLookup(0, "v");
      assertThat(log.linesWith("test: dict lookup took "))
          .singleElement()
          .asString()
          .matches(".* took 0\\.\\d{3} secs: shared/a");

      session.receive(new DictCommand.Lookup("shared/b", ""));
      session.giveUpAll("over");
      held.answerLookup(1, "v");
      assertThat(log.linesWith("secs: shared/b; it was given up before")).hasSize(1);
    }
  }

  private static void commit(NotedSession session) {
    session.receive(new TransactionCommand.Begin(1, "", 0));
    session.receive(new TransactionCommand.Set(1, "shared/a", "1"));
    session.receive(new TransactionCommand.Commit(1));
  }

  private NotedSession session(Dict dict, UnaryOperator<DictSessionSettings.Builder> change) {
    DictSessionSettings settings =
        change.apply(DictSessionSettings.builder(Map.of("d", dict)).observer(observer)).build();
    NotedSession session = new NotedSession(settings, DictLimits.DEFAULT, reply -> {});
    session.receive(new DictCommand.Hello(3, 2, 0, "", "d"));
    return session;
  }
}
