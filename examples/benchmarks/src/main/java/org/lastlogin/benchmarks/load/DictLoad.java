package org.lastlogin.benchmarks.load;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Loads any dict server and prints the latencies. Exits with 1 if a request failed or no server
 * listens.
 */
@Command(
    name = "DictLoad",
    description = "Loads a dict server whose maps are those of last-login.conf.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class DictLoad implements Callable<Integer> {
  private static final Duration UNTIL_ALL_ARE_WRITTEN = Duration.ofHours(1);

  @Parameters(
      index = "0",
      paramLabel = "MODE",
      description =
          "login (one connection per commit), persistent (commits in flight on connections that"
              + " stay), single (one commit at a time), lookup, iterate (a domain), or fill (one"
              + " commit for each mailbox, which lookup and iterate need).")
  private LoadMode mode = LoadMode.LOGIN;

  @Parameters(index = "1", paramLabel = "SOCKET", description = "The server's Unix socket.")
  private Path socket = Path.of("");

  @Option(
      names = "--dict",
      paramLabel = "NAME",
      defaultValue = "lastlogin",
      description = "The dict's name. Default: ${DEFAULT-VALUE}.")
  private String dict = "";

  @Mixin private LoadOptions options = new LoadOptions();

  private DictLoad() {}

  public static void main(String[] arguments) {
    CommandLines.run(new DictLoad(), arguments);
  }

  @Override
  public Integer call() throws Exception {
    LoadResult result =
        LoadGenerator.run(
            options.load(mode, socket, dict),
            mode.requests(options.mailboxes(), new LoginTimes()),
            mode == LoadMode.FILL ? UNTIL_ALL_ARE_WRITTEN : options.duration());
    System.out.println(mode + ": " + result);
    result.failureTexts().forEach(text -> System.out.println("  " + text));
    return result.failures() == 0 && result.latencies().count() > 0 ? 0 : 1;
  }
}
