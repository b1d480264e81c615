package org.lastlogin.benchmarks.load;

import java.util.SplittableRandom;
import org.lastlogin.dict.BlockingDict;
import org.lastlogin.dict.Dict;
import org.lastlogin.dict.DictContext;
import org.lastlogin.dict.DictIteration;

/**
 * A dict with an IMAP login of each mailbox, for random requests of one caller. Not thread-safe.
 */
final class SizedDict implements AutoCloseable {
  private final Dict dict;
  private final BlockingDict waiting;
  private final Mailboxes mailboxes;
  private final LoginTimes times;
  private final SplittableRandom random = new SplittableRandom();

  /**
   * Wraps a dict, and closes it when this one is closed.
   *
   * @param times the source of the times to write
   */
  SizedDict(Dict dict, Mailboxes mailboxes, LoginTimes times) {
    this.dict = dict;
    this.waiting = BlockingDict.of(dict);
    this.mailboxes = mailboxes;
    this.times = times;
  }

  /** Looks up the last login of a random mailbox. */
  void lookup() {
    String key = key();
    if (waiting.get(key).isEmpty()) {
      throw new IllegalStateException(key + " was not found");
    }
  }

  /** Writes a login of a random mailbox. */
  void set() {
    waiting.set(key(), Long.toString(times.next()));
  }

  private String key() {
    return mailboxes.key(random.nextInt(mailboxes.count()));
  }

  /** Iterates the last logins of a random domain. */
  void iterate() {
    int domain = random.nextInt(mailboxes.domains());
    String path = mailboxes.path(domain);
    int rows = waiting.list(DictIteration.below(path, DictContext.NO_USER)).size();
    if (rows != mailboxes.sizeOf(domain)) {
      throw new IllegalStateException(
          path + ": " + rows + " rows, not " + mailboxes.sizeOf(domain));
    }
  }

  @Override
  public void close() {
    dict.close();
  }
}
