package org.lastlogin.dictd;

import org.lastlogin.dict.DictIteration;
import org.lastlogin.dict.DictTransaction;

/** One call of a dict, as a value that can be made of several dicts. Immutable. */
sealed interface DictCall {

  /** A lookup. */
  record Lookup(String key, String username) implements DictCall {}

  /** An iteration, whose rows are all wanted. */
  record Iterate(DictIteration iteration) implements DictCall {}

  /** A commit. */
  record Commit(DictTransaction transaction) implements DictCall {}
}
