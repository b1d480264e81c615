package org.lastlogin.benchmarks.load;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.lastlogin.dictproto.DictVersion;
import picocli.CommandLine.Option;

/** Options for the load, which both programs have. picocli fills the fields. */
final class LoadOptions {
  @Option(
      names = "--protocol",
      paramLabel = "VERSION",
      converter = VersionConverter.class,
      defaultValue = "3.2",
      description = "The version of the protocol: 2.2, 3.2 or 4.0. Default: ${DEFAULT-VALUE}.")
  private DictVersion protocol = DictVersion.V3_2;

  @Option(
      names = "--connections",
      paramLabel = "N",
      description = "The number of concurrent connections. Default: 64; single 1, iterate 4.")
  private @Nullable Integer connections;

  @Option(
      names = "--in-flight",
      paramLabel = "N",
      description =
          "The number of requests in flight on each. Default: 4; login, single and iterate 1.")
  private @Nullable Integer inFlight;

  @Option(
      names = "--mailboxes",
      paramLabel = "N",
      defaultValue = "10000",
      description = "The number of mailboxes, 100 in a domain. Default: ${DEFAULT-VALUE}.")
  private int mailboxes;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "5",
      description = "The duration of the load. Default: ${DEFAULT-VALUE}.")
  private int seconds;

  DictVersion protocol() {
    return protocol;
  }

  Mailboxes mailboxes() {
    return new Mailboxes(mailboxes);
  }

  Duration duration() {
    return Duration.ofSeconds(seconds);
  }

  /** Returns the load of a mode on a server. */
  Load load(LoadMode mode, Path socket, String dictName) {
    return new Load(
        socket,
        dictName,
        protocol,
        connections == null ? mode.connections() : connections,
        inFlight == null ? mode.inFlight() : inFlight,
        mode.opensAgain());
  }
}
