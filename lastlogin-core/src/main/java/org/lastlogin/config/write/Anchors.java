package org.lastlogin.config.write;

import java.util.ArrayList;
import java.util.List;
import org.lastlogin.config.DatabaseServer;
import org.lastlogin.config.DictDefinition;
import org.lastlogin.config.source.DictPlace;
import org.lastlogin.config.source.MapPlaces;
import org.lastlogin.config.source.ServerPlaces;
import org.lastlogin.config.source.Span;

/** Finds the places in a dict that a comment can be next to. */
final class Anchors {
  private Anchors() {}

  /** All of a dict. */
  static List<Span> of(DictDefinition dict) {
    DictPlace place = DictPlace.of(dict);
    List<Span> all = ConfigLines.known(place.open(), place.close());
    dict.connect()
        .ifPresent(connect -> connect.servers().forEach(server -> all.addAll(lines(server))));
    dict.maps().forEach(map -> all.addAll(ofMap(MapPlaces.of(dict.origin(map)))));
    return all;
  }

  /** Those of a server: the first setting of each line, and where its blocks end. */
  static List<Span> lines(DatabaseServer server) {
    ServerPlaces places = ServerPlaces.of(server);
    List<Span> lines = firstOfLines(places.inOrder());
    lines.addAll(places.closes());
    return lines;
  }

  private static List<Span> firstOfLines(List<Span> spans) {
    List<Span> lines = new ArrayList<>();
    Span last = null;
    for (Span span : spans) {
      if (last == null || last.source() != span.source() || last.line() != span.line()) {
        lines.add(span);
      }
      last = span;
    }
    return lines;
  }

  private static List<Span> ofMap(MapPlaces map) {
    List<Span> all =
        ConfigLines.known(
            map.block().open(),
            map.block().close(),
            map.fields().open(),
            map.fields().close(),
            map.pattern(),
            map.table(),
            map.usernameField(),
            map.expireField());
    all.addAll(map.valueDetails());
    all.addAll(firstOfLines(map.values().stream().map(spans -> spans.get(0)).toList()));
    map.values().forEach(spans -> all.addAll(spans.subList(1, spans.size())));
    map.keys().forEach(all::addAll);
    return all;
  }
}
