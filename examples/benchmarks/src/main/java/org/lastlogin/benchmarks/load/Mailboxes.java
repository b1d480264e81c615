package org.lastlogin.benchmarks.load;

/**
 * The mailboxes whose logins are written and read, a hundred in each domain. Immutable.
 *
 * @param count how many there are; they are numbered from 0
 */
record Mailboxes(int count) {
  private static final int PER_DOMAIN = 100;

  Mailboxes {
    if (count < 1) {
      throw new IllegalArgumentException("There must be at least one mailbox, not " + count);
    }
  }

  /**
   * The name of a mailbox. Every domain has the same names before the {@code @}, so that its rows
   * do not lie side by side in a table that is ordered by them.
   */
  String user(int mailbox) {
    return "user" + mailbox % PER_DOMAIN + "@" + domain(domainOf(mailbox));
  }

  /** The number of the domain of a mailbox. */
  int domainOf(int mailbox) {
    return mailbox / PER_DOMAIN;
  }

  /** The name of a domain. */
  String domain(int domain) {
    return "domain" + domain + ".example.com";
  }

  /** How many domains there are; they are numbered from 0. */
  int domains() {
    return domainOf(count - 1) + 1;
  }

  /** How many mailboxes a domain has. */
  int sizeOf(int domain) {
    return Math.min(PER_DOMAIN, count - domain * PER_DOMAIN);
  }

  /** The key that Dovecot's last_login plugin writes for a mailbox. */
  String key(int mailbox) {
    return "shared/last-login/imap/" + user(mailbox) + "/" + domain(domainOf(mailbox));
  }

  /**
   * The path below which a domain's mailboxes lie. The tutorial's maps have none, since the domain
   * is the last part of their keys: last-login.conf has one of its own for this.
   */
  String path(int domain) {
    return "shared/last-login-of/" + domain(domain) + "/";
  }
}
