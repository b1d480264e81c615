package org.lastlogin.config.mainfile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.lastlogin.config.source.Text;

/**
 * The blocks that configure something, what counts most first. These are a block, those around it,
 * and those of the same type and name that are elsewhere around it: {@code mysql HOST} at the top
 * configures {@code mysql HOST} in a dict, too.
 *
 * <p>Which counts more is Dovecot's rule: what is in more blocks with names; then, in more blocks
 * without; then, what begins later. A group counts less than what includes it. So {@code mysql
 * HOST} at the top counts more than a plain {@code mysql_user} in {@code dict_server}. Lists of
 * blocks (servers, maps, columns) are those of all levels, outer ones first. Immutable.
 */
final class MainConfigView {
  /** How many groups a block may include: far more than anyone needs. */
  private static final int MAX_GROUPS = 32;

  private record Layer(MainConfigBlock block, int named, int unnamed, int order) {}

  private static final Comparator<Layer> MOST_FIRST =
      Comparator.comparingInt(Layer::named)
          .thenComparingInt(Layer::unnamed)
          .thenComparingInt(Layer::order)
          .reversed();

  private final MainConfigTree tree;
  private final MainConfigValues values;
  private final List<Layer> layers;

  private MainConfigView(MainConfigTree tree, MainConfigValues values, List<Layer> layers) {
    this.tree = tree;
    this.values = values;
    this.layers = layers;
  }

  /** Returns a view of a block and those around it. */
  static MainConfigView of(MainConfigBlock block, MainConfigTree tree, MainConfigValues values) {
    MainConfigView none = new MainConfigView(tree, values, List.of());
    List<MainConfigBlock> path = new ArrayList<>();
    for (MainConfigBlock b = block; b != null; b = b.parent()) {
      path.add(0, b);
    }
    List<Layer> layers = new ArrayList<>();
    int named = 0;
    int unnamed = 0;
    for (MainConfigBlock b : path) {
      named += b.parent() != null && b.name() != null ? 1 : 0;
      unnamed += b.parent() != null && b.name() == null ? 1 : 0;
      none.addWithGroups(new Layer(b, named, unnamed, b.order()), layers);
    }
    layers.sort(MOST_FIRST);
    return new MainConfigView(tree, values, layers);
  }

  private void addWithGroups(Layer layer, List<Layer> added) {
    added.add(layer);
    layer.block().groups().entrySet().stream()
        .limit(MAX_GROUPS)
        .map(e -> tree.group(e.getKey(), values.text(e.getValue()).string(), layer.block().type()))
        .flatMap(Optional::stream)
        .map(group -> new Layer(group, layer.named(), layer.unnamed(), layer.order()))
        .forEach(added::add);
  }

  /** Returns a view of these blocks and of their inner blocks of a type and name. */
  MainConfigView inner(String type, String name) {
    List<Layer> all = new ArrayList<>(layers);
    for (Layer layer : layers) {
      layer
          .block()
          .block(type, name)
          .map(
              block ->
                  MainConfigNames.isNamed(type)
                      ? new Layer(block, layer.named() + 1, layer.unnamed(), block.order())
                      : new Layer(block, layer.named(), layer.unnamed() + 1, block.order()))
          .ifPresent(inner -> addWithGroups(inner, all));
    }
    all.sort(MOST_FIRST);
    return new MainConfigView(tree, values, all);
  }

  /** The names of the inner blocks of a type; those of outer blocks come first. */
  Set<String> names(String type) {
    List<String> names = new ArrayList<>();
    for (Layer layer : layers) {
      List<String> found = layer.block().blocks(type).stream().map(MainConfigBlock::id).toList();
      List<String> joined = new ArrayList<>(found);
      joined.removeAll(Set.copyOf(names));
      joined.addAll(names);
      names = joined;
    }
    return new LinkedHashSet<>(names);
  }

  /** The blocks of a type and name among these, what counts most first. */
  List<MainConfigBlock> blocks(String type, String name) {
    return layers.stream()
        .map(Layer::block)
        .filter(block -> block.is(type) && block.id().equals(name) && !block.sections().isEmpty())
        .toList();
  }

  /** Returns what is set, if it is. */
  Optional<MainConfigSetting> setting(String key) {
    return layers.stream()
        .map(layer -> layer.block().setting(key))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** The value of a setting, if it is set. */
  Optional<Text> value(String key) {
    return setting(key).map(values::text);
  }

  /** Returns whether something is set, if only by a misspelt name. */
  boolean isMeant(String key) {
    return layers.stream()
        .anyMatch(
            layer ->
                layer.block().setting(key).isPresent() || layer.block().misspelt().contains(key));
  }

  /** All settings of the blocks of a type, inner ones before outer ones. */
  List<MainConfigSetting> settingsOf(String type) {
    return layers.stream()
        .map(Layer::block)
        .filter(block -> block.is(type))
        .flatMap(block -> block.settings().keySet().stream().map(block::setting))
        .flatMap(Optional::stream)
        .toList();
  }
}
