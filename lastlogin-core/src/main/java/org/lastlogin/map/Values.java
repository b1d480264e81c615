package org.lastlogin.map;

import java.util.AbstractList;
import java.util.RandomAccess;

/**
 * The values of variables, in an array that is not copied: a match allocates nothing but its
 * result. Immutable.
 */
final class Values extends AbstractList<String> implements RandomAccess {
  private final String[] values;

  /**
   * The values in an array.
   *
   * @param values must not be changed any more
   */
  Values(String[] values) {
    this.values = values;
  }

  @Override
  public String get(int index) {
    return values[index];
  }

  @Override
  public int size() {
    return values.length;
  }
}
