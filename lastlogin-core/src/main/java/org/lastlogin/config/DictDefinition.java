package org.lastlogin.config;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lastlogin.map.DictMap;
import org.lastlogin.map.DictMaps;

/**
 * A SQL dict of a configuration: its name, its database with the settings of the connection, and
 * its maps. It may lack the settings of the connection: a program with its own {@code DataSource}
 * does not need them. Two are equal if their contents are, wherever they come from. Immutable.
 */
public final class DictDefinition {
  private final @Nullable String name;
  private final @Nullable SqlDriver driver;
  private final @Nullable ConnectSettings connect;
  private final DictMaps maps;

  /** By identity: two equal maps come from two places. */
  private final IdentityHashMap<DictMap, Origin> origins;

  private final Origin origin;

  private DictDefinition(
      @Nullable String name,
      @Nullable SqlDriver driver,
      @Nullable ConnectSettings connect,
      DictMaps maps,
      IdentityHashMap<DictMap, Origin> origins,
      Origin origin) {
    this.name = name;
    this.driver = driver;
    this.connect = connect;
    this.maps = maps;
    this.origins = origins;
    this.origin = origin;
  }

  /** Describes a dict that is not in a file. A builder is not safe for use by several threads. */
  public static Builder builder() {
    return new Builder();
  }

  /** The same dict with another name and driver; comments are kept. */
  public DictDefinition named(String name, SqlDriver driver) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(driver, "driver");
    return new DictDefinition(name, driver, connect, maps, origins, origin);
  }

  /** The origin of the dict: the file as a whole. */
  public Origin origin() {
    return origin;
  }

  /**
   * Returns the origin of a map; its {@linkplain Origin#part parts} are its table and columns.
   *
   * @param map one of the maps
   */
  public Origin origin(DictMap map) {
    Origin known = origins.get(map);
    return known != null
        ? known
        : origins.entrySet().stream()
            .filter(entry -> entry.getKey().equals(map))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElseGet(() -> new FileOrigin(origin.file(), map.toString()));
  }

  /** The name by which clients ask for it; a map file does not have it. */
  public Optional<String> name() {
    return Optional.ofNullable(name);
  }

  /** The database that it is in; a map file does not name it. */
  public Optional<SqlDriver> driver() {
    return Optional.ofNullable(driver);
  }

  /** The settings of the connection to the database, if the configuration has any. */
  public Optional<ConnectSettings> connect() {
    return Optional.ofNullable(connect);
  }

  /**
   * Returns the settings of the connection to the database, which the configuration must have.
   *
   * @throws ConfigException if the configuration has none
   */
  public ConnectSettings requireConnect() {
    if (connect == null) {
      throw ConfigException.of(
          Diagnostic.error(
              Origin.ofFile(origin.file()),
              "There is no `connect` setting, so there is no database to connect to"));
    }
    return connect;
  }

  /** The maps, in the order of the configuration. */
  public DictMaps maps() {
    return maps;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DictDefinition that
        && Objects.equals(name, that.name)
        && driver == that.driver
        && Objects.equals(connect, that.connect)
        && maps.equals(that.maps);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, driver, maps);
  }

  /** Its name, driver, connection and maps, without secrets. */
  @Override
  public String toString() {
    return "DictDefinition[name="
        + name
        + ", driver="
        + driver
        + ", connect="
        + connect
        + ", maps="
        + maps
        + "]";
  }

  /** Collects what makes up a dict. */
  public static final class Builder {
    private @Nullable String name;
    private @Nullable SqlDriver driver;
    private @Nullable ConnectSettings connect;
    private @Nullable Origin origin;
    private final List<DictMap> maps = new ArrayList<>();
    private final IdentityHashMap<DictMap, Origin> origins = new IdentityHashMap<>();

    private Builder() {}

    /** The name by which clients ask for it; by default there is none. */
    public Builder name(String name) {
      this.name = Objects.requireNonNull(name, "name");
      return this;
    }

    /** The database that it is in; by default it is not known. */
    public Builder driver(SqlDriver driver) {
      this.driver = Objects.requireNonNull(driver, "driver");
      return this;
    }

    /** The settings of the connection to the database; by default there are none. */
    public Builder connect(ConnectSettings connect) {
      this.connect = Objects.requireNonNull(connect, "connect");
      return this;
    }

    /** Adds maps after those that are there. */
    public Builder maps(Iterable<DictMap> added) {
      added.forEach(maps::add);
      return this;
    }

    /**
     * Adds a map after those that are there.
     *
     * @param origin where it comes from; its {@linkplain Origin#part parts} are its table and
     *     columns
     */
    public Builder map(DictMap map, Origin origin) {
      maps.add(map);
      origins.put(map, Objects.requireNonNull(origin, "origin"));
      return this;
    }

    /** The origin of the dict; by default it is in no file. */
    public Builder origin(Origin origin) {
      this.origin = Objects.requireNonNull(origin, "origin");
      return this;
    }

    /** The dict. */
    public DictDefinition build() {
      return new DictDefinition(
          name,
          driver,
          connect,
          DictMaps.of(maps),
          new IdentityHashMap<>(origins),
          origin == null ? Origin.ofFile("dict " + name) : origin);
    }
  }
}
