package org.lastlogin.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a dict stands: the stretches of files all of whose comments are its own. Immutable.
 *
 * @param extents the stretches, each in another file
 * @param open where its section begins; nothing if whole files make up the dict
 * @param close where its section ends; nothing if whole files make up the dict
 */
record DictPlace(List<Span> extents, @Nullable Span open, @Nullable Span close) {
  /** The place of a dict that was not read from a file. */
  static final DictPlace NOWHERE = new DictPlace(List.of(), null, null);

  DictPlace {
    extents = List.copyOf(extents);
  }

  /** A dict that files make up as a whole. */
  static DictPlace ofFiles(List<SourceFile> sources) {
    return new DictPlace(
        sources.stream().map(source -> new Span(source, 0, source.text().length())).toList(),
        null,
        null);
  }

  /** A dict that a section makes up, with the lines of comments directly above it. */
  static DictPlace ofSection(Span open, Span close) {
    SourceFile source = open.source();
    int start = source.startOfLine(open.start());
    while (start > 0) {
      int above = source.startOfLine(start - 1);
      if (!source.text().substring(above, start).stripLeading().startsWith("#")) {
        break;
      }
      start = above;
    }
    int end = source.endOfLine(close.start());
    return new DictPlace(List.of(new Span(source, start, end)), open, close);
  }
}
