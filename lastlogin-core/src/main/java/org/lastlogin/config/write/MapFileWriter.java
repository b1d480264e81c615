package org.lastlogin.config.write;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lastlogin.config.ConnectSettings;
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

/** Writes a dict in the format of Dovecot 2.2 and 2.3: a map file. */
public final class MapFileWriter {
  private static final Set<ValueType> TYPES =
      Set.of(ValueType.STRING, ValueType.INT, ValueType.UINT, ValueType.HEXBLOB);

  private final ConfigLines out;
  private final Findings findings;

  public MapFileWriter(ConfigLines out, Findings findings) {
    this.out = out;
    this.findings = findings;
  }

  public void write(DictDefinition dict) {
    out.comments(ConfigLines.known(DictPlace.of(dict).open()));
    dict.connect().ifPresent(connect -> connect(connect, dict.driver().orElse(null)));
    dict.maps().forEach(map -> map(map, MapPlaces.of(dict.origin(map))));
  }

  private void connect(ConnectSettings connect, @Nullable SqlDriver driver) {
    List<Span> anchors = new ArrayList<>();
    connect.servers().forEach(server -> anchors.addAll(Anchors.lines(server)));
    out.add("connect = " + new ConnectLine(driver, findings).value(connect), anchors);
  }

  private void map(DictMap map, MapPlaces places) {
    out.blank();
    out.open("map", ConfigLines.known(places.block().open()));
    setting("pattern", map.pattern().toString(), places.pattern());
    setting("table", map.table(), places.table());
    map.usernameField().ifPresent(it -> setting("username_field", it, places.usernameField()));
    map.expireField()
        .ifPresent(
            column ->
                findings.error(
                    places.expireField(),
                    "Dovecot 2.3 has no expire_field: rows would never expire"));
    values(map, places);
    if (!map.keyFields().isEmpty()) {
      keys(map, places);
    }
    out.close(places.fields().open(), places.fields().close(), places.block().close());
  }

  private void setting(String name, String value, @Nullable Span span) {
    findings.checkWritable(span, "The value of " + name, value);
    out.line(name + " = " + Quoting.pattern(value), span);
  }

  private void values(DictMap map, MapPlaces places) {
    List<Span> anchors = new ArrayList<>();
    for (int i = 0; i < map.valueFields().size(); i++) {
      ValueField field = map.valueFields().get(i);
      Span span = places.value(i);
      checkType(field.type(), span);
      findings.checkWritable(span, "This name of a column", field.column());
      if (field.column().contains(",")) {
        findings.error(span, "Dovecot 2.3 has a comma between columns, not in the name of one");
      }
      anchors.addAll(places.valueSpans(i));
    }
    boolean typed = map.valueFields().stream().anyMatch(it -> it.type() != ValueType.STRING);
    if (!typed) {
      anchors.addAll(places.valueDetails());
    }
    String columns =
        map.valueFields().stream().map(ValueField::column).collect(Collectors.joining(","));
    out.add("value_field = " + Quoting.value(columns), anchors);
    if (typed) {
      out.add("value_type = " + types(map), places.valueDetails());
    }
  }

  private static String types(DictMap map) {
    return map.valueFields().stream()
        .map(field -> field.type().configName())
        .collect(Collectors.joining(","));
  }

  private void checkType(ValueType type, @Nullable Span span) {
    if (!TYPES.contains(type)) {
      findings.error(span, "Dovecot 2.3 has no type " + type.configName());
    }
  }

  private void keys(DictMap map, MapPlaces places) {
    Set<String> columns = new HashSet<>();
    out.blank();
    out.open("fields", ConfigLines.known(places.fields().open()));
    for (int i = 0; i < map.keyFields().size(); i++) {
      KeyField field = map.keyFields().get(i);
      Span span = places.key(i);
      checkType(field.type(), span);
      findings.checkWritable(span, "This name of a column", field.column());
      if (!columns.add(field.column())) {
        findings.error(span, "Dovecot 2.3 has one variable for a column: " + field.column());
      }
      out.add(Quoting.name(field.column()) + " = " + variable(field), places.keySpans(i));
    }
    out.close(places.fields().close());
  }

  private static String variable(KeyField field) {
    return field.type() == ValueType.STRING
        ? "$" + field.variable()
        : "${" + field.type().configName() + ":" + field.variable() + "}";
  }
}
