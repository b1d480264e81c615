package org.lastlogin.dictd;

import org.lastlogin.dict.DictIteration;
import org.lastlogin.dict.DictTransaction;

/** A call as a value, which can be made to several dicts. Immutable. */
sealed interface DictCall {

  /** A lookup. */
  record Lookup(String key, String username) implements DictCall {}

  /** An iteration without a limit of rows. */
  record Iterate(DictIteration iteration) implements DictCall {}

  /** A commit. */
  record Commit(DictTransaction transaction) implements DictCall {}
}
