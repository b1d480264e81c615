package org.lastlogin.config.mainfile;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lastlogin.config.source.Node.Section;
import org.lastlogin.config.source.Span;
import org.lastlogin.config.source.Text;

/**
 * A block of a main configuration, or all of the file, under long names. Several blocks of one type
 * and name in the same place are one block, as for Dovecot. Filled by {@link MainConfigTree}. Not
 * safe for use by several threads.
 */
final class MainConfigBlock {
  /** A type and a name. */
  record Id(String type, String name) {}

  private final @Nullable MainConfigBlock parent;
  private final String type;
  private final @Nullable Text name;
  private final int order;
  private final List<Section> sections = new ArrayList<>();
  private final Map<String, List<MainConfigSetting>> settings = new LinkedHashMap<>();
  private final Map<Id, MainConfigBlock> blocks = new LinkedHashMap<>();
  private final Map<String, List<MainConfigBlock>> blocksByType = new LinkedHashMap<>();
  private final Map<String, MainConfigSetting> groups = new LinkedHashMap<>();

  /** The long names of what is written wrongly here, and need not be missed. */
  private final Set<String> misspelt = new HashSet<>();

  /**
   * Creates an empty block.
   *
   * @param parent the block that it is in; nothing for the file itself
   * @param type the long name of its type; empty for the file itself
   * @param order how many settings and blocks are before it
   */
  MainConfigBlock(@Nullable MainConfigBlock parent, String type, @Nullable Text name, int order) {
    this.parent = parent;
    this.type = type;
    this.name = name;
    this.order = order;
  }

  @Nullable MainConfigBlock parent() {
    return parent;
  }

  String type() {
    return type;
  }

  int order() {
    return order;
  }

  boolean is(String other) {
    return type.equals(other);
  }

  /** Returns the name after its type, which tells it from others; empty if there is none. */
  String id() {
    return id(type, name);
  }

  private static String id(String type, @Nullable Text name) {
    return name == null || MainConfigNames.isUnnamed(type) ? "" : name.string();
  }

  /** Returns where it begins, once for each block of the file that it is made of. */
  List<Section> sections() {
    return sections;
  }

  Span span() {
    return sections.get(0).span();
  }

  /** Returns whether all of it, and of the blocks around it, could be read. */
  boolean isComplete() {
    return sections.stream().allMatch(Section::complete) && (parent == null || parent.isComplete());
  }

  void add(MainConfigSetting setting) {
    settings.computeIfAbsent(setting.key(), key -> new ArrayList<>()).add(setting);
  }

  /** Includes a group; of two with one label, the last counts. */
  void addGroup(String label, MainConfigSetting setting) {
    groups.put(label, setting);
  }

  Map<String, MainConfigSetting> groups() {
    return groups;
  }

  /** Returns what is set here, by long names, each in the order of the file. */
  Map<String, List<MainConfigSetting>> settings() {
    return settings;
  }

  /** Returns what counts of a setting, if it is set here. */
  Optional<MainConfigSetting> setting(String key) {
    List<MainConfigSetting> all = settings.getOrDefault(key, List.of());
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
  }

  /** The inner block of a type and name, which is begun if there is none. */
  MainConfigBlock begin(String innerType, @Nullable Text innerName, int innerOrder) {
    Id id = new Id(innerType, id(innerType, innerName));
    MainConfigBlock known = blocks.get(id);
    if (known != null) {
      return known;
    }
    MainConfigBlock begun = new MainConfigBlock(this, innerType, innerName, innerOrder);
    blocks.put(id, begun);
    blocksByType.computeIfAbsent(innerType, t -> new ArrayList<>()).add(begun);
    return begun;
  }

  Collection<MainConfigBlock> blocks() {
    return blocks.values();
  }

  Optional<MainConfigBlock> block(String innerType, String innerName) {
    return Optional.ofNullable(blocks.get(new Id(innerType, innerName)));
  }

  List<MainConfigBlock> blocks(String innerType) {
    return blocksByType.getOrDefault(innerType, List.of());
  }

  /** The setting that gives it another name, if there is one. */
  Optional<MainConfigSetting> nameOverride() {
    return MainConfigNames.nameSetting(type).flatMap(this::setting);
  }

  /** The name after its type, if there is one. */
  @Nullable Text name() {
    return name;
  }

  Set<String> misspelt() {
    return misspelt;
  }
}
