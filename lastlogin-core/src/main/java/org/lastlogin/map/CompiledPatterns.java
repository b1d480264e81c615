package org.lastlogin.map;

import java.util.ArrayList;
import java.util.List;

/**
 * The patterns of all maps as one tree, which finds the maps of a key without trying one after the
 * other. Immutable.
 *
 * <p>Each level of the tree is a segment: the part of a pattern between two slashes. A segment that
 * is text is looked up by its hash, one that ends with a variable by the hash of the text before
 * it, once for each length that such texts have. What maps have in common is looked at once, and
 * maps whose text is another are not looked at.
 *
 * <p>Where a key can go several ways, a search tries all but those that lead only to maps after the
 * best one found so far. Only one way leads to each node, so none is entered twice: at worst, with
 * maps that all match the beginning of the key, a search takes about as long as trying one after
 * the other. Only where ways part does it call itself.
 *
 * <p>The tree only finds which map is the first; {@link KeyPattern#match} cuts the key. One map is
 * therefore compared twice, but the rules of variables are in one place, and the tree need not
 * remember where they were.
 */
final class CompiledPatterns {
  private final PatternNode root = new PatternNode();

  CompiledPatterns(List<DictMap> maps) {
    for (int i = 0; i < maps.size(); i++) {
      root.add(i, maps.get(i).pattern().skeleton().split("/", -1));
    }
  }

  /** The place of the first map that serves a key; {@link Indexes#NONE} if none does. */
  int first(String key) {
    return root.first(key, 0, Indexes.NONE);
  }

  /**
   * The places of all maps that are wanted, in their order.
   *
   * @param text a key, or a path that ends with a slash
   */
  int[] all(String text, Extent extent) {
    Indexes found = new Indexes();
    List<PatternNode> nodes = List.of(root);
    for (int from = 0; !nodes.isEmpty(); from = KeyPattern.endOfSegment(text, from) + 1) {
      if (from == text.length() && extent != Extent.KEY) {
        nodes.forEach(node -> node.collectBelow(extent, found));
        break;
      }
      List<PatternNode> next = new ArrayList<>();
      for (PatternNode node : nodes) {
        node.collect(text, from, found, next);
      }
      nodes = next;
    }
    return found.sorted();
  }
}
