package org.lastlogin.benchmarks.load;

/**
 * Mailboxes whose logins are written and read, a hundred in each domain. Immutable.
 *
 * @param count the number of mailboxes; they are numbered from 0
 */
record Mailboxes(int count) {
  private static final int PER_DOMAIN = 100;

  Mailboxes {
    if (count < 1) {
      throw new IllegalArgumentException("There must be at least one mailbox, not " + count);
    }
  }

  /**
   * Returns the name of a mailbox. Every domain has the same local parts, so that the rows of a
   * domain are not adjacent in a table that is ordered by name.
   */
  String user(int mailbox) {
    return "user" + mailbox % PER_DOMAIN + "@" + domain(domainOf(mailbox));
  }

  /** Returns the number of the domain of a mailbox. */
  int domainOf(int mailbox) {
    return mailbox / PER_DOMAIN;
  }

  /** Returns the name of a domain. */
  String domain(int domain) {
    return "domain" + domain + ".example.com";
  }

  /** Returns the number of domains; they are numbered from 0. */
  int domains() {
    return domainOf(count - 1) + 1;
  }

  /** Returns the number of mailboxes of a domain. */
  int sizeOf(int domain) {
    return Math.min(PER_DOMAIN, count - domain * PER_DOMAIN);
  }

  /** Returns the key that Dovecot's last_login plugin writes for a mailbox. */
  String key(int mailbox) {
    return "shared/last-login/imap/" + user(mailbox) + "/" + domain(domainOf(mailbox));
  }

  /**
   * Returns the path of a domain's mailboxes. The tutorial's maps have no such path, because the
   * domain is the last part of their keys; last-login.conf has its own map for it.
   */
  String path(int domain) {
    return "shared/last-login-of/" + domain(domain) + "/";
  }
}
