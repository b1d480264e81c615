package org.lastlogin.jdbc.connect;

import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The address at which a server listens. Immutable.
 *
 * @param host the host's name or address; for a Unix socket its path
 * @param port the TCP port
 */
record Address(String host, String port) {
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]+|\\[?[0-9A-Fa-f:.]+]?");
  private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");
  private static final int LAST_PORT = 65_535;

  /** The settings that only locate servers, of every database. */
  private static final Set<String> NAMES = Set.of("host", "hostaddr", "port");

  /**
   * Returns the address that a server's settings name; nothing but names, addresses and numbers.
   */
  static Address of(TargetDraft draft, String hostName, String host, String port) {
    checkHost(draft, hostName, host);
    checkPort(draft, "port", port);
    return new Address(host, port);
  }

  /** Fails if a host is neither a name or address nor a socket. */
  static void checkHost(TargetDraft draft, String name, String host) {
    if (!host.startsWith("/") && !HOST.matcher(host).matches()) {
      throw draft.failure(name, "This is not the name of a host");
    }
  }

  /** Fails if a port is invalid. */
  static void checkPort(TargetDraft draft, String name, String port) {
    if (!PORT.matcher(port).matches()
        || Integer.parseInt(port) == 0
        || Integer.parseInt(port) > LAST_PORT) {
      throw draft.failure(name, "Expected a port from 1 to " + LAST_PORT);
    }
  }

  boolean isSocket() {
    return host.startsWith("/");
  }

  /** Returns the address as a URL has it. */
  private String inUrl() {
    boolean bare = host.indexOf(':') >= 0 && !host.startsWith("[");
    return (bare ? "[" + host + "]" : host) + ":" + port;
  }

  /** Returns addresses as a URL has them. */
  static String inUrl(List<Address> addresses) {
    return addresses.stream().map(Address::inUrl).collect(Collectors.joining(","));
  }

  /**
   * Returns targets for a driver whose URL can name several hosts: one target if the servers differ
   * only in their addresses and none is a socket, else one for each address.
   */
  static List<ConnectTarget> together(
      List<TargetDraft> servers,
      Function<TargetDraft, List<Address>> addresses,
      BiFunction<TargetDraft, List<Address>, ConnectTarget> target) {
    List<Address> all =
        servers.stream().flatMap(server -> addresses.apply(server).stream()).toList();
    boolean alike = servers.stream().map(server -> server.without(NAMES)).distinct().count() == 1;
    return alike && all.stream().noneMatch(Address::isSocket)
        ? List.of(target.apply(servers.get(0), all))
        : oneByOne(servers, addresses, target);
  }

  /** Returns a target for each address of each server. */
  static List<ConnectTarget> oneByOne(
      List<TargetDraft> servers,
      Function<TargetDraft, List<Address>> addresses,
      BiFunction<TargetDraft, List<Address>, ConnectTarget> target) {
    return servers.stream()
        .flatMap(
            server ->
                addresses.apply(server).stream()
                    .map(address -> target.apply(server, List.of(address))))
        .toList();
  }
}
