package org.lastlogin.dictd;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lastlogin.dict.BlockingDict;
import org.lastlogin.dict.DictException;
import org.lastlogin.dict.InMemoryDict;
import org.lastlogin.dictproto.server.DictServer;
import org.lastlogin.dictproto.server.TcpListener;
import org.lastlogin.dictproto.server.UnixListener;
import org.lastlogin.testing.Fault;
import org.lastlogin.testing.FaultyDict;

/** Effects, output and exit status of the commands of {@code lastlogin-dictd dict}. */
class DictCommandsTest {
  private static final Ran DONE = new Ran(ExitStatus.OK, "", "");

  @TempDir Path directory;
  private final FaultyDict served = new FaultyDict(new InMemoryDict());
  private final BlockingDict dict = BlockingDict.of(served);
  private DictServer server;

  @BeforeEach
  void serve() throws Exception {
    server =
        DictServer.builder()
            .dict("d", served)
            .listen(UnixListener.at(directory.resolve("dict")))
            .listen(TcpListener.onLoopback(0))
            .start();
  }

  @AfterEach
  void end() {
    server.close();
  }

  private String address() {
    return "proxy:" + directory.resolve("dict") + ":d";
  }

  /** Runs {@code dict COMMAND OPTIONS ADDRESS ARGUMENTS}. */
  private Ran run(String command, List<String> options, String... arguments) {
    return at(address(), command, options, arguments);
  }

  private static Ran at(String address, String command, List<String> options, String... arguments) {
    List<String> line = new ArrayList<>(List.of("dict", command));
    line.addAll(options);
    line.add(address);
    line.addAll(List.of(arguments));
    return Ran.with(line.toArray(String[]::new));
  }

  private static Ran printed(String text) {
    return new Ran(ExitStatus.OK, text, "");
  }

  private static Ran complained(int status, String text) {
    return new Ran(status, "", "lastlogin-dictd dict " + text + "\n");
  }

  @Test
  void getPrintsTheValue() {
    dict.set("shared/a", "1");
    dict.set("shared/empty", "");
    dict.set("shared/odd", "tab\tline\nline ä");

    assertThat(run("get", List.of(), "shared/a")).isEqualTo(printed("1\n"));
    assertThat(run("get", List.of(), "shared/empty")).isEqualTo(printed("\n"));
    assertThat(run("get", List.of(), "shared/odd")).isEqualTo(printed("tab\tline\nline ä\n"));
    assertThat(run("get", List.of(), "shared/b\nc"))
        .isEqualTo(complained(ExitStatus.NOT_FOUND, "get: shared/b\\nc doesn't exist"));
  }

  @Test
  void takesADictThatIsReachedOverTcp() {
    dict.set("shared/a", "1");
    int port = server.tcpAddresses().get(0).getPort();

    assertThat(at("tcp:127.0.0.1:" + port + ":d", "get", List.of(), "shared/a"))
        .isEqualTo(printed("1\n"));
    assertThat(at("tcp:localhost:" + port + ":d", "get", List.of(), "shared/a"))
        .isEqualTo(printed("1\n"));
  }

  @Test
  void setAndUnsetChangeTheDict() {
    assertThat(run("set", List.of(), "shared/a", "-1")).isEqualTo(DONE);
    assertThat(dict.get("shared/a")).contains("-1");
    assertThat(run("unset", List.of(), "shared/a")).isEqualTo(DONE);
    assertThat(dict.get("shared/a")).isEmpty();
    assertThat(run("unset", List.of(), "shared/a")).isEqualTo(DONE);
  }

  @Test
  void incAddsToWhatIsThere() {
    dict.set("shared/n", "1");

    assertThat(run("inc", List.of(), "shared/n", "6")).isEqualTo(DONE);
    assertThat(run("inc", List.of(), "shared/n", "-5")).isEqualTo(DONE);
    assertThat(dict.get("shared/n")).contains("2");
    assertThat(run("inc", List.of(), "shared/m", "1"))
        .isEqualTo(complained(ExitStatus.NOT_FOUND, "inc: shared/m doesn't exist"));
  }

  @Test
  void iterPrintsATable() {
    dict.set("shared/t/1", "one\ttab");
    dict.set("shared/t/2/3", "deep");

    assertThat(run("iter", List.of(), "shared/t/"))
        .isEqualTo(printed("key\tvalue\nshared/t/1\tone\ttab\n"));
    assertThat(run("iter", List.of("-RV"), "shared/t/"))
        .isEqualTo(printed("key\nshared/t/1\nshared/t/2/3\n"));
    assertThat(run("iter", List.of("-1"), "shared/t/2/3"))
        .isEqualTo(printed("key\tvalue\nshared/t/2/3\tdeep\n"));
    assertThat(run("iter", List.of(), "shared/none/")).isEqualTo(printed("key\tvalue\n"));
  }

  @Test
  void severalValuesStandInOneLine() throws Exception {
    try (DictServer pairs =
        DictServer.builder()
            .dict("d", new PairDict())
            .listen(UnixListener.at(directory.resolve("pairs")))
            .start()) {
      String address = "proxy:" + directory.resolve("pairs") + ":d";

      assertThat(at(address, "get", List.of(), "shared/pair/k")).isEqualTo(printed("one\t\n"));
      assertThat(at(address, "iter", List.of(), "shared/pair/"))
          .isEqualTo(printed("key\tvalue\tvalue\nshared/pair/k\tone\t\n"));
    }
  }

  @Test
  void privateKeysBelongToTheUser() {
    assertThat(run("set", List.of("-u", "carol"), "priv/a", "1")).isEqualTo(DONE);

    assertThat(dict.as("carol").get("priv/a")).contains("1");
    assertThat(run("get", List.of("-u", "dave"), "priv/a").status())
        .isEqualTo(ExitStatus.NOT_FOUND);
    assertThat(run("get", List.of(), "priv/a"))
        .isEqualTo(
            complained(
                ExitStatus.USAGE,
                "get: priv/ keys belong to a user: name it with -u (try --help)"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.0", "2.1", "2.2", "3.2", "4.0"})
  void theProtocolMayBeChosen(String version) {
    List<String> options = List.of("--protocol", version, "-u", "carol");

    assertThat(run("set", options, "priv/a", "1")).isEqualTo(DONE);
    assertThat(run("get", options, "priv/a")).isEqualTo(printed("1\n"));
  }

  @Test
  void failuresAreReported() {
    served.next(Fault.failure(new DictException("The database\nis down")));
    assertThat(run("get", List.of("--protocol", "4.0"), "shared/a"))
        .isEqualTo(complained(ExitStatus.FAILED, "get: The database\\nis down"));

    dict.set("shared/t/1", "v");
    dict.set("shared/t/2", "v");
    served.nextIterationAfter(1, new DictException("The database is down"));
    assertThat(run("iter", List.of("--protocol", "4.0"), "shared/t/"))
        .isEqualTo(
            new Ran(
                ExitStatus.FAILED,
                "key\tvalue\nshared/t/1\tv\n",
                "lastlogin-dictd dict iter: The database is down\n"));
  }

  @Test
  void anUncertainCommitIsNotASuccess() {
    served.nextCommit(Fault.uncertainButDone());

    assertThat(run("set", List.of("--protocol", "4.0"), "shared/a", "1"))
        .isEqualTo(
            complained(
                ExitStatus.FAILED,
                "set: The answer was lost; look the key up before you try again"));
    assertThat(dict.get("shared/a")).contains("1");
  }

  @Test
  void aMissingServerIsReported() {
    Path nowhere = directory.resolve("nowhere");

    Ran ran = at("proxy:" + nowhere + ":d", "get", List.of("--timeout", "1"), "shared/a");

    assertThat(ran.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(ran.err())
        .startsWith("lastlogin-dictd dict get: No connection to the dict server at unix:" + nowhere)
        .contains("No such file or directory")
        .hasLineCount(1);
  }

  @Test
  void aMissingDictIsReported() {
    String address = "proxy:" + directory.resolve("dict") + ":other";

    Ran ran = at(address, "set", List.of("--timeout", "1"), "shared/a", "1");

    assertThat(ran.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(ran.err()).contains("does it serve the dict \"other\"?").hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "dict|Missing required subcommand",
        "dict get|Missing required parameters: 'ADDRESS', 'KEY'",
        "dict get proxy::d|Missing required parameter: 'KEY'",
        "dict get proxy::d a|a key begins with priv/ or shared/, and a does not",
        "dict get proxy::d shared/a 1|Unmatched argument",
        "dict get -R proxy::d shared/a|Unknown option: '-R'",
        "dict get file:a shared/a|it is neither proxy:SOCKET:NAME nor tcp:HOST:PORT:NAME",
        "dict get proxy:/a shared/a|it is neither proxy:SOCKET:NAME nor tcp:HOST:PORT:NAME",
        "dict get tcp:127.0.0.1:70000:d shared/a|there is no port 70000",
        "dict get --protocol 5.0 proxy::d shared/a|'5.0' is not one of [4.0, 3.2, 2.2, 2.1, 2.0]",
        "dict get --timeout 0 proxy::d shared/a|--timeout must be at least 1, not 0",
        "dict set proxy::d shared/a|Missing required parameter: 'VALUE'",
        "dict inc proxy::d shared/a b|'b' is not a long",
        "--verbose dict get proxy::d shared/a|it has no option --verbose"
      })
  void usageErrorsAreReported(String line, String complaint) {
    Ran ran = Ran.with(line.split(" "));

    assertThat(ran.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).contains(complaint).endsWith("(try --help)\n").hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"get", "set", "unset", "inc", "iter"})
  void saysHowItIsUsed(String command) {
    Ran ran = Ran.with("dict", command, "--help");

    assertThat(ran.status()).isEqualTo(ExitStatus.OK);
    assertThat(ran.out())
        .startsWith("Usage: lastlogin-dictd dict " + command + " [-")
        .contains("--protocol");
    assertThat(Ran.with("dict", "--help").out()).contains(command).contains("  68   ");
  }
}
