package org.lastlogin.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the things of a dict stand that a comment may stand next to. */
final class Anchors {
  private Anchors() {}

  /** All of a dict. */
  static List<Span> of(DictDefinition dict) {
    List<Span> all = ConfigLines.known(dict.place().open(), dict.place().close());
    dict.connect()
        .ifPresent(connect -> connect.servers().forEach(server -> all.addAll(lines(server))));
    dict.declaredMaps().forEach(map -> all.addAll(ofMap(map.draftOrEmpty())));
    return all;
  }

  /** Those of a server: the first setting of each line, and where its blocks end. */
  static List<Span> lines(DatabaseServer server) {
    List<Span> lines = firstOfLines(server.spans());
    lines.addAll(server.closes());
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

  private static List<Span> ofMap(MapDraft draft) {
    List<Span> all =
        ConfigLines.known(
            draft.open(),
            draft.close(),
            draft.fieldsOpen(),
            draft.fieldsClose(),
            span(draft.pattern()),
            span(draft.table()),
            span(draft.usernameField()),
            span(draft.expireField()));
    all.addAll(draft.valueDetails());
    all.addAll(firstOfLines(draft.values().stream().map(it -> it.column().span()).toList()));
    draft.keys().forEach(key -> all.add(key.column().span()));
    all.addAll(draft.columnDetails());
    return all;
  }

  /** Where a text stands, if there is one. */
  static @Nullable Span span(@Nullable Text text) {
    return text == null ? null : text.span();
  }
}
