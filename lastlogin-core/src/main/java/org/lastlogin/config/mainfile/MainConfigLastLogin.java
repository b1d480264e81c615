package org.lastlogin.config.mainfile;

import java.util.Optional;
import org.lastlogin.config.LastLoginSettings;
import org.lastlogin.config.source.Text;

/** Reads the settings of the last_login plugin from main configurations of both versions. */
public final class MainConfigLastLogin {
  private static final String KEY = "last_login_key";
  private static final String PRECISION = "last_login_precision";

  private final MainConfigTree tree;
  private final MainConfigValues values;

  public MainConfigLastLogin(MainConfigTree tree, MainConfigValues values) {
    this.tree = tree;
    this.values = values;
  }

  /** Returns the settings in 2.4's block {@code last_login} and of that name, if there are any. */
  public Optional<LastLoginSettings> read() {
    MainConfigBlock root = tree.root();
    Optional<MainConfigBlock> dict =
        root.block(MainConfigNames.LAST_LOGIN, "")
            .flatMap(block -> block.blocks(MainConfigNames.DICT).stream().findFirst());
    Optional<String> name = dict.map(this::dictName);
    Optional<String> socket = dict.flatMap(block -> template(block, "dict_proxy_socket_path"));
    return settings(name, socket, root);
  }

  /** Returns which dict is asked for; a proxy asks the dict server for one of another name. */
  private String dictName(MainConfigBlock block) {
    return template(block, "dict_proxy_name")
        .or(() -> template(block, "dict_name"))
        .orElse(block.id());
  }

  /** Returns the settings in 2.3's block {@code plugin}, if there are any. */
  public Optional<LastLoginSettings> readPlugin() {
    Optional<MainConfigBlock> plugin = tree.root().block("plugin", "");
    if (plugin.isEmpty()) {
      return Optional.empty();
    }
    String dict = template(plugin.get(), "last_login_dict").orElse("");
    String proxy = "proxy:";
    int colon = dict.indexOf(':', proxy.length());
    boolean named = dict.startsWith(proxy) && colon > 0;
    Optional<String> name = named ? Optional.of(dict.substring(colon + 1)) : Optional.empty();
    Optional<String> socket =
        named
            ? Optional.of(dict.substring(proxy.length(), colon)).filter(path -> !path.isEmpty())
            : Optional.empty();
    return settings(name, socket, plugin.get());
  }

  private Optional<LastLoginSettings> settings(
      Optional<String> name, Optional<String> socket, MainConfigBlock block) {
    Optional<String> key = template(block, KEY);
    Optional<String> precision = template(block, PRECISION);
    return name.isPresent() || key.isPresent() || precision.isPresent()
        ? Optional.of(new LastLoginSettings(name, socket, key, precision))
        : Optional.empty();
  }

  private Optional<String> template(MainConfigBlock block, String key) {
    return block.setting(key).map(values::template).map(Text::string);
  }
}
