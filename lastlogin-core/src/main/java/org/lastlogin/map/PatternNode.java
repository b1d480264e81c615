package org.lastlogin.map;

/**
 * A place behind a slash of patterns that begin alike: which segments can follow. Not safe for use
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
        // Text behind a variable matches nothing, but a path may end before it.
        return;
      }
      PatternBranch branch =
          count == 0
              ? node.texts.findOrAdd(segment, index)
              : node.variables.findOrAdd(segment.substring(0, variable), index);
      if (last) {
        branch.addEnd(index, count);
      } else {
        node = branch.next();
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

  /**
   * Finds the first map of a key among those behind this node.
   *
   * @param from where the key's next segment begins
   * @param best the first map found elsewhere
   * @return what comes first
   */
  int first(String key, int from, int best) {
    int end = endOfSegment(key, from);
    int found = best;
    if (!texts.isEmpty()) {
      PatternBranch branch = texts.find(BranchTable.hash(0, key, from, end), key, from, end);
      if (branch != null && branch.first() < found) {
        found = branch.first(key, end, end, found);
      }
    }
    int hash = 0;
    int at = from;
    for (int length : variables.lengths()) {
      if (from + length > end) {
        break;
      }
      hash = BranchTable.hash(hash, key, at, from + length);
      at = from + length;
      PatternBranch branch = variables.find(hash, key, from, at);
      if (branch != null && branch.first() < found) {
        found = branch.first(key, at, end, found);
      }
    }
    return found;
  }

  /** Finds all maps of a key or a path; like {@link #first(String, int, int)}. */
  void collect(String key, int from, Extent extent, Indexes found) {
    if (from == key.length() && extent != Extent.KEY) {
      found.addAll(children);
      if (extent == Extent.DESCENDANTS) {
        found.addAll(descendants);
      }
      return;
    }
    int end = endOfSegment(key, from);
    PatternBranch text = texts.find(BranchTable.hash(0, key, from, end), key, from, end);
    if (text != null) {
      text.collect(key, end, end, extent, found);
    }
    for (int length : variables.lengths()) {
      int at = from + length;
      PatternBranch variable =
          at > end ? null : variables.find(BranchTable.hash(0, key, from, at), key, from, at);
      if (variable != null) {
        variable.collect(key, at, end, extent, found);
      }
    }
  }

  private static int endOfSegment(String key, int from) {
    int slash = key.indexOf('/', from);
    return slash < 0 ? key.length() : slash;
  }
}
