package org.lastlogin.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Makes all mutants of a configuration: files with one small mistake each. */
final class Mutants {
  /**
   * A file with a mistake.
   *
   * @param kind what was done
   * @param original what it was done to
   * @param place where that begins; all letters of a token share it
   * @param text the file
   * @param firstLine the first line that differs, counted from 1 in the mutant
   * @param lastLine the last line that differs
   */
  record Mutant(
      String kind, String original, String place, String text, int firstLine, int lastLine) {}

  /** A word, sign or quoted text; in {@code connect}, names and values are tokens by themselves. */
  private static final Pattern TOKEN =
      Pattern.compile("[={}\"']|[^\\s={}\"']*\\$\\{[\\w:]+}|[^\\s={}\"']+");

  private final List<String> lines;
  private final List<Mutant> mutants = new ArrayList<>();

  private Mutants(String text) {
    this.lines = Arrays.asList(text.split("\n", -1));
  }

  /** All mutants of a text. */
  static List<Mutant> of(String text) {
    Mutants mutants = new Mutants(text);
    for (int i = 0; i < mutants.lines.size(); i++) {
      mutants.ofLine(i);
    }
    return mutants.mutants;
  }

  private void ofLine(int index) {
    String line = lines.get(index);
    boolean last = index == lines.size() - 1;
    if (!(last && line.isEmpty())) {
      add("line dropped", line, 0, index, 1);
      add("line doubled", line, 0, index, 1, line, line);
    }
    if (!last) {
      String next = lines.get(index + 1);
      add("lines swapped", line, 0, index, 2, next, line);
      add("lines joined", line, 0, index, 2, line + next);
    }
    if (!line.strip().startsWith("#")) {
      TOKEN.matcher(line).results().forEach(token -> ofToken(index, token));
    }
  }

  private void ofToken(int index, MatchResult token) {
    replace("token deleted", index, token, word -> "");
    replace("token doubled", index, token, word -> word + " " + word);
    String word = token.group();
    if (word.length() == 1 && !Character.isLetterOrDigit(word.charAt(0))) {
      return;
    }
    for (int i = 0; i < word.length(); i++) {
      int at = i;
      replace("letter dropped", index, token, w -> w.substring(0, at) + w.substring(at + 1));
      replace("letter doubled", index, token, w -> w.substring(0, at + 1) + w.substring(at));
      String other = word.charAt(at) == 'x' ? "y" : "x";
      replace(
          "letter replaced", index, token, w -> w.substring(0, at) + other + w.substring(at + 1));
      if (i + 1 < word.length() && word.charAt(i) != word.charAt(i + 1)) {
        replace(
            "letters swapped",
            index,
            token,
            w -> w.substring(0, at) + w.charAt(at + 1) + w.charAt(at) + w.substring(at + 2));
      }
    }
  }

  private void replace(String kind, int index, MatchResult token, UnaryOperator<String> change) {
    String line = lines.get(index);
    String changed =
        line.substring(0, token.start())
            + change.apply(token.group())
            + line.substring(token.end());
    add(kind, token.group(), token.start(), index, 1, changed);
  }

  /** Adds the mutant in which some lines are replaced by others. */
  private void add(
      String kind, String original, int column, int index, int removed, String... added) {
    List<String> all = new ArrayList<>(lines.subList(0, index));
    all.addAll(List.of(added));
    all.addAll(lines.subList(index + removed, lines.size()));
    mutants.add(
        new Mutant(
            kind,
            original.strip(),
            kind + " at " + index + ":" + column,
            String.join("\n", all),
            index + 1,
            index + Math.max(1, added.length)));
  }
}
