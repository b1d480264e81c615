package org.lastlogin.dictd;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that deletes a cluster, and nothing else. */
@Tag("slow")
class GaleraStopTest {
  private static final String STOP = Path.of("galera", "stop").toAbsolutePath().toString();

  @TempDir Path directory;

  private Path cluster;

  @BeforeEach
  void createNodes() throws Exception {
    cluster = directory.resolve("cluster");
    for (String node : List.of("1", "2", "3")) {
      Files.createDirectories(cluster.resolve(node).resolve("data"));
    }
  }

  private Command.Result stop() throws Exception {
    return Command.run(List.of(STOP, cluster.toString()));
  }

  @Test
  void deletesACluster() throws Exception {
    Files.writeString(cluster.resolve("1/data/ibdata1"), "rows");
    // The id of a process that runs but is not a node.
    Files.writeString(cluster.resolve("2/pid"), ProcessHandle.current().pid() + "\n");

    assertThat(stop()).isEqualTo(new Command.Result(0, ""));
    assertThat(cluster).doesNotExist();
  }

  @Test
  void deletesNothingOfAnotherDirectory() throws Exception {
    Files.delete(cluster.resolve("3/data"));

    Command.Result result = stop();

    assertThat(result.status()).isEqualTo(64);
    assertThat(result.output()).contains("no cluster").contains("3/data");
    assertThat(cluster.resolve("1/data")).exists();
  }

  @Test
  void keepsWhatLiesBesideTheNodes() throws Exception {
    Path mine = Files.writeString(cluster.resolve("notes.txt"), "mine");

    assertThat(stop().status()).isNotZero();
    assertThat(mine).hasContent("mine");
  }
}
