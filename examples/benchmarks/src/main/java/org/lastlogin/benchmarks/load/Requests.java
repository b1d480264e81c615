package org.lastlogin.benchmarks.load;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Supplies the requests to send, one after the other. Used by one thread at a time. */
@FunctionalInterface
interface Requests {

  /** Returns the next request; {@code null} at the end. */
  @Nullable Request next();

  /** Returns endless logins to random mailboxes. */
  static Requests commits(Mailboxes mailboxes, LoginTimes times) {
    SplittableRandom random = new SplittableRandom();
    return () -> commit(mailboxes, random.nextInt(mailboxes.count()), times);
  }

  /** Returns one login to each mailbox. */
  static Requests fill(Mailboxes mailboxes, LoginTimes times) {
    return new Requests() {
      private int next;

      @Override
      public @Nullable Request next() {
        return next == mailboxes.count() ? null : commit(mailboxes, next++, times);
      }
    };
  }

  private static Request commit(Mailboxes mailboxes, int mailbox, LoginTimes times) {
    return new CommitRequest(mailboxes.user(mailbox), mailboxes.key(mailbox), times.next());
  }

  /** Returns endless look-ups of random mailboxes. */
  static Requests lookups(Mailboxes mailboxes) {
    SplittableRandom random = new SplittableRandom();
    return () -> {
      int mailbox = random.nextInt(mailboxes.count());
      return new LookupRequest(mailboxes.user(mailbox), mailboxes.key(mailbox));
    };
  }

  /** Returns endless iterations of random domains. */
  static Requests iterations(Mailboxes mailboxes) {
    SplittableRandom random = new SplittableRandom();
    return () -> {
      int domain = random.nextInt(mailboxes.domains());
      return new IterateRequest(mailboxes.path(domain), mailboxes.sizeOf(domain));
    };
  }
}
