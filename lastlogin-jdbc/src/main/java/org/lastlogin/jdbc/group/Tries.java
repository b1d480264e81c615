package org.lastlogin.jdbc.group;

import java.util.ArrayList;
import java.util.List;
import org.lastlogin.dict.DictException;

/** How often a group was tried, and what came of it. For use by one thread. */
public final class Tries {
  private final List<DictException> failures = new ArrayList<>();
  private boolean uncertain;

  /** What the part of a group has behind it that is tried by itself now. */
  Tries copy() {
    Tries copy = new Tries();
    copy.failures.addAll(failures);
    copy.uncertain = uncertain;
    return copy;
  }

  void add(GroupFailure failure) {
    failures.add(failure.reason());
    uncertain |= failure.kind() == GroupFailure.Kind.UNCERTAIN;
  }

  int failed() {
    return failures.size();
  }

  /** Whether the group may have been written. */
  boolean areUncertain() {
    return uncertain;
  }

  /** Keeps the earlier failures with the one that is told. */
  void suppressIn(DictException told) {
    List<Throwable> known = List.of(told.getSuppressed());
    for (DictException earlier : failures) {
      if (earlier != told && !known.contains(earlier)) {
        told.addSuppressed(earlier);
      }
    }
  }
}
