package org.lastlogin.config.check;

import org.jspecify.annotations.Nullable;
import org.lastlogin.config.source.Span;

/**
 * Notes what is missing in a map or could not be read, so that nothing is reported twice, as
 * unreadable and as missing. Not safe for use by several threads.
 */
public final class MapGaps {
  private final boolean complete;
  private boolean keysComplete = true;
  private boolean usernameFieldMeant;
  private @Nullable Span usernameFieldPlace;

  MapGaps(boolean complete) {
    this.complete = complete;
  }

  /** Returns whether all of the map could be read. */
  boolean isComplete() {
    return complete;
  }

  /** Notes that a line may name a variable that could not be read. */
  public void keysMayBeMissing() {
    keysComplete = false;
  }

  /** Returns whether a variable that no key names has certainly been forgotten. */
  boolean namesAllKeys() {
    return complete && keysComplete;
  }

  /**
   * Notes what is known of the column with the user.
   *
   * @param meant whether it is set, if only by a misspelt name
   * @param place where it would be set, if it is not
   */
  public void usernameField(boolean meant, Span place) {
    usernameFieldMeant = meant;
    usernameFieldPlace = place;
  }

  boolean isUsernameFieldMeant() {
    return usernameFieldMeant;
  }

  /**
   * Returns where the column with the user would be set; nothing if no place is better than
   * another.
   */
  @Nullable Span usernameFieldPlace() {
    return usernameFieldPlace;
  }
}
