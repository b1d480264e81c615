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
 * Base class of the commands of {@code dict}: connects to the dict server, runs the command, and
 * reports failures.
 */
abstract class DictAccess implements Callable<Integer> {
  private static final int DEFAULT_SECONDS = 30;
  private static final Duration LONGEST_CONNECT = Duration.ofSeconds(5);

  @Spec private CommandSpec spec = CommandSpec.create();

  // picocli's standard mixin would also define -V, which iter uses. Only picocli reads the field.
  @SuppressWarnings("UnusedVariable")
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help message and exit.")
  private boolean help;

  @Option(
      names = {"-u", "--user"},
      paramLabel = "USER",
      description = "The user to whom keys that begin with priv/ belong.")
  private String user = "";

  @Option(
      names = "--protocol",
      paramLabel = "VERSION",
      converter = ProtocolOption.class,
      description =
          "The version of the protocol: 2.0, 2.1, 2.2, 3.2 or 4.0. By default it is detected.")
  private @Nullable DictVersion protocol;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "The timeout for an answer; 30 by default.")
  private int seconds = DEFAULT_SECONDS;

  @Parameters(
      index = "0",
      paramLabel = "ADDRESS",
      converter = DictAddress.Converter.class,
      description =
          "The dict: proxy:SOCKET:NAME as in Dovecot's settings (proxy::NAME uses Dovecot's own"
              + " socket), or tcp:HOST:PORT:NAME.")
  private DictClient.@Nullable Builder address;

  @Parameters(
      index = "1",
      paramLabel = "KEY",
      description = "The key, which begins with priv/ or shared/.")
  private String key = "";

  /** Runs the command and returns the exit status. */
  abstract int run(BlockingDict dict, PrintWriter out);

  @Override
  public final Integer call() {
    requireUsable();
    Duration timeout = Duration.ofSeconds(seconds);
    Duration connectTimeout = timeout.compareTo(LONGEST_CONNECT) < 0 ? timeout : LONGEST_CONNECT;
    PrintWriter out = spec.commandLine().getOut();
    try (DictClient client = client(connectTimeout, timeout)) {
      // The client has its own timeouts, whose errors say what took too long. This limit is longer.
      Duration limit = connectTimeout.plus(timeout).plus(timeout);
      return run(BlockingDict.of(client).as(user).within(limit), out);
    } catch (UncertainCommitException e) {
      return failed(e.getMessage() + "; look the key up before you try again");
    } catch (DictException e) {
      return failed(e.getMessage());
    } finally {
      out.flush();
    }
  }

  private void requireUsable() {
    DictScope scope = DictScope.of(key);
    if (scope == null) {
      throw usageError("a key begins with priv/ or shared/, and " + oneLine(key) + " does not");
    }
    if (scope == DictScope.PRIVATE && user.isEmpty()) {
      throw usageError("priv/ keys belong to a user: name it with -u");
    }
    if (seconds < 1) {
      throw usageError("--timeout must be at least 1, not " + seconds);
    }
  }

  private ParameterException usageError(String message) {
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

  /** Returns the key, or the path of an iteration. */
  final String key() {
    return key;
  }

  final DictContext context() {
    return DictContext.of(user);
  }

  /** Reports that the key does not exist, and returns the exit status. */
  final int notFound() {
    printError(key + " doesn't exist");
    return ExitStatus.NOT_FOUND;
  }

  private int failed(@Nullable String message) {
    printError(String.valueOf(message));
    return ExitStatus.FAILED;
  }

  private void printError(String message) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(spec.qualifiedName() + ": " + oneLine(message));
    err.flush();
  }

  private static String oneLine(String message) {
    return message.replace("\n", "\\n").replace("\r", "\\r");
  }
}
