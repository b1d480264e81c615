package org.lastlogin;

import java.time.Instant;
import java.util.Objects;

/**
 * A mailbox was used: somebody logged in to it, or mail reached it. Immutable.
 *
 * @param service the service as Dovecot names it, such as {@code imap}, {@code pop3}, {@code lmtp}
 * @param mailbox the full name of the mailbox, such as {@code alice@example.com}
 * @param domain the domain of the mailbox; empty if it has none
 * @param time when it happened
 */
public record LoginEvent(String service, String mailbox, String domain, Instant time) {
  public LoginEvent {
    Objects.requireNonNull(service, "service");
    Objects.requireNonNull(mailbox, "mailbox");
    Objects.requireNonNull(domain, "domain");
    Objects.requireNonNull(time, "time");
    if (mailbox.isEmpty()) {
      throw new IllegalArgumentException("The mailbox has no name");
    }
  }

  /**
   * An event whose domain is what follows the last {@code @} of the mailbox's name; empty if there
   * is none.
   */
  public static LoginEvent of(String service, String mailbox, Instant time) {
    int at = mailbox.lastIndexOf('@');
    return new LoginEvent(service, mailbox, at < 0 ? "" : mailbox.substring(at + 1), time);
  }
}
