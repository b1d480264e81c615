package org.lastlogin.config.source;

import java.util.List;
import org.lastlogin.config.source.Node.Section;
import org.lastlogin.config.source.Node.Setting;

/**
 * Finds the place in a section where a setting is missing: settings have a usual order, which most
 * files keep, and the place of one that is forgotten is before the next that is there.
 */
public final class MissingSetting {
  private final Section section;
  private final List<String> order;

  /**
   * Creates a finder for a section.
   *
   * @param order its settings in their usual order; sections within it follow them
   */
  public MissingSetting(Section section, List<String> order) {
    this.section = section;
    this.order = order;
  }

  /**
   * Returns the place before which a setting is missing; the section's first line if there is no
   * such place.
   */
  public Span before(String name) {
    List<String> later = order.subList(order.indexOf(name) + 1, order.size());
    return section.nodes().stream()
        .filter(node -> isLater(node, later))
        .map(Node::span)
        .filter(span -> span.source() == section.span().source())
        .findFirst()
        .orElseGet(this::end);
  }

  private static boolean isLater(Node node, List<String> later) {
    return node instanceof Section
        || (node instanceof Setting setting && later.contains(setting.name().string()));
  }

  private Span end() {
    Span close = section.close();
    return close == null || section.nodes().isEmpty() ? section.span() : close;
  }
}
