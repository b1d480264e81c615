package org.lastlogin.config.mapfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lastlogin.config.ConfigFormat;
import org.lastlogin.config.ConnectSettings;
import org.lastlogin.config.DictDefinition;
import org.lastlogin.config.check.ConnectLint;
import org.lastlogin.config.check.DictDraft;
import org.lastlogin.config.check.ForeignFile;
import org.lastlogin.config.check.MapChecker;
import org.lastlogin.config.check.MapDraft;
import org.lastlogin.config.source.Diagnostics;
import org.lastlogin.config.source.DictPlace;
import org.lastlogin.config.source.Node;
import org.lastlogin.config.source.Node.Section;
import org.lastlogin.config.source.Node.Setting;
import org.lastlogin.config.source.Node.StrayClose;
import org.lastlogin.config.source.Settings;
import org.lastlogin.config.source.Span;
import org.lastlogin.config.words.Suggestions;

/**
 * The rules of the dict map file of Dovecot 2.2 and 2.3: {@code connect}, and sections {@code map}.
 * Not safe for use by several threads.
 */
public final class MapFileReader {
  static final String MAP = "map";
  private static final String CONNECT = "connect";
  private static final String DRIVER = "driver";

  private final Diagnostics diagnostics;
  private final Settings settings;
  private final MapChecker checker;
  private final List<MapDraft> maps = new ArrayList<>();
  private @Nullable ConnectSettings connect;

  /** Whether what is here seems to belong to a map whose first line is missing. */
  private boolean inLostMap;

  public MapFileReader(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
    this.settings = new Settings(diagnostics);
    this.checker = new MapChecker(ConfigFormat.DOVECOT_2_3, diagnostics);
  }

  /** Returns the dict that a file describes; its name and driver are in the main configuration. */
  public DictDraft read(List<Node> nodes, DictPlace place) {
    if (!ForeignFile.isReported(nodes, diagnostics)) {
      nodes.forEach(this::read);
    }
    return DictDraft.of(DictDefinition.builder().origin(place), connect, maps);
  }

  private void read(Node node) {
    if (node instanceof Setting setting) {
      setting(setting);
    } else if (node instanceof Section section) {
      section(section);
    } else if (node instanceof StrayClose close) {
      strayClose(close);
    }
  }

  private void setting(Setting setting) {
    String name = setting.name().string();
    if (name.equals(CONNECT)) {
      settings.add(setting);
      // Also when it is set twice: its secrets must be hidden.
      ConnectSettings read = new ConnectParser(diagnostics).parse(setting.value());
      if (connect == null) {
        new ConnectLint(diagnostics).check(read);
        connect = read;
      }
    } else if (name.equals(DRIVER)) {
      diagnostics.error(
          setting.span(),
          "Unknown setting: driver",
          "Remove this line. The driver is the word before the colon where dovecot.conf names this"
              + " file, as in dict { lastlogin = mysql:/etc/dovecot/dovecot-last-login.conf }.",
          "Unknown setting: driver");
    } else if (MapFileMapReader.SETTINGS.contains(name)) {
      lostMap(setting.span(), name, "Unknown setting: ");
    } else {
      settings.reportUnknown(setting, List.of(CONNECT));
    }
  }

  private void section(Section section) {
    String type = section.type().string();
    if (type.isEmpty()) {
      diagnostics.error(
          section.open(),
          "Expected the name of a section before {",
          "A map begins with the line map {.",
          "Expecting '='");
      readMap(section);
    } else if (type.equals(MAP)) {
      readMap(section);
    } else if (type.equals(MapFileMapReader.FIELDS)) {
      lostMap(section.span(), type, "Unknown section: ");
    } else {
      Optional<String> guess = Suggestions.didYouMean(type, List.of(MAP));
      diagnostics.error(
          section.span(),
          "Unknown section" + Settings.shown(section.type()),
          guess.orElse("The only section here is map."),
          section.span().isHidden() ? null : "Unknown section: " + type);
      guess.ifPresent(map -> readMap(section));
    }
  }

  private void readMap(Section section) {
    inLostMap = false;
    checker.check(new MapFileMapReader(section, diagnostics).read()).ifPresent(maps::add);
    // Where a closing brace is missing, the maps that follow are in the one before.
    for (Node node : section.nodes()) {
      if (node instanceof Section inner && inner.type().is(MAP)) {
        if (section.complete()) {
          diagnostics.error(
              inner.span(),
              "A map cannot be in a map",
              "A line with } seems to be missing before this one.",
              "Unknown section: map");
        }
        readMap(inner);
      }
    }
  }

  /** Reports the first thing that is outside of a map; the others follow from it. */
  private void lostMap(Span span, String name, String unknown) {
    if (!inLostMap) {
      diagnostics.error(
          span,
          unknown + name + " (it belongs into a map)",
          "The line map { seems to be missing before this one.",
          unknown + name);
    }
    inLostMap = true;
  }

  private void strayClose(StrayClose close) {
    if (!inLostMap) {
      diagnostics.error(
          close.span(),
          "No section is open that this } could close",
          "Remove this line.",
          "Unexpected '}'");
    }
    inLostMap = false;
  }
}
