package org.lastlogin.config.mainfile;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.lastlogin.config.source.Diagnostics;
import org.lastlogin.config.source.Node.Section;
import org.lastlogin.config.source.Settings;
import org.lastlogin.config.source.Text;
import org.lastlogin.config.words.Secrets;
import org.lastlogin.config.words.Suggestions;

/**
 * Reports what Dovecot would not know in the blocks that concern dicts, each once, and leaves all
 * others alone. Not safe for use by several threads.
 */
final class MainConfigChecker {
  /** The outermost blocks that concern dicts, to find those that are mistyped. */
  private static final List<String> OUTER_BLOCKS =
      List.of(MainConfigNames.DICT_SERVER, MainConfigNames.DICT_MAP, MainConfigNames.LAST_LOGIN);

  /** Blocks and settings of others, which dicts and their server may override for themselves. */
  private static final Pattern UNRELATED =
      Pattern.compile(
          "(?:local|remote|protocol|log|mail|auth|event|metric|dict|cassandra|ldap|redis|fs|ssl"
              + "|import|default|last_login|base|verbose)(?:_\\w+)?+");

  private final MainConfigTree tree;
  private final MainConfigValues values;
  private final Diagnostics diagnostics;
  private final MainConfigOldSyntax old;
  private final Set<MainConfigBlock> checked = Collections.newSetFromMap(new IdentityHashMap<>());

  MainConfigChecker(MainConfigTree tree, MainConfigValues values, Diagnostics diagnostics) {
    this.tree = tree;
    this.values = values;
    this.diagnostics = diagnostics;
    this.old = new MainConfigOldSyntax(diagnostics);
  }

  /** Checks the settings that are not in a block, and the block {@code dict_server}. */
  void checkTop() {
    MainConfigBlock root = tree.root();
    root.settings().values().forEach(all -> all.forEach(old::explainAtTop));
    for (MainConfigBlock block : root.blocks()) {
      if (block.is(MainConfigNames.DICT_SERVER)) {
        check(block);
      } else if (block.is(MainConfigNames.DICT)) {
        block.blocks(MainConfigNames.DICT_SERVER).forEach(server -> reportMisplaced(block, server));
      } else if (!old.explain(block) && !MainConfigNames.isKnownBlock(block.type())) {
        Suggestions.didYouMean(block.type(), OUTER_BLOCKS)
            .ifPresent(
                guess ->
                    diagnostics.warning(
                        block.span(),
                        "Unknown block: " + block.type(),
                        guess,
                        "Unknown section name: " + block.type()));
      }
    }
  }

  /** Checks a block that concerns dicts, but not what its inner blocks hold. */
  void check(MainConfigBlock block) {
    if (!checked.add(block)) {
      return;
    }
    checkName(block);
    checkRepetition(block);
    block.settings().values().forEach(all -> checkSetting(block, all));
    block.blocks().forEach(inner -> checkInner(block, inner));
    block.groups().forEach(this::checkGroup);
  }

  private void checkName(MainConfigBlock block) {
    boolean named = MainConfigNames.isNamed(block.type());
    if (named && block.id().isEmpty() && block.nameOverride().isEmpty()) {
      diagnostics.error(
          block.sections().get(0).open(),
          "Expected a name between " + block.sections().get(0).type().string() + " and {",
          null,
          block.type() + " { } is missing section name");
    } else if (!named && block.name() != null) {
      diagnostics.error(
          block.name().span(),
          "Expected { after " + block.type() + ", which has no name",
          null,
          block.type() + " { } must not have a section name");
    }
  }

  private void checkRepetition(MainConfigBlock block) {
    if (!MainConfigNames.isNamed(block.type())) {
      return;
    }
    Section first = block.sections().get(0);
    for (Section section : block.sections().subList(1, block.sections().size())) {
      diagnostics.warning(
          section.span(),
          "This " + section.type().string() + " has the name of another, and both together are one",
          "The other one is in line "
              + first.span().line()
              + (first.span().source().equals(section.span().source())
                  ? ""
                  : " of " + first.span().source().name())
              + "; give this one another name, or move its lines there.");
    }
  }

  private void checkSetting(MainConfigBlock block, List<MainConfigSetting> all) {
    MainConfigSetting last = all.get(all.size() - 1);
    boolean free = block.is(MainConfigNames.PGSQL_PARAMETERS);
    if (!free && !MainConfigNames.isKnownSetting(last.key())) {
      all.forEach(setting -> reportUnknown(block, setting));
    } else if (all.size() > 1 && !last.raw().string().contains("$SET:")) {
      MainConfigSetting first = all.get(all.size() - 2);
      diagnostics.warning(
          last.span(),
          "The setting "
              + last.node().name().string()
              + " is set twice in this block; the last one counts",
          "It is set in line " + first.span().line() + " already; remove one of the two.");
    }
  }

  private void reportUnknown(MainConfigBlock block, MainConfigSetting setting) {
    String name = setting.node().name().string();
    boolean outer = block.is(MainConfigNames.DICT) || block.is(MainConfigNames.DICT_SERVER);
    boolean close = Suggestions.closest(name, MainConfigNames.settingsIn(block.type())).isPresent();
    if (old.explain(block, setting) || (outer && !close && UNRELATED.matcher(name).matches())) {
      return;
    }
    boolean ofServer = MainConfigNames.settingsIn("mysql").contains(name);
    if (!ofServer && Secrets.mayHoldSecret(name)) {
      setting.span().hide();
    }
    Optional<String> guess = MainConfigNames.closestSetting(block.type(), name);
    guess.ifPresent(
        meant -> block.misspelt().add(MainConfigNames.setting(block.type(), block.id(), meant)));
    Settings.reportUnknown(
        setting.node(),
        guess,
        outer && ofServer ? "It belongs into a block such as mysql HOST {. " : "",
        MainConfigNames.settingsIn(block.type()),
        diagnostics);
  }

  private void checkInner(MainConfigBlock block, MainConfigBlock inner) {
    String type = inner.type();
    if (type.isEmpty() || old.explain(inner)) {
      return;
    }
    boolean outer = block.is(MainConfigNames.DICT) || block.is(MainConfigNames.DICT_SERVER);
    List<String> here = MainConfigNames.blocksIn(block.type());
    boolean known =
        MainConfigNames.isKnownBlock(type)
            && ((outer && !isOutermost(block, type))
                || here.stream()
                    .anyMatch(name -> MainConfigNames.blockType(block.type(), name).equals(type)));
    Optional<String> guess = Suggestions.closest(type, here);
    if (known) {
      if (!inner.is(MainConfigNames.DICT)) {
        checkName(
            inner); // A dict without a name may be the list of 2.3, which is reported as such.
      }
      return;
    }
    if (outer && guess.isEmpty() && UNRELATED.matcher(type).matches()) {
      return;
    }
    if (isDictBlock(type)) {
      reportMisplaced(block, inner);
      return;
    }
    guess.ifPresent(meant -> block.misspelt().add(MainConfigNames.blockType(block.type(), meant)));
    String all =
        here.isEmpty()
            ? "There are no blocks in " + block.sections().get(0).type().string() + "."
            : "Known here: " + String.join(", ", here) + ".";
    diagnostics.error(
        inner.span(),
        "Unknown block: " + type,
        guess.map(meant -> "Did you mean " + meant + "?").orElse(all),
        "Unknown section name: " + type);
  }

  /** Returns whether a block can contain others of a type or be next to them, but not be in one. */
  private static boolean isOutermost(MainConfigBlock block, String type) {
    return type.equals(MainConfigNames.DICT_SERVER)
        || (block.is(MainConfigNames.DICT) && type.equals(MainConfigNames.DICT));
  }

  private void reportMisplaced(MainConfigBlock block, MainConfigBlock inner) {
    if (block.isComplete()) {
      diagnostics.error(
          inner.span(),
          "A block " + inner.sections().get(0).type().string() + " cannot be here",
          "A line with } seems to be missing before this one.");
    }
  }

  private static boolean isDictBlock(String type) {
    return MainConfigNames.isKnownBlock(type)
        || type.equals("value_field")
        || type.equals("key_field");
  }

  private void checkGroup(String label, MainConfigSetting setting) {
    Text name = values.text(setting);
    if (tree.group(label, name.string(), setting.block().type()).isEmpty()) {
      diagnostics.error(
          name.span(),
          "There is no group @" + label + " " + name.string(),
          "A group is defined by group @" + label + " " + name.string() + " { at the top.");
    }
  }

  /** Reports a dict without a name, which is how Dovecot 2.3 begins its list of dicts. */
  void reportUnnamedDict(MainConfigBlock block) {
    if (!old.explainDicts(block)) {
      checkName(block);
    }
  }
}
