package org.lastlogin.storemocking;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lastlogin.InMemoryLastLoginStore;
import org.lastlogin.LastLoginDict;
import org.lastlogin.LastLoginStore;
import org.lastlogin.dictproto.server.DictServer;
import org.lastlogin.dictproto.server.UnixListener;
import org.lastlogin.dictproto.testing.Transcript;
import org.lastlogin.dictproto.testing.TranscriptPlayer;

/**
 * Shows how to test a panel with logins as real Dovecots send them, byte for byte, but without a
 * Dovecot: the test plays recordings to a server, which must answer as the recorded server did.
 */
class DovecotLoginTest {
  private static final List<String> MAILBOXES = List.of("postmaster@a.io", "joe@b.io");

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"dovecot-2.3.13", "dovecot-2.3.19.1", "dovecot-2.4.1"})
  void aLoginMakesAMailboxAnActiveOne(String recording) throws Exception {
    LastLoginStore store = new InMemoryLastLoginStore();
    Path socket = directory.resolve("dict");
    try (LastLoginDict dict = LastLoginDict.create(store, Runnable::run);
        DictServer server =
            DictServer.builder().dict("lastlogin", dict).listen(UnixListener.at(socket)).start()) {
      for (Transcript transcript : Transcript.shipped(recording)) {
        if (transcript.title().startsWith("last_login plugin: IMAP login")) {
          TranscriptPlayer.at(socket).play(transcript);
        }
      }
    }

    Instant login = store.find("postmaster@a.io").orElseThrow().latestLogin().orElseThrow();
    InactiveMailboxes panel =
        new InactiveMailboxes(store, InstantSource.fixed(login.plus(Duration.ofDays(1))));
    assertThat(panel.report(MAILBOXES, Duration.ofDays(30)))
        .containsExactly("joe@b.io: never used");
  }
}
