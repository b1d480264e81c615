package org.lastlogin.config.mainfile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lastlogin.config.source.Node;
import org.lastlogin.config.source.Node.Section;
import org.lastlogin.config.source.Node.Setting;
import org.lastlogin.config.words.Secrets;

/**
 * All blocks of a main configuration, those of its groups included, under long names. What may be a
 * password is hidden as it is met. Not safe for use by several threads.
 */
public final class MainConfigTree {
  private static final char GROUP = '@';

  /** A group as one type of block includes it: short names depend on the type. */
  private record GroupId(String label, String name, String type) {}

  private final MainConfigBlock root = new MainConfigBlock(null, "", null, 0);
  private final Map<MainConfigBlock.Id, List<Section>> groups = new HashMap<>();
  private final Map<GroupId, MainConfigBlock> included = new HashMap<>();
  private int order;

  public MainConfigTree(List<Node> nodes) {
    fill(root, nodes);
  }

  /** The file itself. */
  public MainConfigBlock root() {
    return root;
  }

  /** Returns what a group holds, as a type of block sees it, if there is such a group. */
  Optional<MainConfigBlock> group(String label, String name, String type) {
    List<Section> sections = groups.get(new MainConfigBlock.Id(label, name));
    if (sections == null) {
      return Optional.empty();
    }
    GroupId id = new GroupId(label, name, type);
    MainConfigBlock known = included.get(id);
    if (known == null) {
      known = new MainConfigBlock(root, type, null, order++);
      known.sections().addAll(sections);
      for (Section section : List.copyOf(sections)) { // A group may hold a group.
        fill(known, section.nodes());
      }
      included.put(id, known);
    }
    return Optional.of(known);
  }

  private void fill(MainConfigBlock block, List<Node> nodes) {
    for (Node node : nodes) {
      if (node instanceof Setting setting) {
        add(setting, block);
      } else if (node instanceof Section section) {
        add(section, block);
      }
    }
  }

  private void add(Section section, MainConfigBlock outer) {
    String type = section.type().string();
    if (!type.isEmpty() && type.charAt(0) == GROUP) {
      String name = section.name() == null ? "" : section.name().string();
      groups
          .computeIfAbsent(new MainConfigBlock.Id(type.substring(1), name), id -> new ArrayList<>())
          .add(section);
      return;
    }
    String longType = MainConfigNames.blockType(outer.type(), type);
    MainConfigBlock block = outer.begin(longType, section.name(), order++);
    block.sections().add(section);
    fill(block, section.nodes());
  }

  private void add(Setting setting, MainConfigBlock block) {
    String name = setting.name().string();
    if (name.charAt(0) == GROUP) {
      block.addGroup(name.substring(1), new MainConfigSetting(name, setting, block, order++));
      return;
    }
    String key = MainConfigNames.setting(block.type(), block.id(), name);
    boolean known = MainConfigNames.isKnownSetting(key);
    MainConfigBlock owner = owner(block, key, known);
    MainConfigSetting added = new MainConfigSetting(key, setting, owner, order++);
    owner.add(added);
    if (mayHoldSecret(key, known, block.type(), setting)) {
      added.hide();
    }
  }

  /** Returns the block that a setting belongs to, by the block that it is in. */
  private static MainConfigBlock owner(MainConfigBlock block, String key, boolean known) {
    MainConfigBlock outer = block.parent();
    boolean outside =
        known && MainConfigNames.isPrefixOnly(block.type()) && key.startsWith(block.type() + "_");
    return outer != null && outside ? outer : block;
  }

  /** Returns whether a value must not be shown: an unknown name may be a misspelt one. */
  private static boolean mayHoldSecret(String key, boolean known, String type, Setting setting) {
    String value = setting.value().string();
    if (type.equals(MainConfigNames.PGSQL_PARAMETERS)) {
      return Secrets.isSecret(key, value);
    }
    if (known
        || MainConfigOldSyntax.isOfMaps(key)
        || MainConfigOldSyntax.DICT_ENTRY.matcher(value).matches()) {
      return Secrets.mayHoldSecret(key) || Secrets.mayHoldSecret(value);
    }
    return value.indexOf('=') >= 0
        || Secrets.mayHoldSecret(key + " " + value)
        || MainConfigNames.closestSetting(type, key).filter(MainConfigTree::isHarmless).isEmpty();
  }

  private static boolean isHarmless(String name) {
    return !Secrets.mayHoldSecret(name);
  }
}
