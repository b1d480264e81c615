package org.lastlogin.config.source;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lastlogin.config.Diagnostic;
import org.lastlogin.config.Diagnostic.Severity;
import org.lastlogin.config.DictDefinition;
import org.lastlogin.config.Origin;
import org.lastlogin.config.source.Node.Section;

/**
 * The place of a dict: the stretches of files all of whose comments belong to it. As an origin it
 * is the file as a whole. Immutable.
 *
 * @param file the name of the file that was read
 * @param extents the stretches
 * @param open where its section begins; nothing if whole files make up the dict
 * @param close where its section ends; nothing if whole files make up the dict
 */
public record DictPlace(String file, List<Span> extents, @Nullable Span open, @Nullable Span close)
    implements Origin {
  /** The place of a dict that was not read from a file. */
  private static final DictPlace NOWHERE = new DictPlace("", List.of(), null, null);

  public DictPlace {
    extents = List.copyOf(extents);
  }

  /** Returns the place of a dict; none if it was not read from a file. */
  public static DictPlace of(DictDefinition dict) {
    return dict.origin() instanceof DictPlace place ? place : NOWHERE;
  }

  @Override
  public Diagnostic diagnostic(Severity severity, String message) {
    return Origin.ofFile(file).diagnostic(severity, message);
  }

  /** A dict that a file makes up, with those that it includes. */
  public static DictPlace ofFile(SourceFile file) {
    Span whole = new Span(file, 0, file.text().length());
    return new DictPlace(file.name(), withIncluded(whole).toList(), null, null);
  }

  /**
   * A dict that blocks make up, with the lines of comments directly above the first.
   *
   * @param fileName the name of the file that was read; blocks may be in files that it includes
   */
  public static DictPlace ofBlocks(String fileName, List<Section> blocks) {
    Section first = blocks.get(0);
    List<Span> extents = new ArrayList<>();
    for (Section block : blocks) {
      SourceFile source = block.span().source();
      Span close = block.close() == null ? block.open() : block.close();
      int start = block.equals(first) ? withCommentsAbove(block.span()) : block.span().start();
      withIncluded(new Span(source, start, source.endOfLine(close.start()))).forEach(extents::add);
    }
    return new DictPlace(fileName, extents, first.span(), first.close());
  }

  private static Stream<Span> withIncluded(Span extent) {
    return Stream.concat(
        Stream.of(extent),
        extent
            .source()
            .included(extent.start(), extent.end())
            .map(file -> new Span(file, 0, file.text().length())));
  }

  private static int withCommentsAbove(Span open) {
    SourceFile source = open.source();
    int start = source.startOfLine(open.start());
    while (start > 0) {
      int above = source.startOfLine(start - 1);
      if (!source.text().substring(above, start).stripLeading().startsWith("#")) {
        break;
      }
      start = above;
    }
    return start;
  }
}
