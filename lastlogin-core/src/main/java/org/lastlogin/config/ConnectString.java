package org.lastlogin.config;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How to reach the database: the value of {@code connect}, which consists of {@code name=value}
 * pairs with white space between them, and for SQLite begins with the path of a file. Immutable.
 *
 * <p>A value may stand in quotes, in which a backslash stands for the character that follows. Which
 * names there are depends on the database and is not checked here. A name may occur several times,
 * as {@code host} does for fail-over.
 */
public final class ConnectString {
  private final Text text;
  private final @Nullable String leadingPath;
  private final List<Pair> pairs;

  ConnectString(Text text, @Nullable String leadingPath, List<Pair> pairs) {
    this.text = text;
    this.leadingPath = leadingPath;
    this.pairs = List.copyOf(pairs);
  }

  /**
   * Reads the value of a {@code connect} setting, without quotes around it.
   *
   * @throws ConfigException if it does not consist of pairs; lines and columns are those of the
   *     given text
   */
  public static ConnectString parse(String value) {
    SourceFile source = new SourceFile("connect", value);
    Text.Builder text = new Text.Builder(source);
    for (int i = 0; i < value.length(); i++) {
      text.append(value.charAt(i), i);
    }
    Diagnostics diagnostics = new Diagnostics();
    ConnectString connect = new ConnectParser(diagnostics).parse(text.build(value.length()));
    DictConfig.throwErrors(diagnostics);
    return connect;
  }

  /** What stands before the first pair: for SQLite, the path of the database's file. */
  public Optional<String> leadingPath() {
    return Optional.ofNullable(leadingPath);
  }

  /** The names that occur, each once, in the order in which they first do. */
  public List<String> names() {
    return pairs.stream().map(Pair::name).distinct().toList();
  }

  /** The value of a name; the first one, if the name occurs several times. */
  public Optional<String> first(String name) {
    return all(name).stream().findFirst();
  }

  /** All values of a name, in their order. */
  public List<String> all(String name) {
    return pairs.stream().filter(pair -> pair.name.equals(name)).map(Pair::value).toList();
  }

  /**
   * A failure that points at a pair, for whoever cannot make use of it.
   *
   * @param name the name of the pair; if there is no such pair, the failure points at the whole
   * @param message what is wrong with it; must not hold a password
   */
  public ConfigException failure(String name, String message) {
    Span span =
        pairs.stream()
            .filter(pair -> pair.name.equals(name))
            .findFirst()
            .map(Pair::span)
            .orElse(text.span());
    Diagnostics diagnostics = new Diagnostics();
    diagnostics.error(span, message);
    return new ConfigException(diagnostics.errors());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ConnectString that
        && Objects.equals(leadingPath, that.leadingPath)
        && asPairs().equals(that.asPairs());
  }

  @Override
  public int hashCode() {
    return Objects.hash(leadingPath, names());
  }

  private List<List<String>> asPairs() {
    return pairs.stream().map(pair -> List.of(pair.name, pair.value)).toList();
  }

  /** The pairs, without secrets. */
  @Override
  public String toString() {
    // A database's URL may stand in place of a path by mistake, and hold a password.
    Stream<String> path = leadingPath().map(p -> Secrets.mayHoldSecret(p) ? "***" : p).stream();
    return Stream.concat(path, pairs.stream().map(Pair::toString)).collect(Collectors.joining(" "));
  }

  /** One name with its value, and where both stand. */
  record Pair(String name, String value, Span span) {
    @Override
    public String toString() {
      return name + "=" + (Secrets.isSecret(name, value) ? "***" : value);
    }
  }
}
