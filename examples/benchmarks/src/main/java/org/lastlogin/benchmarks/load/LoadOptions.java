package org.lastlogin.benchmarks.load;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.lastlogin.dictproto.DictVersion;
import picocli.CommandLine.Option;

/** What both programs can be told about the load. Filled in by picocli. */
final class LoadOptions {
  @Option(
      names = "--protocol",
      paramLabel = "VERSION",
      converter = VersionConverter.class,
      defaultValue = "3.2",
      description = "The protocol's version to speak: 2.2, 3.2 or 4.0. Default: ${DEFAULT-VALUE}.")
  private DictVersion protocol = DictVersion.V3_2;

  @Option(
      names = "--connections",
      paramLabel = "N",
      description = "How many connections there are at a time. Default: 64; single 1, iterate 4.")
  private @Nullable Integer connections;

  @Option(
      names = "--in-flight",
      paramLabel = "N",
      description =
          "How many requests are in flight on each. Default: 4; login, single and iterate 1.")
  private @Nullable Integer inFlight;

  @Option(
      names = "--mailboxes",
      paramLabel = "N",
      defaultValue = "10000",
      description = "How many mailboxes there are, 100 in a domain. Default: ${DEFAULT-VALUE}.")
  private int mailboxes;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "5",
      description = "How long the load lasts. Default: ${DEFAULT-VALUE}.")
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

  /** The load of a mode on a server. */
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
