package org.lastlogin.config.write;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.lastlogin.config.DictDefinition;
import org.lastlogin.config.source.DictPlace;
import org.lastlogin.config.source.Span;

/**
 * The comments of dicts, each with the thing that it is next to: a comment after something belongs
 * to that, one on lines of its own to what follows. Hands out each comment once, so that none is
 * written twice, and keeps those that were not asked for. What one format has in several lines and
 * the other in one block gets the comments of all of them; a comment at the beginning of a map file
 * stays there. Not safe for use by several threads.
 */
public final class Comments {
  /**
   * A comment as it is in the file.
   *
   * @param text the comment, from its sign on
   * @param trailing whether something precedes it in its line
   * @param apart whether a blank line is before it
   */
  record Comment(String text, boolean trailing, boolean apart, Span span) {}

  private final Map<Span, List<Comment>> byAnchor = new LinkedHashMap<>();
  private final List<Comment> head = new ArrayList<>();
  private final List<Comment> rest = new ArrayList<>();

  /** The stretches that have been searched; dicts may share one. */
  private final Set<Span> found = new HashSet<>();

  /** Finds the comments of dicts. */
  public Comments(List<DictDefinition> dicts) {
    dicts.forEach(dict -> find(DictPlace.of(dict), Anchors.of(dict)));
  }

  private void find(DictPlace place, List<Span> anchors) {
    for (Span extent : place.extents()) {
      if (!found.add(extent)) {
        continue;
      }
      NavigableMap<Integer, Span> inFile = new TreeMap<>();
      anchors.stream()
          .filter(anchor -> anchor.source() == extent.source())
          .forEach(anchor -> inFile.putIfAbsent(anchor.start(), anchor));
      boolean mayHaveHead = place.open() == null && extent.equals(place.extents().get(0));
      attach(extent, inFile, mayHaveHead);
    }
  }

  private void attach(Span extent, NavigableMap<Integer, Span> anchors, boolean mayHaveHead) {
    int nextOfHead = mayHaveHead ? 1 : 0;
    for (Span span : extent.source().comments()) {
      if (span.start() < extent.start() || span.start() >= extent.end()) {
        continue;
      }
      Comment comment = comment(span);
      if (!comment.trailing() && span.line() == nextOfHead) {
        nextOfHead++;
        head.add(comment);
      } else {
        listOf(comment, anchors).add(comment);
      }
    }
  }

  private static Comment comment(Span span) {
    String text = span.source().text().substring(span.start(), span.end()).stripTrailing();
    int line = span.source().startOfLine(span.start());
    String before = span.source().text().substring(line, span.start());
    boolean trailing = !before.replace("\uFEFF", "").isBlank();
    boolean apart =
        line > 0
            && span.source().text().substring(span.source().startOfLine(line - 1), line).isBlank();
    return new Comment(text, trailing, apart && !trailing, span);
  }

  private List<Comment> listOf(Comment comment, NavigableMap<Integer, Span> anchors) {
    int at = comment.span().start();
    Map.Entry<Integer, Span> before = anchors.lowerEntry(at);
    boolean belongsToIt =
        comment.trailing() && before != null && before.getValue().line() == comment.span().line();
    Map.Entry<Integer, Span> anchor = belongsToIt ? before : anchors.higherEntry(at);
    return anchor == null
        ? rest
        : byAnchor.computeIfAbsent(anchor.getValue(), key -> new ArrayList<>());
  }

  /** The comment with which the file begins. */
  public List<Comment> takeHead() {
    return drain(head);
  }

  /** The comments that belong to things, in the order of the file. */
  List<Comment> take(List<Span> anchors) {
    List<Comment> taken = new ArrayList<>();
    for (Span anchor : anchors) {
      List<Comment> here = byAnchor.remove(anchor);
      if (here != null) {
        taken.addAll(here);
      }
    }
    taken.sort(Comparator.comparingInt(comment -> comment.span().start()));
    return taken;
  }

  /** The comments after everything, and those that have not been taken. */
  public List<Comment> takeRest() {
    List<Comment> left = take(List.copyOf(byAnchor.keySet()));
    left.addAll(drain(rest));
    return left;
  }

  private static List<Comment> drain(List<Comment> comments) {
    List<Comment> taken = List.copyOf(comments);
    comments.clear();
    return taken;
  }
}
