package org.lastlogin.map;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The pattern of the keys that a map serves, such as {@code shared/last-login/imap/$user/$domain}.
 * Immutable.
 *
 * <p>A variable is written {@code $name} or {@code ${name}}; a name consists of ASCII letters,
 * digits and underscores. The rules of matching are Dovecot's: a variable takes the text up to the
 * next slash, which may be none at all; the last variable, if it ends the pattern, takes all the
 * rest, slashes included, but at least one character. Text that follows a variable within its
 * segment can therefore never match. A map with such text serves no key, but its rows are iterated,
 * as in Dovecot.
 */
public final class KeyPattern {
  /** The prefix of the keys that Dovecot's last_login plugin writes. */
  public static final String LAST_LOGIN = "shared/last-login/";

  private final String text;

  /**
   * The literals around the variables: always one more than there are variables, some of them
   * empty.
   */
  private final List<String> literals;

  private final List<String> variables;

  private KeyPattern(String text, List<String> literals, List<String> variables) {
    this.text = text;
    this.literals = List.copyOf(literals);
    this.variables = List.copyOf(variables);
  }

  /**
   * Reads a pattern.
   *
   * @throws KeyPatternException if it is empty, a variable has no name or an open brace, or a name
   *     occurs twice
   */
  public static KeyPattern parse(String text) {
    if (text.isEmpty()) {
      throw new KeyPatternException("The pattern is empty", 0);
    }
    List<String> literals = new ArrayList<>();
    List<String> variables = new ArrayList<>();
    int literalStart = 0;
    int at = text.indexOf('$');
    while (at >= 0) {
      literals.add(text.substring(literalStart, at));
      boolean braced = at + 1 < text.length() && text.charAt(at + 1) == '{';
      int nameStart = braced ? at + 2 : at + 1;
      int nameEnd = endOfName(text, nameStart);
      if (nameEnd == nameStart) {
        throw new KeyPatternException("A variable has no name", at);
      }
      if (braced && (nameEnd == text.length() || text.charAt(nameEnd) != '}')) {
        throw new KeyPatternException("A variable's brace is not closed after its name", at);
      }
      String name = text.substring(nameStart, nameEnd);
      if (variables.contains(name)) {
        throw new KeyPatternException("The variable $" + name + " occurs twice", at);
      }
      variables.add(name);
      literalStart = braced ? nameEnd + 1 : nameEnd;
      at = text.indexOf('$', literalStart);
    }
    literals.add(text.substring(literalStart));
    return new KeyPattern(text, literals, variables);
  }

  private static int endOfName(String text, int from) {
    int end = from;
    while (end < text.length() && isNameCharacter(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isNameCharacter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }

  /** The names of the variables, in their order. */
  public List<String> variables() {
    return variables;
  }

  /** The texts around the variables: one more than there are variables, some of them empty. */
  List<String> literals() {
    return literals;
  }

  /** Returns what is before the first variable; the whole pattern if there is none. */
  public String literalPrefix() {
    return literals.get(0);
  }

  /** The pattern with every variable reduced to a dollar sign, as Dovecot's messages show it. */
  public String skeleton() {
    return String.join("$", literals);
  }

  /**
   * The values of the variables if a key is of this pattern, in the order of {@link #variables()},
   * or {@code null} if it is not.
   */
  public @Nullable List<String> match(String key) {
    if (!key.startsWith(literalPrefix())) {
      return null;
    }
    if (variables.isEmpty()) {
      return key.length() == text.length() ? List.of() : null;
    }
    String[] values = new String[variables.size()];
    int at = literalPrefix().length();
    for (int i = 0; i < values.length; i++) {
      String following = literals.get(i + 1);
      boolean takesTheRest = i == values.length - 1 && following.isEmpty();
      int end = takesTheRest ? key.length() : endOfSegment(key, at);
      if ((takesTheRest && end == at) || !key.startsWith(following, end)) {
        return null;
      }
      values[i] = key.substring(at, end);
      at = end + following.length();
    }
    return at == key.length() ? new Values(values) : null;
  }

  /**
   * The key of this pattern whose variables have the given values.
   *
   * @param values a value for each variable, in the order of {@link #variables()}
   * @throws IllegalArgumentException if there are more or fewer values than variables
   */
  public String key(List<String> values) {
    if (values.size() != variables.size()) {
      throw new IllegalArgumentException(
          "The pattern " + text + " has " + variables.size() + " variables, not " + values.size());
    }
    StringBuilder key = new StringBuilder(literalPrefix());
    for (int i = 0; i < values.size(); i++) {
      key.append(values.get(i)).append(literals.get(i + 1));
    }
    return key.toString();
  }

  /** Returns where a segment of a key ends: at its slash, or with the key. */
  static int endOfSegment(String key, int from) {
    int slash = key.indexOf('/', from);
    return slash < 0 ? key.length() : slash;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof KeyPattern that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** The pattern as it was written. */
  @Override
  public String toString() {
    return text;
  }
}
