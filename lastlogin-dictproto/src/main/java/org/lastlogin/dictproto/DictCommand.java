package org.lastlogin.dictproto;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.lastlogin.dict.DictIteration;

/**
 * What a client asks of a server: one line of the protocol. Immutable. The commands that make up
 * transactions are {@link TransactionCommand}s.
 */
public sealed interface DictCommand
    permits DictCommand.Hello, DictCommand.Lookup, DictCommand.Iterate, TransactionCommand {

  /** What kind of command this is. */
  CommandType type();

  /**
   * The first command on every connection, which is never answered.
   *
   * @param major the protocol's major version
   * @param minor the protocol's minor version
   * @param valueType a number that nothing depends on any more
   * @param username the user of all commands, in versions without {@link
   *     Capability#USER_PER_COMMAND}; empty if none
   * @param dictName the name of the dict that is to be used
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

    /** The version that it announces, as this side understands it. */
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
   * Look a key up.
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
   * Iterate over the rows below paths.
   *
   * @param flags how
   * @param maxRows after how many rows to stop; 0 for no limit
   * @param paths where the keys begin; usually one
   * @param username the user; empty if there is none, or if the version has it in HELLO
   */
  record Iterate(Set<DictIteration.Flag> flags, long maxRows, List<String> paths, String username)
      implements DictCommand {
    /**
     * The flags in the order of their bits. Bit 32, which the client's library uses for itself,
     * means nothing here.
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
