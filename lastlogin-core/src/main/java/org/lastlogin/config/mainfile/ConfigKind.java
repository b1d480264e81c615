package org.lastlogin.config.mainfile;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.lastlogin.config.source.Node;
import org.lastlogin.config.source.Node.Section;
import org.lastlogin.config.source.Node.Setting;
import org.lastlogin.config.source.SourceFile;
import org.lastlogin.config.words.Suggestions;

/** The kinds of files in which Dovecot's configuration has dicts. */
public enum ConfigKind {
  /** The dict map file of 2.2 and 2.3. */
  MAP_FILE,
  /** The main configuration of 2.2 and 2.3, which names map files. */
  MAIN_2_3,
  /** The main configuration of 2.4, or a part of it. */
  MAIN_2_4;

  /** The settings that say which version a main configuration is for. */
  private static final Set<String> VERSIONS =
      Set.of("dovecot_config_version", "dovecot_storage_version");

  private static final List<String> DICT_BLOCKS =
      List.of(MainConfigNames.DICT_SERVER, MainConfigNames.DICT_MAP);

  /** Blocks that have a name in 2.4, and had none before. */
  private static final Set<String> NAMED_SINCE_2_4 = Set.of("dict", "passdb", "userdb", "quota");

  /** Blocks that had no name before 2.4, and have one or do not exist there. */
  private static final Set<String> UNNAMED_BEFORE_2_4 =
      Set.of("dict", "passdb", "userdb", "plugin");

  /** Blocks and settings of main configurations of all versions. */
  private static final Set<String> MAIN =
      Set.of("service", "namespace", "protocol", "protocols", "mail_location", "ssl", "base_dir");

  /**
   * Recognises a file by its nodes: by those that are in the file itself if they decide it, else by
   * those of the files that it includes, too.
   *
   * @param nodes the nodes of the file, and of the files that it includes
   */
  public static ConfigKind of(List<Node> nodes, SourceFile file) {
    return decided(nodes, node -> node.span().source() == file)
        .or(() -> decided(nodes, node -> true))
        .orElse(nodes.stream().anyMatch(ConfigKind::isOfMain) ? MAIN_2_3 : MAP_FILE);
  }

  /** Returns what a file certainly is, by the surest sign; nothing if it has none. */
  private static Optional<ConfigKind> decided(List<Node> nodes, Predicate<Node> counts) {
    List<Node> counted = nodes.stream().filter(counts).toList();
    if (counted.stream().anyMatch(node -> isCertainlyNew(node, counts))) {
      return Optional.of(MAIN_2_4);
    }
    if (counted.stream().anyMatch(ConfigKind::isOfMapFile)) {
      return Optional.of(MAP_FILE);
    }
    return counted.stream().map(ConfigKind::version).flatMap(Optional::stream).findFirst();
  }

  private static boolean isCertainlyNew(Node node, Predicate<Node> counts) {
    return VERSIONS.contains(setting(node))
        || DICT_BLOCKS.contains(section(node))
        || (node instanceof Section block
            && block.nodes().stream()
                .filter(counts)
                .anyMatch(inner -> isCertainlyNew(inner, counts)));
  }

  private static boolean isOfMapFile(Node node) {
    return setting(node).equals("connect") || section(node).equals("map");
  }

  private static boolean isOfMain(Node node) {
    return MAIN.contains(setting(node)) || MAIN.contains(section(node));
  }

  /** The version that a block or setting betrays, if it does. */
  private static Optional<ConfigKind> version(Node node) {
    if (MainConfigNames.isKnownSetting(setting(node))) {
      return Optional.of(MAIN_2_4);
    }
    if (!(node instanceof Section block)) {
      return Optional.empty();
    }
    String type = section(node);
    boolean named = block.name() != null;
    if (!named && UNNAMED_BEFORE_2_4.contains(type)) {
      return Optional.of(MAIN_2_3);
    }
    boolean known = MainConfigNames.isKnownBlock(type) || type.startsWith("@");
    return known
            || (named && NAMED_SINCE_2_4.contains(type))
            || Suggestions.closest(type, DICT_BLOCKS).isPresent()
        ? Optional.of(MAIN_2_4)
        : Optional.empty();
  }

  /** The name of a setting; empty if it is a block. */
  private static String setting(Node node) {
    return node instanceof Setting setting ? setting.name().string() : "";
  }

  /** The type of a block; empty if it is a setting. */
  private static String section(Node node) {
    return node instanceof Section section ? section.type().string() : "";
  }
}
