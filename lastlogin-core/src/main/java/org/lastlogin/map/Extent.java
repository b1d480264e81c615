package org.lastlogin.map;

/** Which maps are wanted of a text. */
enum Extent {
  /** Those that serve the text, as a key. */
  KEY,
  /** Those with keys one level below the text, a path. */
  CHILDREN,
  /** Those with keys below the text, a path, however deep. */
  DESCENDANTS
}
