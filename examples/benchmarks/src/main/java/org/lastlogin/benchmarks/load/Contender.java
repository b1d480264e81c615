package org.lastlogin.benchmarks.load;

import java.nio.file.Path;

/** A dict server that is compared with another one. */
interface Contender extends AutoCloseable {
  /** The name of the dict that it serves. */
  String DICT = "lastlogin";

  /** What to call it. */
  String name();

  /** The Unix socket where it listens. */
  Path socket();

  /** All its processes. */
  ProcessTree tree();

  /** Ends it. */
  @Override
  void close();
}
