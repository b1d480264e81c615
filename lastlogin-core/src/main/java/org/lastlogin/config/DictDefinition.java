package org.lastlogin.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lastlogin.config.Diagnostic.Severity;
import org.lastlogin.map.DictMap;
import org.lastlogin.map.DictMaps;

/**
 * A SQL dict as a configuration defines it: its name, its database and how to reach that, and its
 * maps. Immutable. Two are equal if they say the same, wherever that stands.
 */
public final class DictDefinition {
  private final String fileName;
  private final @Nullable String name;
  private final @Nullable SqlDriver driver;
  private final @Nullable ConnectSettings connect;
  private final List<DeclaredMap> declared;
  private final DictMaps maps;
  private final DictPlace place;

  DictDefinition(
      String fileName,
      @Nullable String name,
      @Nullable SqlDriver driver,
      @Nullable ConnectSettings connect,
      List<DeclaredMap> declared) {
    this(fileName, name, driver, connect, declared, DictPlace.NOWHERE);
  }

  private DictDefinition(
      String fileName,
      @Nullable String name,
      @Nullable SqlDriver driver,
      @Nullable ConnectSettings connect,
      List<DeclaredMap> declared,
      DictPlace place) {
    this.fileName = fileName;
    this.name = name;
    this.driver = driver;
    this.connect = connect;
    this.declared = List.copyOf(declared);
    this.maps = DictMaps.of(declared.stream().map(DeclaredMap::map).toList());
    this.place = place;
  }

  /** Describes a dict that stands in no file. A builder is not safe for use by several threads. */
  public static Builder builder() {
    return new Builder();
  }

  /** The same dict with another name and driver; comments are kept. */
  public DictDefinition named(String name, SqlDriver driver) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(driver, "driver");
    return new DictDefinition(fileName, name, driver, connect, declared, place);
  }

  /** The same dict with the knowledge where it stands, so that its comments can be found. */
  DictDefinition at(DictPlace place) {
    return new DictDefinition(fileName, name, driver, connect, declared, place);
  }

  /** Where it stands. */
  DictPlace place() {
    return place;
  }

  /** The file in which it stands, or what to call it if it stands in none. */
  String fileName() {
    return fileName;
  }

  /** The name by which clients ask for it; a map file does not say it. */
  public Optional<String> name() {
    return Optional.ofNullable(name);
  }

  /** The database that it lies in; a map file does not say it. */
  public Optional<SqlDriver> driver() {
    return Optional.ofNullable(driver);
  }

  /** How to reach the database, if the configuration says so. */
  public Optional<ConnectSettings> connect() {
    return Optional.ofNullable(connect);
  }

  /**
   * How to reach the database, for those who cannot do without.
   *
   * @throws ConfigException if the configuration does not say so
   */
  public ConnectSettings requireConnect() {
    if (connect == null) {
      throw new ConfigException(
          List.of(
              Diagnostic.ofFile(
                  Severity.ERROR,
                  fileName,
                  "There is no `connect` setting, so there is no database to connect to")));
    }
    return connect;
  }

  /** The maps, in the order of the configuration. */
  public DictMaps maps() {
    return maps;
  }

  /** The maps, and where they stand. */
  List<DeclaredMap> declaredMaps() {
    return declared;
  }

  /**
   * A failure that points at the pattern of a map, for whoever cannot make use of it.
   *
   * @param map one of the maps
   * @param message what is wrong with it
   */
  public ConfigException failure(DictMap map, String message) {
    return failure(map, map.pattern().toString(), message);
  }

  /**
   * A failure that points at a part of a map, for whoever cannot make use of it.
   *
   * @param map one of the maps
   * @param part the name of its table or of one of its columns; if it is none, the failure points
   *     at the pattern
   * @param message what is wrong with it
   */
  public ConfigException failure(DictMap map, String part, String message) {
    return declared.stream()
        .filter(candidate -> candidate.map().equals(map))
        .map(DeclaredMap::draft)
        .filter(Objects::nonNull)
        .map(draft -> draft.named(part))
        .filter(Objects::nonNull)
        .map(text -> Diagnostics.single(Severity.ERROR, text.span(), message))
        .findFirst()
        .map(diagnostic -> new ConfigException(List.of(diagnostic)))
        .orElseGet(
            () ->
                new ConfigException(
                    List.of(Diagnostic.ofFile(Severity.ERROR, fileName, map + ": " + message))));
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

  /** All that it says, without secrets. */
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
    private final List<DeclaredMap> maps = new ArrayList<>();

    private Builder() {}

    /** The name by which clients ask for it; by default there is none. */
    public Builder name(String name) {
      this.name = Objects.requireNonNull(name, "name");
      return this;
    }

    /** The database that it lies in; by default that is not said. */
    public Builder driver(SqlDriver driver) {
      this.driver = Objects.requireNonNull(driver, "driver");
      return this;
    }

    /** How to reach the database; by default that is not said. */
    public Builder connect(ConnectSettings connect) {
      this.connect = Objects.requireNonNull(connect, "connect");
      return this;
    }

    /** Adds maps behind those that are there. */
    public Builder maps(Iterable<DictMap> added) {
      added.forEach(map -> maps.add(new DeclaredMap(map, null)));
      return this;
    }

    /** The dict. */
    public DictDefinition build() {
      return new DictDefinition("dict " + name, name, driver, connect, maps);
    }
  }
}
