package org.lastlogin.map;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place after a slash of patterns that begin alike: which segments can follow. Not safe for use
 * by several threads while maps are added.
 */
final class PatternNode {
  private final BranchTable texts = new BranchTable(PatternBranch.Text::new);

  /** By the text before the variable, which is often empty. */
  private final BranchTable variables = new BranchTable(PatternBranch.Variable::new);

  private final Indexes children = new Indexes();
  private final Indexes descendants = new Indexes();

  /** Adds a map whose pattern goes on with these segments, from one of them on. */
  void add(int index, String[] segments) {
    PatternNode node = this;
    for (int i = 0; i < segments.length; i++) {
      boolean last = i == segments.length - 1;
      String segment = segments[i];
      node.addBelow(index, segment, last);
      int variable = segment.indexOf('$');
      int count = variable < 0 ? 0 : segment.length() - variable;
      if (segment.chars().filter(c -> c == '$').count() < count) {
        // Text after a variable matches nothing, but a path may end before it.
        return;
      }
      PatternBranch branch =
          count == 0
              ? node.texts.findOrAdd(segment, index)
              : node.variables.findOrAdd(segment.substring(0, variable), index);
      if (last) {
        branch.addEnd(index, count);
      } else {
        node = branch.nextOrNew();
      }
    }
  }

  private void addBelow(int index, String segment, boolean last) {
    if (!last) {
      descendants.add(index);
    } else if (!segment.isEmpty()) {
      // A pattern that ends with its slash is not below itself.
      children.add(index);
    }
  }

  /** Adds the maps with keys below this node. */
  void collectBelow(Extent extent, Indexes found) {
    found.addAll(children);
    if (extent == Extent.DESCENDANTS) {
      found.addAll(descendants);
    }
  }

  /**
   * Finds the first map of a key among those below this node.
   *
   * @param start where the key's next segment begins
   * @param best the first map found elsewhere
   * @return what comes first
   */
  int first(String key, int start, int best) {
    PatternNode node = this;
    int from = start;
    int found = best;
    while (true) {
      int end = KeyPattern.endOfSegment(key, from);
      // Only one way is left for the loop; where there are others, they are gone in a call.
      PatternNode way = null;
      PatternBranch text = node.text(key, from, end);
      if (text != null && text.first() < found) {
        found = Math.min(found, text.firstEnd(key, end, end));
        way = text.next(key, end);
      }
      int hash = 0;
      int at = from;
      for (int length : node.variables.lengths()) {
        if (from + length > end) {
          break;
        }
        hash = BranchTable.hash(hash, key, at, from + length);
        at = from + length;
        PatternBranch variable = node.variables.find(hash, key, from, at);
        if (variable != null) {
          if (way != null) {
            found = way.first(key, end + 1, found);
            way = null;
          }
          if (variable.first() < found) {
            found = Math.min(found, variable.firstEnd(key, at, end));
            way = variable.next(key, end);
          }
        }
      }
      if (way == null) {
        return found;
      }
      node = way;
      from = end + 1;
    }
  }

  /**
   * Finds all maps of a key whose patterns end with its next segment.
   *
   * @param nodes takes what follows the segment in other patterns
   */
  void collect(String key, int from, Indexes found, List<PatternNode> nodes) {
    int end = KeyPattern.endOfSegment(key, from);
    collect(text(key, from, end), key, end, end, found, nodes);
    for (int length : variables.lengths()) {
      int at = from + length;
      if (at <= end) {
        PatternBranch variable = variables.find(BranchTable.hash(0, key, from, at), key, from, at);
        collect(variable, key, at, end, found, nodes);
      }
    }
  }

  private static void collect(
      @Nullable PatternBranch branch,
      String key,
      int at,
      int end,
      Indexes found,
      List<PatternNode> nodes) {
    if (branch == null) {
      return;
    }
    branch.collectEnds(key, at, end, found);
    PatternNode next = branch.next(key, end);
    if (next != null) {
      nodes.add(next);
    }
  }

  private @Nullable PatternBranch text(String key, int from, int end) {
    return texts.isEmpty() ? null : texts.find(BranchTable.hash(0, key, from, end), key, from, end);
  }
}
