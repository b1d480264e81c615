package org.lastlogin.config.mainfile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lastlogin.config.source.Span;

/**
 * The protocols that load the plugin last_login, as their {@code mail_plugins} say. Only this
 * plugin is read, from the main file and its {@code protocol} blocks; {@code local}, {@code remote}
 * and groups are ignored. Immutable.
 *
 * <table>
 *   <caption>What is written in a protocol block</caption>
 *   <tr><td>2.2, 2.3</td><td>{@code mail_plugins = x}</td><td>replaces the list</td></tr>
 *   <tr><td>2.2, 2.3</td><td>{@code mail_plugins = $mail_plugins x}</td>
 *       <td>adds to the list as it is at that line</td></tr>
 *   <tr><td>2.4</td><td><code>mail_plugins { x = yes }</code>, {@code mail_plugins/x = yes}</td>
 *       <td>adds to the list</td></tr>
 *   <tr><td>2.4</td><td>{@code mail_plugins = x}</td><td>replaces the list</td></tr>
 * </table>
 *
 * @param entries the last entry of each protocol; that of {@code ""} is at the top level, and that
 *     of {@code !x} is for all protocols but x
 */
public record LastLoginProtocols(Map<String, Entry> entries) {
  /** No protocols, as in a map file. */
  public static final LastLoginProtocols NONE = new LastLoginProtocols(Map.of());

  private static final String PLUGINS = "mail_plugins";
  private static final String PLUGIN = "last_login";
  private static final String TOP = "";

  /** Whether a {@code mail_plugins} has the plugin, and where. */
  public record Entry(boolean enabled, Span span) {}

  /** Returns the protocols of a main configuration of either format. */
  public static LastLoginProtocols of(MainConfigBlock root) {
    List<MainConfigSetting> settings = new ArrayList<>(settings(root));
    root.blocks("protocol").forEach(protocol -> settings.addAll(settings(protocol)));
    settings.sort(Comparator.comparingInt(MainConfigSetting::order));
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (MainConfigSetting setting : settings) {
      String protocol = protocol(setting.block());
      Entry before = entries.getOrDefault(protocol, entries.get(TOP));
      boolean enabled =
          setting.key().equals(PLUGINS)
              ? isListed(setting, before != null && before.enabled())
              : !setting.raw().string().matches("(?i)\"?no\"?");
      entries.put(protocol, new Entry(enabled, setting.span()));
    }
    return new LastLoginProtocols(entries);
  }

  private static List<MainConfigSetting> settings(MainConfigBlock block) {
    List<MainConfigSetting> found = new ArrayList<>();
    found.addAll(block.settings().getOrDefault(PLUGINS, List.of()));
    found.addAll(block.settings().getOrDefault(PLUGINS + "/" + PLUGIN, List.of()));
    block
        .block(PLUGINS, "")
        .ifPresent(list -> found.addAll(list.settings().getOrDefault(PLUGIN, List.of())));
    return found;
  }

  private static String protocol(MainConfigBlock block) {
    MainConfigBlock outer = block.parent();
    return outer != null && block.is(PLUGINS) ? outer.id() : block.id();
  }

  /** Returns whether a list has the plugin; the variable stands for the list so far. */
  private static boolean isListed(MainConfigSetting list, boolean before) {
    List<String> words = List.of(list.raw().string().split("[\\s,\"']++"));
    return words.contains(PLUGIN) || (before && words.contains("$" + PLUGINS));
  }

  /** Returns whether no protocol loads it, as far as is known. */
  public boolean isEmpty() {
    return entries.values().stream().noneMatch(Entry::enabled);
  }

  /** Returns whether a protocol loads it, if its block decides it. */
  public Optional<Boolean> said(String protocol) {
    return Optional.ofNullable(entries.get(protocol)).map(Entry::enabled);
  }

  /** Returns the entry for several protocols by which one loads it whose own block has none. */
  public Optional<Entry> general(String protocol) {
    return said(protocol).isPresent()
        ? Optional.empty()
        : entries.entrySet().stream()
            .filter(e -> e.getKey().equals(TOP) || e.getKey().startsWith("!"))
            .filter(e -> !e.getKey().equals("!" + protocol))
            .map(Map.Entry::getValue)
            .filter(Entry::enabled)
            .findFirst();
  }
}
