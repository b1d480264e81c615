package org.lastlogin.dictproto.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lastlogin.dict.CommitResult;
import org.lastlogin.dict.DictContext;
import org.lastlogin.dict.DictIteration;
import org.lastlogin.dict.DictIteration.Flag;
import org.lastlogin.dict.DictTransaction;
import org.lastlogin.dict.LookupResult;
import org.lastlogin.dict.RowConsumer;
import org.lastlogin.dictproto.DictVersion;
import org.lastlogin.dictproto.testing.Transcript;
import org.lastlogin.dictproto.testing.TranscriptServer;

/**
 * Compares the client with real ones: for the same task it sends the same bytes, and it understands
 * the answers of the real server.
 */
class DictClientTranscriptTest {
  private static final ExecutorService THREADS = Executors.newCachedThreadPool();

  @TempDir Path directory;

  @AfterAll
  static void endThreads() {
    THREADS.shutdownNow();
  }

  static Stream<Arguments> recordings() {
    return Stream.of(
            Arguments.of("dovecot-2.2.22", DictVersion.V2_0),
            Arguments.of("dovecot-2.3.13", DictVersion.V2_2),
            Arguments.of("dovecot-2.3.19.1", DictVersion.V3_2),
            Arguments.of("dovecot-2.4.1", DictVersion.V4_0))
        .flatMap(
            recording ->
                Transcript.shipped((String) recording.get()[0]).stream()
                    .filter(transcript -> !transcript.connections().isEmpty())
                    .map(
                        transcript ->
                            Arguments.of(recording.get()[0], transcript, recording.get()[1])));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("recordings")
  void saysTheSameAndUnderstandsTheAnswer(
      String dovecot, Transcript transcript, DictVersion version) throws Exception {
    List<Call> calls = Call.of(transcript);
    assertThat(calls).hasSameSizeAs(transcript.connections());
    Path socket = directory.resolve("dict");
    try (TranscriptServer server = TranscriptServer.at(socket)) {
      for (int i = 0; i < calls.size(); i++) {
        Transcript.Connection talk = transcript.connections().get(i);
        CompletableFuture<List<String>> sent = server.play(talk, THREADS);
        try (DictClient client = DictClient.builder(socket, "lastlogin").version(version).build()) {
          List<String> understood = calls.get(i).make(client);
          assertThat(sent).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(talk.sent());
          assertThat(understood).isEqualTo(meant(talk.answered(), calls.get(i)));
        }
      }
    }
  }

  /** What the server's lines mean, read the simple way: they hold nothing that is special. */
  private static List<String> meant(List<String> lines, Call call) {
    List<String> meant = new ArrayList<>();
    for (String line : lines) {
      if (!line.startsWith("*")) {
        String body = line.replaceFirst("^\\+1\t", "").replaceFirst("(\t\\d+){4}$", "");
        meant.add(meaning(body, call));
      }
    }
    return meant;
  }

  private static String meaning(String body, Call call) {
    String text = body.replace("\u0001t", "<tab>").replace("\u0001n", "<newline>");
    boolean row = call.verb.equals("iter");
    if (body.startsWith("F")) {
      return "failed: " + text.replaceFirst(row || call.verb.equals("get") ? "F" : "F1\t?", "");
    }
    return switch (call.verb) {
      case "iter" ->
          body.isEmpty() ? "end" : text.substring(1).replaceFirst("\t$", keysAlone(call));
      case "get" ->
          body.startsWith("N") ? "not found" : text.substring(1).replaceAll("<tab>$", "\t");
      default -> body.equals("O1") ? "committed" : "not found";
    };
  }

  private static String keysAlone(Call call) {
    return call.flags.contains(Flag.NO_VALUES) ? "" : "\t";
  }

  /** The task of a client. */
  private record Call(String verb, Set<Flag> flags, DictContext context, List<String> arguments) {

    /** What the title says; the plugin looks up what it has written, in a case of its own. */
    static List<Call> of(Transcript transcript) {
      String title = transcript.title().replace("<newline>", "\n");
      if (title.startsWith("last_login plugin: ")) {
        return ofPlugin(title, transcript);
      }
      List<String> words =
          new ArrayList<>(Arrays.asList(title.substring("doveadm dict ".length()).split(" ", -1)));
      String verb = words.remove(0);
      Set<Flag> flags = EnumSet.noneOf(Flag.class);
      DictContext context = DictContext.NO_USER;
      for (String word = words.remove(0); !word.equals("DICT"); word = words.remove(0)) {
        switch (word) {
          case "-u" -> context = DictContext.of(words.remove(0));
          case "-R" -> flags.add(Flag.RECURSE);
          case "-1" -> flags.add(Flag.EXACT_KEY);
          case "-V" -> flags.add(Flag.NO_VALUES);
          default -> throw new IllegalArgumentException(title);
        }
      }
      String key = words.remove(0);
      String rest = String.join(" ", words);
      return List.of(
          new Call(verb, flags, context, words.isEmpty() ? List.of(key) : List.of(key, rest)));
    }

    private static List<Call> ofPlugin(String title, Transcript transcript) {
      String[] words = title.split(" ", -1);
      String mailbox = words[words.length - 1];
      String service = words[2].toLowerCase(Locale.ROOT);
      List<Call> calls = new ArrayList<>();
      for (Transcript.Connection connection : transcript.connections()) {
        String last = connection.sent().get(connection.sent().size() - 1);
        if (last.startsWith("L")) {
          String key = last.substring(1).replace("\t", "");
          calls.add(new Call("get", Set.of(), DictContext.NO_USER, List.of(key)));
        } else {
          String domain = mailbox.substring(mailbox.indexOf('@') + 1);
          String set = connection.sent().get(2);
          calls.add(
              new Call(
                  "set",
                  Set.of(),
                  DictContext.of(mailbox),
                  List.of(
                      "shared/last-login/" + service + "/" + mailbox + "/" + domain,
                      set.substring(set.lastIndexOf('\t') + 1))));
        }
      }
      return calls;
    }

    /** Makes the call, and returns its results, line by line. */
    List<String> make(DictClient client) {
      List<String> lines = new ArrayList<>();
      try {
        lines.addAll(
            answer(client, lines).toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join());
      } catch (CompletionException e) {
        lines.add(
            "failed: "
                + shown(e.getCause().getMessage()).replaceFirst("^The dict server failed;.*", ""));
      }
      return lines;
    }

    private CompletionStage<List<String>> answer(DictClient client, List<String> lines) {
      String key = arguments.get(0);
      DictTransaction.Builder transaction = DictTransaction.builder(context);
      return switch (verb) {
        case "get" -> client.lookup(key, context).thenApply(result -> List.of(found(result)));
        case "iter" -> {
          RowConsumer rows =
              RowConsumer.of(
                  row ->
                      lines.add(
                          shown(row.key())
                              + (row.values().isEmpty() ? "" : "\t")
                              + shown(String.join("\f", row.values())).replace('\f', '\t')));
          yield client
              .iterate(new DictIteration(key, flags, 0, context), rows)
              .thenApply(done -> List.of("end"));
        }
        case "set" -> commit(client, transaction.set(key, arguments.get(1)));
        case "unset" -> commit(client, transaction.unset(key));
        case "inc" -> commit(client, transaction.increment(key, Long.parseLong(arguments.get(1))));
        default -> throw new IllegalArgumentException(verb);
      };
    }

    private static CompletionStage<List<String>> commit(
        DictClient client, DictTransaction.Builder transaction) {
      return client
          .commit(transaction.build())
          .thenApply(
              result -> List.of(result == CommitResult.COMMITTED ? "committed" : "not found"));
    }

    private static String found(LookupResult result) {
      return result instanceof LookupResult.Found found
          ? shown(String.join("\f", found.values())).replace('\f', '\t')
          : "not found";
    }

    private static String shown(String text) {
      return text.replace("\t", "<tab>").replace("\n", "<newline>");
    }
  }
}
