package org.lastlogin.dictproto.client;

import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;
import org.lastlogin.contract.DictContract;
import org.lastlogin.contract.DictExpiryContract;
import org.lastlogin.dict.Dict;
import org.lastlogin.dict.InMemoryDict;
import org.lastlogin.dictproto.DictVersion;
import org.lastlogin.dictproto.server.DictServer;
import org.lastlogin.dictproto.server.UnixListener;

/** A dict through a client and a server keeps the contract of dicts, in every version. */
class DictClientContractTest {

  @Nested
  class InVersion20 extends Suite {
    InVersion20() {
      super(DictVersion.V2_0);
    }
  }

  @Nested
  class InVersion22 extends Suite {
    InVersion22() {
      super(DictVersion.V2_2);
    }
  }

  @Nested
  class InVersion32 extends Suite {
    InVersion32() {
      super(DictVersion.V3_2);
    }
  }

  /** The only version in which a transaction can say when its keys expire. */
  @Nested
  class InVersion40 extends DictExpiryContract {
    private final Served served = new Served();

    @TempDir Path directory;

    @Override
    protected Dict newDict(InstantSource clock) throws Exception {
      return served.start(directory, new InMemoryDict(clock), DictVersion.V4_0);
    }

    @AfterEach
    void stopServer() {
      served.stop();
    }
  }

  /** The suite in one version. */
  abstract static class Suite extends DictContract {
    private final DictVersion version;
    private final Served served = new Served();

    @TempDir Path directory;

    Suite(DictVersion version) {
      this.version = version;
    }

    @Override
    protected Dict newDict() throws Exception {
      return served.start(directory, new InMemoryDict(), version);
    }

    @AfterEach
    void stopServer() {
      served.stop();
    }
  }

  /** A server with one dict. */
  private static final class Served {
    private DictServer server;

    /** The client of a dict. */
    Dict start(Path directory, Dict dict, DictVersion version) throws Exception {
      Path socket = directory.resolve("dict");
      server = DictServer.builder().dict("d", dict).listen(UnixListener.at(socket)).start();
      return DictClient.builder(socket, "d").version(version).build();
    }

    void stop() {
      server.close();
    }
  }
}
