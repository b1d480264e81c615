package org.lastlogin.config;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Finds passwords in files that all users of the system can read. */
final class ExposedPasswords {
  private final Diagnostics diagnostics;
  private final Set<SourceFile> reported = new HashSet<>();

  ExposedPasswords(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  /** Warns of the first password in each file. */
  void check(List<DatabaseServer> servers) {
    servers.stream()
        .flatMap(
            server -> server.names().stream().filter(Secrets::isSecretName).map(server::setting))
        .filter(setting -> !setting.value().isEmpty())
        .map(DatabaseServer.Setting::span)
        .filter(Objects::nonNull)
        .forEach(this::check);
  }

  private void check(Span password) {
    SourceFile file = password.source();
    boolean elsewhere = file.text().startsWith("$ENV:", password.start());
    if (!elsewhere && file.isReadableByOthers() && reported.add(file)) {
      diagnostics.warning(
          password,
          "All users of this system can read this file, and a password is in it",
          "chmod o-r " + file.name());
    }
  }
}
