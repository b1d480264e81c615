package org.lastlogin.config.mainfile;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import org.lastlogin.config.SqlDriver;
import org.lastlogin.config.check.DictDraft;
import org.lastlogin.config.source.Diagnostics;
import org.lastlogin.config.source.SourceFile;
import org.lastlogin.config.source.SourceReader;
import org.lastlogin.config.source.Text;

/**
 * The rules of the main configuration of Dovecot 2.2 and 2.3: its section {@code dict} says which
 * map files there are. Not safe for use by several threads.
 */
public final class MainConfig23Reader {
  private final MainConfigTree tree;
  private final MainConfigValues values;
  private final MapFiles mapFiles;
  private final Diagnostics diagnostics;

  /** The map files that have been read; several dicts may share one. */
  private final Map<Path, Optional<DictDraft>> files = new HashMap<>();

  /** Reads map files. */
  @FunctionalInterface
  public interface MapFiles {
    /** The dict that a map file describes. */
    public DictDraft read(SourceFile source, Path path);
  }

  /**
   * Creates a reader.
   *
   * @param mapFiles reads map files
   */
  public MainConfig23Reader(
      MainConfigTree tree, MainConfigValues values, MapFiles mapFiles, Diagnostics diagnostics) {
    this.tree = tree;
    this.values = values;
    this.mapFiles = mapFiles;
    this.diagnostics = diagnostics;
  }

  /** The SQL dicts, in the order of the file. */
  public List<DictDraft> read() {
    return tree.root().block(MainConfigNames.DICT, "").stream()
        .flatMap(block -> block.settings().values().stream())
        .map(all -> all.get(all.size() - 1))
        .map(this::read)
        .flatMap(Optional::stream)
        .toList();
  }

  private Optional<DictDraft> read(MainConfigSetting entry) {
    Text value = values.text(entry);
    Matcher matcher = MainConfigOldSyntax.DICT_ENTRY.matcher(value.string());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Optional<SqlDriver> driver = SqlDriver.ofConfigName(matcher.group(1));
    if (driver.isEmpty()) {
      return Optional.empty();
    }
    Text path = value.substring(matcher.start(2), matcher.end(2));
    Path file;
    try {
      file = Path.of(entry.span().source().name()).resolveSibling(path.string());
    } catch (InvalidPathException e) {
      diagnostics.error(path.span(), "This is not a path: " + e.getReason());
      return Optional.empty();
    }
    String name = entry.node().name().string();
    return files
        .computeIfAbsent(file, f -> open(f, path).map(source -> mapFiles.read(source, f)))
        .map(dict -> dict.named(name, driver.get()));
  }

  private Optional<SourceFile> open(Path file, Text path) {
    try {
      return Optional.of(SourceReader.read(file, diagnostics));
    } catch (IOException e) {
      diagnostics.error(
          path.span(), "Cannot read the map file " + file + ": " + SourceReader.reason(e));
      return Optional.empty();
    }
  }
}
