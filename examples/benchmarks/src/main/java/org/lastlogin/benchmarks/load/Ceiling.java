package org.lastlogin.benchmarks.load;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.lastlogin.dictproto.DictVersion;

/** Compares our server with JDBC alone on the same database, in turn. */
final class Ceiling {
  private static final Duration WARM_UP = Duration.ofSeconds(1);

  private static final int CONNECTIONS = 256;
  private static final int IN_FLIGHT = 8;

  private final RawUpserts raw;
  private final Load load;
  private final Requests commits;
  private final List<Round> rounds = new ArrayList<>();

  /** Rates in rows per second. */
  private record Round(double oneThread, double twoThreads, double ours) {}

  Ceiling(RawUpserts raw, Load load, Requests commits) {
    this.raw = raw;
    this.load = load;
    this.commits = commits;
  }

  /** The load on our server, under which group commits reach their largest size. */
  static Load load(Path socket, DictVersion protocol) {
    return new Load(
        socket, Contender.DICT, protocol, CONNECTIONS, IN_FLIGHT, /* opensAgain= */ false);
  }

  /** Measures all of them in turn, in this many rounds, and prints the rates. */
  void measure(int times, Duration duration) throws Exception {
    System.out.printf("ceiling, %d x %d%n", CONNECTIONS, IN_FLIGHT);
    for (int round = 0; round < times; round++) {
      rounds.add(round(duration));
    }
    System.out.printf(
        Locale.ROOT,
        "  median of the ratios: %.2f to one thread, %.2f to two%n",
        Median.of(rounds, round -> round.ours / round.oneThread),
        Median.of(rounds, round -> round.ours / round.twoThreads));
  }

  private Round round(Duration duration) throws Exception {
    raw.perSecond(1, WARM_UP);
    double oneThread = raw.perSecond(1, duration);
    double twoThreads = raw.perSecond(2, duration);
    LoadGenerator.run(load, commits, WARM_UP).requireNoFailure();
    LoadResult ours = LoadGenerator.run(load, commits, duration).requireNoFailure();
    System.out.printf(
        Locale.ROOT,
        "  JDBC with one thread %.0f/s, with two %.0f/s; lastlogin %s%n",
        oneThread,
        twoThreads,
        ours);
    return new Round(oneThread, twoThreads, ours.perSecond());
  }
}
