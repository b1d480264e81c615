package org.lastlogin.dictproto.netty;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;
import org.lastlogin.contract.DictContract;
import org.lastlogin.dict.Dict;
import org.lastlogin.dict.InMemoryDict;
import org.lastlogin.dictproto.DictVersion;

/** A dict behind a client and a server is a dict like any other, in every version. */
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

  @Nested
  class InVersion40 extends Suite {
    InVersion40() {
      super(DictVersion.V4_0);
    }
  }

  /** The suite in one version. */
  abstract static class Suite extends DictContract {
    private final DictVersion version;
    private DictServer server;

    @TempDir Path directory;

    Suite(DictVersion version) {
      this.version = version;
    }

    @Override
    protected Dict newDict() throws Exception {
      Path socket = directory.resolve("dict");
      server =
          DictServer.builder()
              .dict("d", new InMemoryDict())
              .listen(UnixListener.at(socket))
              .start();
      return DictClient.builder(socket, "d").version(version).build();
    }

    @AfterEach
    void stopServer() {
      server.close();
    }
  }
}
