package org.lastlogin.jdbc.connect;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** The meaning of a name in a connect setting. */
@FunctionalInterface
interface Keyword {
  /** Takes a value into the draft of a target. */
  void apply(TargetDraft draft, String name, String value);

  /** Returns a keyword that is used when all keywords are known, or is part of the URL. */
  static Keyword used() {
    return (draft, name, value) -> {};
  }

  /** Returns a keyword that is passed on as a property. */
  static Keyword as(String property) {
    return (draft, name, value) -> draft.set(property, value);
  }

  /** Returns a keyword that is passed on as a property in seconds. */
  static Keyword seconds(String property) {
    return (draft, name, value) ->
        draft.set(property, Long.toString(draft.milliseconds(name) / 1_000));
  }

  /** Returns a keyword in seconds that is passed on as a property in milliseconds. */
  static Keyword milliseconds(String property) {
    return (draft, name, value) -> draft.set(property, Long.toString(draft.milliseconds(name)));
  }

  /** Returns a keyword that is passed on as a property with other words for its values. */
  static Keyword translated(String property, Map<String, String> words) {
    return (draft, name, value) -> {
      String word = words.get(value);
      if (word == null) {
        throw draft.unknownValue(name, words.keySet().stream().sorted().toList());
      }
      draft.set(property, word);
    };
  }

  /** Returns a keyword that is checked now, and used when all keywords are known. */
  static Keyword checked(BiConsumer<TargetDraft, String> check) {
    return (draft, name, value) -> check.accept(draft, name);
  }

  /**
   * Returns a keyword that must have one of some values, and is then treated as another keyword.
   */
  static Keyword oneOf(List<String> words, Keyword then) {
    return (draft, name, value) -> {
      if (!words.contains(value)) {
        throw draft.unknownValue(name, words);
      }
      then.apply(draft, name, value);
    };
  }

  /**
   * Returns a keyword without an equivalent in the driver.
   *
   * @param instead what is done, or counts, instead
   * @param harmless values that ask for what is done anyway
   */
  static Keyword none(String instead, String... harmless) {
    Set<String> asDone = Set.of(harmless);
    return (draft, name, value) -> {
      if (!asDone.contains(value)) {
        draft.warn(name, name + " has no equivalent: " + instead);
      }
    };
  }
}
