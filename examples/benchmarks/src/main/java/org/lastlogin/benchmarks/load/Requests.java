package org.lastlogin.benchmarks.load;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** What is to be asked of a server, one after the other. Used by one thread at a time. */
@FunctionalInterface
interface Requests {

  /** The next one; {@code null} if that was all. */
  @Nullable Request next();

  /** Logins to random mailboxes, without end. */
  static Requests commits(Mailboxes mailboxes, LoginTimes times) {
    SplittableRandom random = new SplittableRandom();
    return () -> commit(mailboxes, random.nextInt(mailboxes.count()), times);
  }

  /** One login to each mailbox. */
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

  /** Look-ups of random mailboxes, without end. */
  static Requests lookups(Mailboxes mailboxes) {
    SplittableRandom random = new SplittableRandom();
    return () -> {
      int mailbox = random.nextInt(mailboxes.count());
      return new LookupRequest(mailboxes.user(mailbox), mailboxes.key(mailbox));
    };
  }

  /** Iterations of random domains, without end. */
  static Requests iterations(Mailboxes mailboxes) {
    SplittableRandom random = new SplittableRandom();
    return () -> {
      int domain = random.nextInt(mailboxes.domains());
      return new IterateRequest(mailboxes.path(domain), mailboxes.sizeOf(domain));
    };
  }
}
