package org.lastlogin.dictd;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lastlogin.dict.BlockingDict;
import org.lastlogin.dict.DictContext;
import org.lastlogin.dict.DictException;
import org.lastlogin.dict.DictScope;
import org.lastlogin.dict.UncertainCommitException;
import org.lastlogin.dictproto.DictVersion;
import org.lastlogin.dictproto.client.DictClient;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * What the commands of {@code dict} have in common: which dict is meant, on whose behalf, and how
 * failures are told.
 */
abstract class DictAccess implements Callable<Integer> {
  private static final int DEFAULT_SECONDS = 30;
  private static final Duration LONGEST_CONNECT = Duration.ofSeconds(5);

  @Spec private CommandSpec spec = CommandSpec.create();

  /** There is no mixin for it that would leave -V to {@code iter}; picocli alone reads it. */
  @SuppressWarnings("UnusedVariable")
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help message and exit.")
  private boolean help;

  @Option(
      names = {"-u", "--user"},
      paramLabel = "USER",
      description = "On whose behalf: keys that begin with priv/ belong to a user.")
  private String user = "";

  @Option(
      names = "--protocol",
      paramLabel = "VERSION",
      converter = ProtocolOption.class,
      description =
          "The version of the protocol: 2.0, 2.1, 2.2, 3.2 or 4.0. Without it, it is found out from"
              + " the server.")
  private @Nullable DictVersion protocol;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "How long to wait for an answer; by default 30.")
  private int seconds = DEFAULT_SECONDS;

  @Parameters(
      index = "0",
      paramLabel = "ADDRESS",
      converter = DictAddress.Converter.class,
      description =
          "Where the dict is: proxy:SOCKET:NAME as in Dovecot's settings (without SOCKET,"
              + " Dovecot's own: proxy::NAME), or tcp:HOST:PORT:NAME.")
  private DictClient.@Nullable Builder address;

  @Parameters(index = "1", paramLabel = "KEY", description = "Begins with priv/ or shared/.")
  private String key = "";

  /** Does it, and returns the exit status. */
  abstract int run(BlockingDict dict, PrintWriter out);

  @Override
  public final Integer call() {
    requireUsable();
    Duration timeout = Duration.ofSeconds(seconds);
    Duration connectTimeout = timeout.compareTo(LONGEST_CONNECT) < 0 ? timeout : LONGEST_CONNECT;
    PrintWriter out = spec.commandLine().getOut();
    try (DictClient client = client(connectTimeout, timeout)) {
      // The client keeps to the time by itself, and knows better what it was that took so long.
      Duration limit = connectTimeout.plus(timeout).plus(timeout);
      return run(BlockingDict.of(client).as(user).within(limit), out);
    } catch (UncertainCommitException e) {
      return failed(e.getMessage() + "; see what is there before you try again");
    } catch (DictException e) {
      return failed(e.getMessage());
    } finally {
      out.flush();
    }
  }

  private void requireUsable() {
    DictScope scope = DictScope.of(key);
    if (scope == null) {
      throw misuse("a key begins with priv/ or shared/, and " + oneLine(key) + " does not");
    }
    if (scope == DictScope.PRIVATE && user.isEmpty()) {
      throw misuse("priv/ keys belong to a user: say whose by -u");
    }
    if (seconds < 1) {
      throw misuse("--timeout must be at least 1, not " + seconds);
    }
  }

  private ParameterException misuse(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private DictClient client(Duration connectTimeout, Duration timeout) {
    if (address == null) {
      throw new IllegalStateException("The address is a required parameter");
    }
    DictClient.Builder builder =
        address.connections(1).connectTimeout(connectTimeout).answerTimeout(timeout);
    return (protocol == null ? builder : builder.version(protocol)).build();
  }

  /** The key, or where the keys begin. */
  final String key() {
    return key;
  }

  final DictContext context() {
    return DictContext.of(user);
  }

  /** Tells that there is no such key. */
  final int notFound() {
    tell(key + " doesn't exist");
    return ExitStatus.NOT_FOUND;
  }

  private int failed(@Nullable String message) {
    tell(String.valueOf(message));
    return ExitStatus.FAILED;
  }

  private void tell(String message) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(spec.qualifiedName() + ": " + oneLine(message));
    err.flush();
  }

  private static String oneLine(String message) {
    return message.replace("\n", "\\n").replace("\r", "\\r");
  }
}
