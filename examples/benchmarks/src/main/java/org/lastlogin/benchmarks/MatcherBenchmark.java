package org.lastlogin.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.lastlogin.map.DictMap;
import org.lastlogin.map.DictMaps;
import org.lastlogin.map.MapMatch;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Measures finding the map of a key among the tutorial's four maps, and among 10,000. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(5)
public class MatcherBenchmark {
  private static final int KEYS = 16_384;

  /** The maps before the tutorial's. */
  @Param public MapShape others = MapShape.NONE;

  /** Not final, so that the compiler does not know the keys. */
  private String login = "shared/last-login/imap/alice@example.com/example.com";

  private String unmapped = "shared/last-login/sieve/alice@example.com/example.com";
  private DictMaps maps = DictMaps.of();
  private List<String> keys = List.of();
  private int next;

  /** Compiles the maps. */
  @Setup
  public void prepare() {
    maps = others.maps();
    keys = new ArrayList<>();
    for (int i = 0; i < KEYS; i++) {
      DictMap map = maps.asList().get(i % maps.asList().size());
      keys.add(map.pattern().skeleton().replaceFirst("\\$", "u" + i).replace("$", "a.org"));
    }
    Collections.shuffle(keys, new Random(1));
  }

  /** Matches the key of an IMAP login. */
  @Benchmark
  public @Nullable MapMatch tutorialKey() {
    return maps.match(login);
  }

  /** Matches a key without a map, which differs only in a late segment. */
  @Benchmark
  public @Nullable MapMatch unmappedKey() {
    return maps.match(unmapped);
  }

  /** Matches keys of all maps in random order, all different, so that caches hold few of them. */
  @Benchmark
  public @Nullable MapMatch allKeys() {
    next = (next + 1) % KEYS;
    return maps.match(keys.get(next));
  }

  /** Matches the tutorial's key without the tree: tries one map after the other. */
  @Benchmark
  public @Nullable MapMatch tutorialKeyOneAfterTheOther() {
    for (DictMap map : maps) {
      List<String> variables = map.pattern().match(login);
      if (variables != null) {
        return new MapMatch(map, variables);
      }
    }
    return null;
  }
}
