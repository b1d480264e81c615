package org.lastlogin.dictproto;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.lastlogin.dict.DictIteration;

/**
 * A command of a client: one line of the protocol. Immutable. The commands of transactions are
 * {@link TransactionCommand}s. As in Dovecot's server, BEGIN, LOOKUP and ITERATE may lack the user,
 * and BEGIN the expiry.
 */
public sealed interface DictCommand
    permits DictCommand.Hello, DictCommand.Lookup, DictCommand.Iterate, TransactionCommand {

  /** Returns the type of this command. */
  CommandType type();

  /**
   * The first command on every connection, which is never answered.
   *
   * @param major the protocol's major version
   * @param minor the protocol's minor version
   * @param valueType a number without effect today
   * @param username the user of all commands, in versions without {@link
   *     Capability#USER_PER_COMMAND}; empty if none
   * @param dictName the name of the dict to use
   */
  record Hello(long major, long minor, long valueType, String username, String dictName)
      implements DictCommand {
    public Hello {
      Objects.requireNonNull(username, "username");
      Objects.requireNonNull(dictName, "dictName");
    }

    @Override
    public CommandType type() {
      return CommandType.HELLO;
    }

    /** Returns the known version that corresponds to the numbers. */
    public DictVersion version() {
      return DictVersion.of(major, minor);
    }

    static Hello decode(FieldReader in) {
      return new Hello(
          in.uint32("major version"),
          in.uint32("minor version"),
          in.uint32("value type"),
          in.text("user name"),
          in.text("dict name"));
    }

    void encode(FieldWriter out) {
      out.uint32("major version", major).tab().uint32("minor version", minor);
      out.tab().uint32("value type", valueType).tab().escaped(username).tab().escaped(dictName);
    }
  }

  /**
   * Looks a key up.
   *
   * @param key the key
   * @param username the user; empty if there is none, or if the version has it in HELLO
   */
  record Lookup(String key, String username) implements DictCommand {
    public Lookup {
      Objects.requireNonNull(key, "key");
      Objects.requireNonNull(username, "username");
    }

    @Override
    public CommandType type() {
      return CommandType.LOOKUP;
    }

    static Lookup decode(FieldReader in, DictVersion version) {
      return new Lookup(in.text("key"), in.user(version));
    }

    void encode(FieldWriter out) {
      out.escaped(key).user(username);
    }
  }

  /**
   * Iterates over the rows below paths.
   *
   * @param flags the flags of the iteration
   * @param maxRows the number of rows after which to stop; 0 for no limit
   * @param paths the prefixes of the keys; usually one
   * @param username the user; empty if there is none, or if the version has it in HELLO
   */
  record Iterate(Set<DictIteration.Flag> flags, long maxRows, List<String> paths, String username)
      implements DictCommand {
    /**
     * The flags in the order of their bits. Bit 32, which Dovecot's client uses internally, is
     * ignored.
     */
    private static final List<DictIteration.Flag> BITS =
        List.of(
            DictIteration.Flag.RECURSE,
            DictIteration.Flag.SORT_BY_KEY,
            DictIteration.Flag.SORT_BY_VALUE,
            DictIteration.Flag.NO_VALUES,
            DictIteration.Flag.EXACT_KEY);

    public Iterate {
      flags = Set.copyOf(flags);
      paths = List.copyOf(paths);
      Objects.requireNonNull(username, "username");
      if (paths.isEmpty()) {
        throw new IllegalArgumentException("An iteration needs at least one path");
      }
    }

    @Override
    public CommandType type() {
      return CommandType.ITERATE;
    }

    static Iterate decode(FieldReader in, DictVersion version) {
      Set<DictIteration.Flag> flags = flags(in.uint32("flags"));
      long maxRows = version.has(Capability.ROW_LIMIT) ? in.unsigned("row limit") : 0;
      if (version.has(Capability.USER_PER_COMMAND)) {
        return new Iterate(flags, maxRows, List.of(in.text("path")), in.user(version));
      }
      List<String> paths = new ArrayList<>(1);
      do {
        paths.add(in.text("path"));
      } while (in.hasNext());
      return new Iterate(flags, maxRows, paths, "");
    }

    private static Set<DictIteration.Flag> flags(long bits) {
      Set<DictIteration.Flag> flags = EnumSet.noneOf(DictIteration.Flag.class);
      for (int i = 0; i < BITS.size(); i++) {
        if ((bits & (1L << i)) != 0) {
          flags.add(BITS.get(i));
        }
      }
      return flags;
    }

    void encode(FieldWriter out, DictVersion version) {
      long bits = 0;
      for (DictIteration.Flag flag : flags) {
        bits |= 1L << BITS.indexOf(flag);
      }
      out.number(bits);
      if (version.has(Capability.ROW_LIMIT)) {
        out.tab().unsigned("row limit", maxRows);
      } else if (maxRows != 0) {
        throw new IllegalArgumentException("Version " + version + " has no limit of rows");
      }
      if (paths.size() > 1 && version.has(Capability.USER_PER_COMMAND)) {
        throw new IllegalArgumentException("Version " + version + " iterates one path at a time");
      }
      paths.forEach(path -> out.tab().escaped(path));
      out.user(username);
    }
  }
}
