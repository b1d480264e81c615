package org.lastlogin.config.check;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lastlogin.config.DatabaseServer;
import org.lastlogin.config.source.Diagnostics;
import org.lastlogin.config.source.SourceFile;
import org.lastlogin.config.source.Span;
import org.lastlogin.config.words.Secrets;

/** Finds passwords in files that all users of the system can read. */
final class ExposedPasswords {
  private final Diagnostics diagnostics;
  private final Set<SourceFile> reported = new HashSet<>();

  ExposedPasswords(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  /** Warns of the first password in each file. */
  void check(List<DatabaseServer> servers) {
    for (DatabaseServer server : servers) {
      server.names().stream()
          .filter(Secrets::isSecretName)
          .forEach(name -> check(server.get(name).orElseThrow(), Span.of(server.origin(name))));
    }
  }

  private void check(String password, @Nullable Span span) {
    if (span != null && !password.isEmpty() && isIn(password, span)) {
      check(span);
    }
  }

  /** Returns whether the value itself can be read there, and not just where else it comes from. */
  private static boolean isIn(String password, Span span) {
    return withoutEscapes(span.source().text().substring(span.start(), span.end()))
        .contains(withoutEscapes(password));
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
