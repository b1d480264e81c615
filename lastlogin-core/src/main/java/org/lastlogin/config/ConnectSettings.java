package org.lastlogin.config;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the connection to a dict's database: one server, or several with the same data,
 * tried in their order. Immutable.
 *
 * <p>Both formats of configurations are brought to the same names, which are those of Dovecot 2.3's
 * {@code connect}: {@code host} (a path, if it begins with a slash, is that of a Unix socket),
 * {@code port}, {@code user}, {@code password}, {@code dbname}, for SQLite {@code path}, and what
 * else the database's client library knows. Which names are valid depends on the database and is
 * not checked here.
 */
public final class ConnectSettings {
  /** The name under which the path of SQLite's file is kept. */
  public static final String PATH = "path";

  /** The name in messages for settings that are not in a file. */
  static final String SOURCE = "connect";

  private final List<DatabaseServer> servers;

  private ConnectSettings(List<DatabaseServer> servers) {
    this.servers = List.copyOf(servers);
  }

  /**
   * Reads the value of a {@code connect} setting, without quotes around it: {@code name=value}
   * pairs with white space between them, for SQLite the path of its file before them. A value may
   * be in quotes, in which a backslash quotes the character that follows. A {@code host} that
   * occurs several times names several servers.
   *
   * @throws ConfigException if it does not consist of pairs; lines and columns are those of the
   *     given text
   */
  public static ConnectSettings parse(String value) {
    return DictConfig.parseConnect(value);
  }

  /**
   * The given servers, in the order in which they are to be tried.
   *
   * @param servers the settings of each server by their names; at least one server
   * @throws IllegalArgumentException if there is none
   */
  public static ConnectSettings of(List<Map<String, String>> servers) {
    return ofServers(servers.stream().map(DatabaseServer::of).toList());
  }

  /**
   * Returns the given servers, in the order in which they are to be tried.
   *
   * @param servers at least one server
   * @throws IllegalArgumentException if there is none
   */
  public static ConnectSettings ofServers(List<DatabaseServer> servers) {
    if (servers.isEmpty()) {
      throw new IllegalArgumentException("There is no server");
    }
    return new ConnectSettings(servers);
  }

  /** The servers, in the order in which they are to be tried; at least one. */
  public List<DatabaseServer> servers() {
    return servers;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ConnectSettings that && servers.equals(that.servers);
  }

  @Override
  public int hashCode() {
    return Objects.hash(servers);
  }

  /** The settings of each server, without secrets. */
  @Override
  public String toString() {
    return servers.stream().map(DatabaseServer::toString).collect(Collectors.joining("; "));
  }
}
