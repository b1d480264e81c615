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
        .filter(ExposedPasswords::standsInItsFile)
        .map(DatabaseServer.Setting::span)
        .filter(Objects::nonNull)
        .forEach(this::check);
  }

  /** Whether the value itself can be read there, and not just where else it comes from. */
  private static boolean standsInItsFile(DatabaseServer.Setting setting) {
    Span span = setting.span();
    return span != null
        && !setting.value().isEmpty()
        && withoutEscapes(span.source().text().substring(span.start(), span.end()))
            .contains(withoutEscapes(setting.value()));
  }

  private static String withoutEscapes(String text) {
    return text.replace("\\", "");
  }

  private void check(Span password) {
    SourceFile file = password.source();
    if (file.isReadableByOthers() && reported.add(file)) {
      diagnostics.warning(
          password,
          "All users of this system can read this file, and a password is in it",
          "chmod o-r " + file.name());
    }
  }
}
