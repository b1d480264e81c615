package org.lastlogin.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Recognises a configuration, and reads it as what it is. */
final class DictConfigReader {
  private final UnaryOperator<@Nullable String> environment;
  private final Diagnostics diagnostics;

  DictConfigReader(UnaryOperator<@Nullable String> environment, Diagnostics diagnostics) {
    this.environment = environment;
    this.diagnostics = diagnostics;
  }

  /** What a configuration says. */
  record Content(
      ConfigFormat format, List<DictDefinition> dicts, Optional<LastLoginSettings> lastLogin) {}

  /** Reads a file, and those that it includes. */
  Content read(SourceFile source, Path path) {
    return switch (kind(source, path)) {
      case MAP_FILE ->
          new Content(
              ConfigFormat.DOVECOT_2_3,
              List.of(
                  new MapFileReader(diagnostics)
                      .read(mapFiles().parse(source, path), source.name(), null, null)
                      .at(DictPlace.ofFile(source))),
              Optional.empty());
      case MAIN_2_3 -> {
        MainConfigTree tree = tree(source, path);
        MainConfigValues values = new MainConfigValues(environment, diagnostics);
        yield new Content(
            ConfigFormat.DOVECOT_2_3,
            new MainConfig23Reader(tree, values, mapFiles(), diagnostics).read(),
            new MainConfigLastLogin(tree, values).readPlugin());
      }
      case MAIN_2_4 -> {
        MainConfigTree tree = tree(source, path);
        MainConfigValues values = new MainConfigValues(environment, diagnostics);
        yield new Content(
            ConfigFormat.DOVECOT_2_4,
            new MainConfigReader(tree, values, diagnostics, source.name()).read(),
            new MainConfigLastLogin(tree, values).read());
      }
    };
  }

  /** Looks at a copy, and keeps to itself what is wrong with it. */
  private static ConfigKind kind(SourceFile source, Path path) {
    SourceFile copy = new SourceFile(source.name(), source.text());
    return ConfigKind.of(mainFiles(new Diagnostics()).parse(copy, path));
  }

  private MainConfigTree tree(SourceFile source, Path path) {
    return new MainConfigTree(mainFiles(diagnostics).parse(source, path));
  }

  private Includes mapFiles() {
    return new Includes(
        (source, includes) ->
            new Parser(new Lexer(source, environment, diagnostics), includes, diagnostics).parse(),
        diagnostics);
  }

  private static Includes mainFiles(Diagnostics diagnostics) {
    return new Includes(
        (source, includes) -> new MainConfigParser(source, includes, diagnostics).parse(),
        diagnostics);
  }
}
