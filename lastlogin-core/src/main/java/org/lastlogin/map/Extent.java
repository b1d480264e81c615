package org.lastlogin.map;

/** The maps that are wanted for a text. */
enum Extent {
  /** Those that serve the text, as a key. */
  KEY,
  /** Those with keys one level below the text, a path. */
  CHILDREN,
  /** Those with keys below the text, a path, however deep. */
  DESCENDANTS
}
