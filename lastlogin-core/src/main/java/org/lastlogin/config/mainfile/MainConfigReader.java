package org.lastlogin.config.mainfile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lastlogin.config.ConfigFormat;
import org.lastlogin.config.ConnectSettings;
import org.lastlogin.config.DictDefinition;
import org.lastlogin.config.SqlDriver;
import org.lastlogin.config.check.DictDraft;
import org.lastlogin.config.check.MapChecker;
import org.lastlogin.config.check.MapDraft;
import org.lastlogin.config.source.Diagnostics;
import org.lastlogin.config.source.DictPlace;
import org.lastlogin.config.source.Span;
import org.lastlogin.config.source.Text;
import org.lastlogin.config.words.Suggestions;

/**
 * The rules of Dovecot 2.4's main configuration: which dicts there are. Not safe for use by several
 * threads.
 */
public final class MainConfigReader {
  /** The drivers of dicts that are not SQL dicts. */
  private static final Set<String> OTHER_DRIVERS =
      Set.of(
          "proxy",
          "file",
          "fs",
          "redis",
          "ldap",
          "cdb",
          "fail",
          "client",
          "memcached",
          "memcached_ascii");

  private static final String SQL = "sql";

  /** Each dict has all maps and servers around it, so that their number may be a product. */
  private static final int MAX_SHARED = 20_000;

  private final MainConfigTree tree;
  private final MainConfigValues values;
  private final MainConfigChecker checker;
  private final Diagnostics diagnostics;
  private final String fileName;

  /** How many maps and servers the dicts so far have had in common with others. */
  private int shared;

  public MainConfigReader(
      MainConfigTree tree, MainConfigValues values, Diagnostics diagnostics, String fileName) {
    this.tree = tree;
    this.values = values;
    this.checker = new MainConfigChecker(tree, values, diagnostics);
    this.diagnostics = diagnostics;
    this.fileName = fileName;
  }

  /** A dict, and where its blocks begin. */
  private record Found(int order, DictDraft dict) {}

  /** The SQL dicts, in the order of the file. */
  public List<DictDraft> read() {
    MainConfigBlock root = tree.root();
    checker.checkTop();
    List<Found> found = new ArrayList<>();
    MainConfigView top = MainConfigView.of(root, tree, values);
    MainConfigView server =
        root.block(MainConfigNames.DICT_SERVER, "").isPresent()
            ? top.inner(MainConfigNames.DICT_SERVER, "")
            : top;
    for (String name : server.names(MainConfigNames.DICT)) {
      read(server, name, true).ifPresent(found::add);
    }
    root.blocks().forEach(block -> readOthers(block, found));
    return found.stream().sorted(Comparator.comparingInt(Found::order)).map(Found::dict).toList();
  }

  /** Reads dicts of other blocks, such as last_login, which need not go through the dict server. */
  private void readOthers(MainConfigBlock block, List<Found> found) {
    boolean served =
        block.is(MainConfigNames.DICT_SERVER)
            || (block.is(MainConfigNames.DICT) && block.parent() == tree.root());
    List<MainConfigBlock> dicts = served ? List.of() : block.blocks(MainConfigNames.DICT);
    if (!dicts.isEmpty()) {
      MainConfigView view = MainConfigView.of(block, tree, values);
      dicts.forEach(dict -> read(view, dict.id(), false).ifPresent(found::add));
    }
    block.blocks().forEach(inner -> readOthers(inner, found));
  }

  private Optional<Found> read(MainConfigView outer, String id, boolean served) {
    MainConfigView view = outer.inner(MainConfigNames.DICT, id);
    List<MainConfigBlock> blocks = view.blocks(MainConfigNames.DICT, id);
    MainConfigBlock block = blocks.get(0);
    if (id.isEmpty()) {
      checker.reportUnnamedDict(block);
      return Optional.empty();
    }
    if (!isSql(view, block, served)) {
      return Optional.empty();
    }
    if (!mayShare(outer, block)) {
      return Optional.empty();
    }
    blocks.forEach(checker::check);
    for (String type : SqlDriver.configNames()) {
      block.blocks(type).forEach(checker::check);
    }
    Optional<SqlDriver> driver = sqlDriver(view, block);
    MapChecker maps = new MapChecker(ConfigFormat.DOVECOT_2_4, diagnostics);
    MainConfigMapReader reader = new MainConfigMapReader(view, values, checker, diagnostics);
    List<MapDraft> declared =
        view.names(MainConfigNames.DICT_MAP).stream()
            .filter(map -> !map.isEmpty())
            .map(reader::read)
            .map(maps::check)
            .flatMap(Optional::stream)
            .toList();
    if (driver.isEmpty()) {
      return Optional.empty();
    }
    ConnectSettings connect =
        new MainConfigServers(view, values, checker, diagnostics).read(driver.get()).orElse(null);
    Text name = values.name(block);
    DictDefinition.Builder dict =
        DictDefinition.builder()
            .name(name == null ? id : name.string())
            .driver(driver.get())
            .origin(DictPlace.ofBlocks(fileName, block.sections()));
    return Optional.of(new Found(block.order(), DictDraft.of(dict, connect, declared)));
  }

  /**
   * Returns whether there is room for what is around a dict; that there is none is reported once.
   */
  private boolean mayShare(MainConfigView outer, MainConfigBlock dict) {
    if (shared > MAX_SHARED) {
      return false;
    }
    for (String type : List.of(MainConfigNames.DICT_MAP, "mysql", "pgsql")) {
      shared += outer.names(type).size();
    }
    if (shared > MAX_SHARED) {
      diagnostics.error(
          dict.span(),
          "The dicts share more than " + MAX_SHARED + " maps and servers; the rest is not read",
          "Put them into the dicts that need them.");
    }
    return shared <= MAX_SHARED;
  }

  private boolean isSql(MainConfigView view, MainConfigBlock block, boolean served) {
    Text driver =
        view.value(MainConfigNames.DICT_DRIVER)
            .filter(text -> !text.isEmpty())
            .or(() -> block.nameOverride().map(values::text))
            .orElse(block.name());
    if (driver == null || driver.is(SQL)) {
      return true;
    }
    if (OTHER_DRIVERS.contains(driver.string())) {
      return false;
    }
    boolean meant =
        block.setting(MainConfigNames.SQL_DRIVER).isPresent()
            || !block.blocks(MainConfigNames.DICT_MAP).isEmpty();
    boolean close = served && Suggestions.closest(driver.string(), Set.of(SQL)).isPresent();
    if (!meant && !close) {
      return false;
    }
    boolean said = view.value(MainConfigNames.DICT_DRIVER).filter(t -> !t.isEmpty()).isPresent();
    diagnostics.error(
        said ? driver.span() : driverPlace(view, block),
        said
            ? "Unknown driver of a dict"
            : "The " + MainConfigPlaces.named(block) + " has no driver",
        "A dict that is in a database has driver = sql.",
        "Unknown dict module: " + driver.string());
    return true;
  }

  private static Span driverPlace(MainConfigView view, MainConfigBlock block) {
    return view.setting(MainConfigNames.DICT_DRIVER)
        .map(setting -> setting.raw().span())
        .orElseGet(() -> MainConfigPlaces.missing("driver", block));
  }

  private Optional<SqlDriver> sqlDriver(MainConfigView view, MainConfigBlock block) {
    Text name = view.value(MainConfigNames.SQL_DRIVER).orElse(null);
    String all = String.join(", ", SqlDriver.configNames());
    if (name == null || name.isEmpty()) {
      boolean missing = name != null || !view.isMeant(MainConfigNames.SQL_DRIVER);
      if (missing && block.isComplete()) {
        diagnostics.error(
            name == null
                ? MainConfigPlaces.missing(MainConfigNames.SQL_DRIVER, block)
                : name.span(),
            "The " + MainConfigPlaces.named(block) + " has no sql_driver",
            "Add sql_driver = mysql, or another of: " + all + ".",
            "sql_driver setting is empty");
      }
      return Optional.empty();
    }
    Optional<SqlDriver> driver = SqlDriver.ofConfigName(name.string());
    if (driver.isEmpty()) {
      reportUnknownDriver(name, all);
    }
    return driver;
  }

  private void reportUnknownDriver(Text name, String all) {
    if (name.is(MainConfigNames.CASSANDRA)) {
      diagnostics.warning(
          name.span(), "This dict is ignored: Cassandra is not supported", "Known are: " + all);
      return;
    }
    @Nullable String guess =
        Suggestions.didYouMean(name.string(), SqlDriver.configNames()).orElse(null);
    diagnostics.error(
        name.span(),
        "Unknown driver; expected one of " + all,
        guess,
        "Unknown database driver '" + name.string() + "'");
  }
}
