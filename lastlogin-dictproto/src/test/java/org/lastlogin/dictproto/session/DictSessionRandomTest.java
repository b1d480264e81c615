package org.lastlogin.dictproto.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lastlogin.dict.Dict;
import org.lastlogin.dict.DictIteration.Flag;
import org.lastlogin.dict.InMemoryDict;
import org.lastlogin.dictproto.Capability;
import org.lastlogin.dictproto.DictCommand;
import org.lastlogin.dictproto.DictConversation;
import org.lastlogin.dictproto.DictLimits;
import org.lastlogin.dictproto.DictProtocolException;
import org.lastlogin.dictproto.DictVersion;
import org.lastlogin.dictproto.TransactionCommand;

/**
 * Sequences of commands at random, allowed or not: the {@link DictConversation} or the session
 * takes them or throws {@link DictProtocolException}, and the conversation finds every reply to be
 * one that the client may get.
 */
class DictSessionRandomTest {
  private static final int SEQUENCES = 5_000;
  private static final int COMMANDS = 40;

  /** Reached now and then. */
  private static final DictLimits LIMITS =
      DictLimits.builder().openTransactions(3).openOperations(6).openBytes(600).build();

  private static final List<DictVersion> VERSIONS =
      List.of(
          DictVersion.V2_0, DictVersion.V2_1, DictVersion.V2_2, DictVersion.V3_2, DictVersion.V4_0);

  private static final List<String> KEYS =
      List.of(
          "shared/a", "shared/a/b", "shared/", "priv/a", "priv/", "nowhere", "", "shared/\t\n\0ä");
  private static final List<String> VALUES =
      List.of("", "1", "-7", "x", "9223372036854775807", "\0");
  private static final List<String> USERS = List.of("", "carol", "d\u0001ve");

  private final Random random = new Random(4);
  private final PrintStream err = System.err;

  /** What the session logs of commands that fail would be thousands of lines. */
  @BeforeEach
  void silence() {
    System.setErr(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
  }

  @AfterEach
  void speak() {
    System.setErr(err);
  }

  @Test
  void takesAnySequenceOrSaysWhatIsWrongWithIt() {
    for (int i = 0; i < SEQUENCES; i++) {
      DictVersion version = any(VERSIONS);
      List<DictCommand> commands = new ArrayList<>();
      if (random.nextInt(50) > 0) {
        commands.add(hello(version));
      }
      for (int j = random.nextInt(COMMANDS); j > 0; j--) {
        commands.add(command(version));
      }
      assertTakes(commands);
    }
  }

  private static void assertTakes(List<DictCommand> commands) {
    DictConversation talk = DictConversation.ofServer(LIMITS);
    Dict dict = new InMemoryDict();
    DictSession session =
        DictSession.create("peer", Map.of("d", dict), talk, talk::reply, Runnable::run);
    for (DictCommand command : commands) {
      if (talk.version() != null && !command.type().isIn(talk.version())) {
        // A decoder does not make any.
        continue;
      }
      Throwable thrown =
          catchThrowable(
              () -> {
                talk.command(command);
                session.receive(command);
              });
      if (thrown != null) {
        assertThat(thrown)
            .as("%s of %s", command, commands)
            .isInstanceOf(DictProtocolException.class);
        return;
      }
      assertThat(talk.pending()).as("%s of %s", command, commands).isZero();
    }
  }

  private DictCommand.Hello hello(DictVersion version) {
    String dict = random.nextInt(100) > 0 ? "d" : "e";
    return new DictCommand.Hello(version.major(), version.minor(), 0, any(USERS), dict);
  }

  private DictCommand command(DictVersion version) {
    long id = random.nextInt(5);
    String key = any(KEYS);
    return switch (random.nextInt(14)) {
      case 0, 1 -> new DictCommand.Lookup(key, any(USERS));
      case 2 -> iterate(version);
      case 3, 4 -> new TransactionCommand.Begin(id, any(USERS), random.nextLong(1L << 32));
      case 5, 6 -> new TransactionCommand.Set(id, key, any(VALUES));
      case 7 -> new TransactionCommand.Unset(id, key);
      case 8 -> new TransactionCommand.Increment(id, key, random.nextLong());
      case 9 -> new TransactionCommand.Append(id, key, any(VALUES));
      case 10 ->
          new TransactionCommand.Timestamp(
              id, random.nextLong() >>> 1 >>> random.nextInt(40), random.nextLong(1L << 31));
      case 11 -> new TransactionCommand.HideValues(id, random.nextBoolean());
      case 12 ->
          random.nextBoolean()
              ? new TransactionCommand.Commit(id)
              : new TransactionCommand.CommitAsync(id);
      default -> random.nextInt(10) > 0 ? new TransactionCommand.Rollback(id) : hello(version);
    };
  }

  private DictCommand iterate(DictVersion version) {
    List<String> paths =
        version.has(Capability.USER_PER_COMMAND) ? List.of(any(KEYS)) : List.of(any(KEYS), "priv/");
    Set<Flag> flags = Set.of(any(List.of(Flag.values())));
    long maxRows = random.nextInt(3) * (random.nextLong() >>> 1) / 2;
    return new DictCommand.Iterate(flags, maxRows, paths, any(USERS));
  }

  private <T> T any(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
