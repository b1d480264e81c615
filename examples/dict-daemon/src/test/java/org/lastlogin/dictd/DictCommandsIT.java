package org.lastlogin.dictd;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lastlogin.dictd.Command.Result;

/** {@code java -jar lastlogin-dictd.jar dict} with Dovecot's own dict servers. */
class DictCommandsIT {
  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(names = {"HOST", "BULLSEYE", "TRIXIE"})
  void usesTheDictOfDovecot(DovecotSystem system) throws Exception {
    try (DovecotPeer peer = DovecotPeer.start(system, directory)) {
      String address = "proxy:" + peer.server().socket() + ":lastlogin";

      assertThat(dict("set", "-u", "carol", address, "priv/quota/storage", "1000"))
          .isEqualTo(new Result(ExitStatus.OK, ""));
      assertThat(dict("inc", "-u", "carol", address, "priv/quota/storage", "-24"))
          .isEqualTo(new Result(ExitStatus.OK, ""));
      assertThat(dict("get", "-u", "carol", address, "priv/quota/storage"))
          .isEqualTo(new Result(ExitStatus.OK, "976\n"));
      assertThat(peer.database().query("SELECT * FROM quota")).containsExactly("carol,976,0");
      assertThat(dict("get", address, "shared/nosuch/key"))
          .isEqualTo(
              new Result(
                  ExitStatus.FAILED,
                  "lastlogin-dictd dict get: sql dict lookup: Invalid/unmapped key:"
                      + " shared/nosuch/key\n"));
    }
  }

  private static Result dict(String... arguments) throws Exception {
    List<String> line = DaemonProcess.command(List.of());
    line.add("dict");
    line.addAll(List.of(arguments));
    return Command.run(line);
  }
}
