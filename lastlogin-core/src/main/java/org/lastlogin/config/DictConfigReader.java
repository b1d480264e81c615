package org.lastlogin.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Recognises a configuration, and reads it as what it is. */
final class DictConfigReader {
  private static final Pattern INCLUSION = Pattern.compile("(?m)^[ \\t]*+!include.*+$");

  private final UnaryOperator<@Nullable String> environment;
  private final Diagnostics diagnostics;

  DictConfigReader(UnaryOperator<@Nullable String> environment, Diagnostics diagnostics) {
    this.environment = environment;
    this.diagnostics = diagnostics;
  }

  /** What a configuration says. */
  record Content(
      ConfigFormat format,
      List<DictDraft> dicts,
      Optional<LastLoginSettings> lastLogin,
      LastLoginProtocols protocols) {}

  /** Reads a file, and those that it includes. */
  Content read(SourceFile source, Path path) {
    return switch (kind(source, path)) {
      case MAP_FILE ->
          new Content(
              ConfigFormat.DOVECOT_2_3,
              List.of(
                  new MapFileReader(diagnostics)
                      .read(mapFiles().parse(source, path), DictPlace.ofFile(source))),
              Optional.empty(),
              LastLoginProtocols.NONE);
      case MAIN_2_3 -> {
        MainConfigTree tree = tree(source, path);
        MainConfigValues values = new MainConfigValues(environment, diagnostics);
        yield new Content(
            ConfigFormat.DOVECOT_2_3,
            new MainConfig23Reader(tree, values, mapFiles(), diagnostics).read(),
            new MainConfigLastLogin(tree, values).readPlugin(),
            LastLoginProtocols.of(tree.root()));
      }
      case MAIN_2_4 -> {
        MainConfigTree tree = tree(source, path);
        MainConfigValues values = new MainConfigValues(environment, diagnostics);
        yield new Content(
            ConfigFormat.DOVECOT_2_4,
            new MainConfigReader(tree, values, diagnostics, source.name()).read(),
            new MainConfigLastLogin(tree, values).read(),
            LastLoginProtocols.of(tree.root()));
      }
    };
  }

  /** Looks at the file alone, and only if that says nothing at what it includes. */
  private static ConfigKind kind(SourceFile source, Path path) {
    String alone = INCLUSION.matcher(source.text()).replaceAll("");
    return ConfigKind.decided(nodes(source.name(), alone, path))
        .orElseGet(() -> ConfigKind.of(nodes(source.name(), source.text(), path)));
  }

  /** What stands in a copy of a file; what is wrong with it is not said. */
  private static List<Node> nodes(String name, String text, Path path) {
    return mainFiles(new Diagnostics()).parse(new SourceFile(name, text), path);
  }

  private MainConfigTree tree(SourceFile source, Path path) {
    return new MainConfigTree(mainFiles(diagnostics).parse(source, path));
  }

  private Includes mapFiles() {
    return new Includes(
        (source, includes) ->
            new MapFileParser(
                    new MapFileLexer(source, environment, diagnostics), includes, diagnostics)
                .parse(),
        diagnostics);
  }

  private static Includes mainFiles(Diagnostics diagnostics) {
    return new Includes(
        (source, includes) -> new MainConfigParser(source, includes, diagnostics).parse(),
        diagnostics);
  }
}
