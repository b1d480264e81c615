package org.lastlogin.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lastlogin.config.Mutants.Mutant;
import org.lastlogin.config.ReferenceReader.RejectedException;

/**
 * Measures how many mistakes are reported where they are made. Mutants of right files, each with
 * one small mistake ({@link Mutants}), are read; {@link ReferenceReader} says which of them Dovecot
 * rejects or takes for something else than the original. Of these, a mutant counts as reported if
 * an error or a warning stands at one of the lines that were changed, or at the one after them.
 *
 * <p>There are two rates. That of mistakes counts each way to mistype a token once, whatever its
 * length: where a letter is dropped, doubled, replaced or swapped, the mean over all its letters.
 * That of mutants counts each single one.
 *
 * <p>Some mistakes nobody can see: that a host, a user or a table, which occur nowhere else, have
 * another name. The mutants in which only such a word is misspelt ({@link Sample#free}) are left
 * out of the second pair of rates. With {@code -Dlastlogin.show.missed=true} those that remain are
 * listed.
 */
class MutationTest {

  /**
   * A file with its words that may be anything.
   *
   * @param resource the name of the file
   * @param connect a line before it, so that Dovecot accepts it; may be empty
   * @param atLeast the rate of all mistakes, in percent, that is held
   * @param free words of which nothing else in the file says how they are spelt
   */
  record Sample(String resource, String connect, int atLeast, Set<String> free) {
    String text() throws IOException {
      try (InputStream in = MutationTest.class.getResourceAsStream(resource)) {
        return connect + new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
    }

    @Override
    public String toString() {
      return resource;
    }
  }

  static Stream<Sample> samples() {
    return Stream.of(
        new Sample(
            "files/last-login.conf",
            "",
            95,
            Set.of("127.0.0.1", "3306", "vmail", "vmailadmin", "my_secret_password")),
        new Sample(
            "files/extra-maps.conf",
            "connect = \"host=localhost dbname=vmail user=vmail password=secret\"\n\n",
            90,
            Set.of(
                "localhost",
                "vmail",
                "secret",
                "bytes",
                "pair",
                "v1,v2",
                "k",
                "tree",
                "v",
                "a",
                "b",
                "blobs",
                "id")));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void rightFileIsNotReported(Sample sample) throws IOException {
    assertThat(reported(sample.text())).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void mistakesAreReportedWhereTheyAre(Sample sample) throws Exception {
    String meaning = ReferenceReader.read(sample.text());
    ReportRate all = new ReportRate();
    ReportRate visible = new ReportRate();
    List<Mutant> missed = new ArrayList<>();
    for (Mutant mutant : Mutants.of(sample.text())) {
      boolean reported =
          reported(mutant.text()).stream()
              .anyMatch(line -> line >= mutant.firstLine() && line <= mutant.lastLine() + 1);
      if (!changesMeaning(mutant, meaning)) {
        continue;
      }
      all.count(mutant, reported);
      if (!isFree(mutant, sample)) {
        visible.count(mutant, reported);
        if (!reported) {
          missed.add(mutant);
        }
      }
    }
    System.out.printf(
        "%s: of all mutants that change the meaning, reported are %s;%n"
            + "  of those that can be seen, %s%n",
        sample.resource(), all, visible);
    missed.stream()
        .filter(mutant -> Boolean.getBoolean("lastlogin.show.missed"))
        .map(mutant -> mutant.firstLine() + ": " + mutant.kind() + ": " + mutant.original())
        .forEach(System.out::println);
    assertThat(all.percentOfMistakes()).isGreaterThanOrEqualTo(sample.atLeast());
    assertThat(visible.percentOfMistakes()).isGreaterThanOrEqualTo(97);
    assertThat(visible.percentOfMutants()).isGreaterThanOrEqualTo(97);
  }

  private static boolean changesMeaning(Mutant mutant, String meaning) {
    try {
      return !ReferenceReader.read(mutant.text()).equals(meaning);
    } catch (RejectedException e) {
      return true;
    }
  }

  private static boolean isFree(Mutant mutant, Sample sample) {
    return mutant.kind().startsWith("letter") && sample.free().contains(mutant.original());
  }

  /** The lines of all diagnostics. */
  private static List<Integer> reported(String text) {
    List<Diagnostic> diagnostics = new ArrayList<>();
    try {
      diagnostics.addAll(DictConfig.parse(text, "mutant.conf", name -> null).warnings());
    } catch (ConfigException e) {
      diagnostics.addAll(e.diagnostics());
      diagnostics.addAll(e.warnings());
    }
    return diagnostics.stream().map(Diagnostic::line).toList();
  }
}
