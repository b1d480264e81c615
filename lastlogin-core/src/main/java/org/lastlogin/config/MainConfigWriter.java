package org.lastlogin.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lastlogin.map.DictMap;
import org.lastlogin.map.KeyField;
import org.lastlogin.map.ValueField;
import org.lastlogin.map.ValueType;

/** Writes dicts in the format of Dovecot 2.4: the section {@code dict_server}. */
final class MainConfigWriter {
  private final ConfigLines out;
  private final Findings findings;

  MainConfigWriter(ConfigLines out, Findings findings) {
    this.out = out;
    this.findings = findings;
  }

  void write(List<DictDefinition> dicts) {
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
    out.open("dict " + Quoting.name(Quoting.literal(name)), ConfigLines.known(dict.place().open()));
    out.line("driver = sql");
    out.line("sql_driver = " + driver.configName());
    dict.connect().ifPresent(connect -> new ServerBlocks(driver, out, findings).write(connect));
    BlockNames names = new BlockNames("dict_map", "pattern", out);
    dict.declaredMaps().forEach(map -> map(map, names));
    out.close(dict.place().close());
  }

  private void map(DeclaredMap declared, BlockNames names) {
    DictMap map = declared.map();
    MapDraft draft = declared.draftOrEmpty();
    String pattern = map.pattern().toString();
    findings.checkWritable(Anchors.span(draft.pattern()), "This pattern", pattern);
    names.open(pattern, ConfigLines.known(draft.open(), Anchors.span(draft.pattern())));
    setting("sql_table", map.table(), draft.table());
    map.usernameField().ifPresent(it -> setting("username_field", it, draft.usernameField()));
    map.expireField().ifPresent(it -> setting("expire_field", it, draft.expireField()));
    values(map, draft);
    keys(map, draft);
    out.close(draft.fieldsOpen(), draft.fieldsClose(), draft.close());
  }

  private void setting(String name, String value, @Nullable Text text) {
    findings.checkWritable(Anchors.span(text), "The value of " + name, value);
    out.line(name + " = " + Quoting.value(Quoting.literal(value)), Anchors.span(text));
  }

  private void values(DictMap map, MapDraft draft) {
    BlockNames names = new BlockNames("value_field", "name", out);
    for (int i = 0; i < map.valueFields().size(); i++) {
      ValueField field = map.valueFields().get(i);
      findings.checkWritable(draft.valueSpan(i), "This name of a column", field.column());
      names.open(field.column(), valueAnchors(draft, i));
      type(field.type());
      out.close();
    }
  }

  /** The first column with values gets what the map says of all of them. */
  private static List<Span> valueAnchors(MapDraft draft, int index) {
    List<Span> anchors = new ArrayList<>(draft.valueSpans(index));
    if (index == 0) {
      anchors.addAll(draft.valueDetails());
    }
    return anchors;
  }

  private void keys(DictMap map, MapDraft draft) {
    BlockNames names = new BlockNames("key_field", "name", out);
    for (int i = 0; i < map.keyFields().size(); i++) {
      KeyField field = map.keyFields().get(i);
      findings.checkWritable(draft.keySpan(i), "This name of a column", field.column());
      List<Span> anchors = ConfigLines.known(i == 0 ? draft.fieldsOpen() : null);
      anchors.addAll(draft.keySpans(i));
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
