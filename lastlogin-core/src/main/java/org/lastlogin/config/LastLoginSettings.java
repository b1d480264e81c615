package org.lastlogin.config;

import java.util.Objects;
import java.util.Optional;

/**
 * The settings of Dovecot's last_login plugin in a main configuration: where it writes which key.
 * In 2.3 these are {@code last_login_dict = proxy:SOCKET:NAME} and its neighbours in {@code
 * plugin}, in 2.4 the section {@code last_login} and settings of these names. Immutable.
 *
 * @param dictName the name of the dict that is asked for; nothing if it is not set
 * @param socketPath the dict server's socket; nothing if it is Dovecot's own
 * @param key the key that is written, with variables in the syntax of the configuration's format:
 *     {@code last-login/%s/%u/%d}, or {@code last-login/%{service}/%{user}/%{user | domain}}
 * @param precision in which unit the time is written: {@code s}, {@code ms}, {@code us} or {@code
 *     ns}; nothing stands for {@code s}
 */
public record LastLoginSettings(
    Optional<String> dictName,
    Optional<String> socketPath,
    Optional<String> key,
    Optional<String> precision) {

  public LastLoginSettings {
    Objects.requireNonNull(dictName, "dictName");
    Objects.requireNonNull(socketPath, "socketPath");
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(precision, "precision");
  }
}
