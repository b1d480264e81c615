package org.lastlogin.config.words;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lastlogin.map.KeyPattern;

/** The keys that Dovecot's plugins write, to recognise those that are misspelt. */
public final class KnownKeys {
  private static final String LAST_LOGIN = "last-login";
  private static final String QUOTA = "quota";

  /** The services whose logins the plugin last_login records, by the names it has for them. */
  public static final List<String> SERVICES =
      List.of("imap", "pop3", "lmtp", "lda", "submission", "managesieve", "sieve", "doveadm");

  /** The protocols through which users log in or get mail, by the names of their blocks. */
  public static final List<String> LOGIN_PROTOCOLS =
      List.of("imap", "pop3", "lmtp", "lda", "submission", "sieve");

  /** The words after the scope in the keys of plugins. */
  private static final List<String> ROOTS =
      List.of(LAST_LOGIN, QUOTA, "shared-boxes", "expire", "sieve", "metadata");

  private static final List<String> QUOTAS = List.of("storage", "messages", "limit");

  private KnownKeys() {}

  /** Returns whether the keys of a pattern are those of logins. */
  public static boolean isLastLogin(String pattern) {
    return pattern.startsWith(KeyPattern.LAST_LOGIN);
  }

  /** Returns whether the values of a pattern's keys are numbers, as far as plugins write them. */
  public static boolean isNumber(String pattern) {
    return isLastLogin(pattern)
        || pattern.equals("priv/quota/storage")
        || pattern.equals("priv/quota/messages");
  }

  /** Returns what a pattern should be that does not begin with a scope. */
  public static Optional<String> guess(String pattern) {
    int slash = pattern.indexOf('/');
    String first = slash < 0 ? pattern : pattern.substring(0, slash);
    if (first.equals(LAST_LOGIN)) {
      return Optional.of("shared/" + pattern);
    }
    if (first.equals(QUOTA)) {
      return Optional.of("priv/" + pattern);
    }
    return slash < 0
        ? Optional.empty()
        : Suggestions.closest(first, List.of("shared", "priv"))
            .map(scope -> scope + pattern.substring(slash));
  }

  /**
   * Returns what a segment should be, if it is none that plugins write but comes close to one.
   *
   * @param before the segments before it
   * @param segment the segment; it holds no variable
   */
  public static Optional<String> meant(List<String> before, String segment) {
    return slip(segment, words(before)).or(() -> joined(before, segment));
  }

  /** Returns whether a segment is a misspelt one that plugins begin their keys with. */
  public static boolean isMisspelt(String segment) {
    return slip(segment, ROOTS).isPresent();
  }

  /** Returns whether a segment is one that plugins write. */
  public static boolean isWord(List<String> before, String segment) {
    return words(before).contains(segment);
  }

  /** Returns the words that may follow some segments, if that is known. */
  private static List<String> words(List<String> before) {
    return switch (before.size()) {
      case 1 -> ROOTS;
      case 2 ->
          switch (before.get(1)) {
            case LAST_LOGIN -> SERVICES;
            case QUOTA -> QUOTAS;
            default -> List.of();
          };
      default -> List.of();
    };
  }

  /** Two segments the slash between which is missing, or mistyped. */
  private static Optional<String> joined(List<String> before, String segment) {
    return words(before).stream()
        .filter(word -> segment.startsWith(word))
        .flatMap(
            word -> {
              List<String> deeper = new ArrayList<>(before);
              deeper.add(word);
              String rest = segment.substring(word.length());
              return words(deeper).stream()
                  .filter(next -> rest.endsWith(next) && rest.length() <= next.length() + 1)
                  .map(next -> word + "/" + next);
            })
        .findFirst();
  }

  /** The word that a text is but for one slip, if it is not itself one. */
  static Optional<String> slip(String text, List<String> words) {
    return words.contains(text)
        ? Optional.empty()
        : words.stream().filter(word -> Suggestions.isSlip(text, word)).findFirst();
  }
}
