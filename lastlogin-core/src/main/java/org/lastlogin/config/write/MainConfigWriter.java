package org.lastlogin.config.write;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lastlogin.config.DictDefinition;
import org.lastlogin.config.SqlDriver;
import org.lastlogin.config.source.DictPlace;
import org.lastlogin.config.source.MapPlaces;
import org.lastlogin.config.source.Quoting;
import org.lastlogin.config.source.Span;
import org.lastlogin.map.DictMap;
import org.lastlogin.map.KeyField;
import org.lastlogin.map.ValueField;
import org.lastlogin.map.ValueType;

/**
 * Writes dicts in the format of Dovecot 2.4: the section {@code dict_server}. A percent sign before
 * a brace is doubled in values and in the names of blocks, because Dovecot expands variables in
 * both, and a password may contain anything.
 */
public final class MainConfigWriter {
  private final ConfigLines out;
  private final Findings findings;

  public MainConfigWriter(ConfigLines out, Findings findings) {
    this.out = out;
    this.findings = findings;
  }

  public void write(List<DictDefinition> dicts) {
    out.open("dict_server", List.of());
    dicts.forEach(this::dict);
    out.close();
  }

  private void dict(DictDefinition dict) {
    String name = dict.name().orElse("");
    SqlDriver driver = dict.driver().orElse(SqlDriver.MYSQL);
    if (dict.name().isEmpty()) {
      findings.error(
          null, "Dovecot 2.4's configuration names every dict, and this one has no name");
    }
    if (dict.driver().isEmpty()) {
      findings.error(
          null, "Dovecot 2.4's configuration says in which database a dict lies: give its driver");
    }
    if (name.contains("\"")) {
      findings.error(null, "The name of a dict cannot hold a quote: " + name);
    }
    findings.checkWritable(null, "The name of the dict", name);
    out.open(
        "dict " + Quoting.name(Quoting.literal(name)),
        ConfigLines.known(DictPlace.of(dict).open()));
    out.line("driver = sql");
    out.line("sql_driver = " + driver.configName());
    dict.connect().ifPresent(connect -> new ServerBlocks(driver, out, findings).write(connect));
    BlockNames names = new BlockNames("dict_map", "pattern", out);
    dict.maps().forEach(map -> map(map, MapPlaces.of(dict.origin(map)), names));
    out.close(DictPlace.of(dict).close());
  }

  private void map(DictMap map, MapPlaces places, BlockNames names) {
    String pattern = map.pattern().toString();
    findings.checkWritable(places.pattern(), "This pattern", pattern);
    names.open(pattern, ConfigLines.known(places.block().open(), places.pattern()));
    setting("sql_table", map.table(), places.table());
    map.usernameField().ifPresent(it -> setting("username_field", it, places.usernameField()));
    map.expireField().ifPresent(it -> setting("expire_field", it, places.expireField()));
    values(map, places);
    keys(map, places);
    out.close(places.fields().open(), places.fields().close(), places.block().close());
  }

  private void setting(String name, String value, @Nullable Span span) {
    findings.checkWritable(span, "The value of " + name, value);
    out.line(name + " = " + Quoting.value(Quoting.literal(value)), span);
  }

  private void values(DictMap map, MapPlaces places) {
    BlockNames names = new BlockNames("value_field", "name", out);
    for (int i = 0; i < map.valueFields().size(); i++) {
      ValueField field = map.valueFields().get(i);
      findings.checkWritable(places.value(i), "This name of a column", field.column());
      names.open(field.column(), valueAnchors(places, i));
      type(field.type());
      out.close();
    }
  }

  /** Returns the places of a column; the first one has those of all columns, too. */
  private static List<Span> valueAnchors(MapPlaces places, int index) {
    List<Span> anchors = new ArrayList<>(places.valueSpans(index));
    if (index == 0) {
      anchors.addAll(places.valueDetails());
    }
    return anchors;
  }

  private void keys(DictMap map, MapPlaces places) {
    BlockNames names = new BlockNames("key_field", "name", out);
    for (int i = 0; i < map.keyFields().size(); i++) {
      KeyField field = map.keyFields().get(i);
      findings.checkWritable(places.key(i), "This name of a column", field.column());
      List<Span> anchors = ConfigLines.known(i == 0 ? places.fields().open() : null);
      anchors.addAll(places.keySpans(i));
      names.open(field.column(), anchors);
      out.line("value = $" + field.variable());
      type(field.type());
      out.close();
    }
  }

  private void type(ValueType type) {
    if (type != ValueType.STRING) {
      out.line("type = " + type.configName());
    }
  }
}
