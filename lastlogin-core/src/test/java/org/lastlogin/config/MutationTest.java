package org.lastlogin.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lastlogin.config.Mutants.Mutant;
import org.lastlogin.config.ReferenceReader.RejectedException;

/**
 * Measures how many mistakes are reported where they are made. Mutants of right files, each with
 * one small mistake ({@link Mutants}), are read; {@link ReferenceReader} or {@link
 * MainReferenceReader} says which of them Dovecot rejects or takes for something else than the
 * original. Of these, a mutant counts as reported if an error or a warning stands at one of the
 * lines that were changed, or at the one after them.
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
@Tag("slow")
class MutationTest {
  /** The rate of all mistakes in all files, in percent, that is held. */
  private static final double AT_LEAST = 95;

  /** What a reader of Dovecot's makes of a text. */
  interface Reference {
    String read(String text) throws RejectedException;
  }

  /**
   * A file with its words that may be anything.
   *
   * @param resource the name of the file
   * @param start how the first line begins in which mistakes are made
   * @param connect a line before it, so that Dovecot accepts it; may be empty
   * @param reference says what Dovecot makes of it
   * @param atLeast the rate of all mistakes, in percent, that is held
   * @param free words of which nothing else in the file says how they are spelt
   */
  record Sample(
      String resource,
      String start,
      String connect,
      Reference reference,
      int atLeast,
      Set<String> free) {
    String text() throws IOException {
      try (InputStream in = MutationTest.class.getResourceAsStream(resource)) {
        return connect + new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
    }

    /** All mutants that do not mean the same. */
    List<Mutant> mistakes() throws IOException, RejectedException {
      String text = text();
      String meaning = reference.read(text);
      int first = (int) text.substring(0, text.indexOf(start)).lines().count() + 1;
      List<Mutant> mutants = new ArrayList<>(Mutants.of(text));
      mutants.removeIf(mutant -> mutant.firstLine() < first || means(mutant, meaning));
      return mutants;
    }

    private boolean means(Mutant mutant, String meaning) {
      try {
        return reference.read(mutant.text()).equals(meaning);
      } catch (RejectedException e) {
        return false;
      }
    }

    boolean isFree(Mutant mutant) {
      return mutant.kind().startsWith("letter") && free.contains(mutant.original());
    }

    @Override
    public String toString() {
      return resource;
    }
  }

  private static final Set<String> SERVER =
      Set.of(
          "127.0.0.1", "localhost", "3306", "vmail", "vmailadmin", "my_secret_password", "secret");

  private static final Set<String> EXTRA =
      Set.of("bytes", "pair", "v1,v2", "v1", "v2", "k", "tree", "v", "a", "b", "blobs", "id");

  static Stream<Sample> samples() {
    Set<String> both = new HashSet<>(SERVER);
    both.addAll(EXTRA);
    return Stream.of(
        new Sample("files/last-login.conf", "", "", ReferenceReader::read, 95, SERVER),
        new Sample("files/extra-maps.conf", "", "", ReferenceReader::read, 90, EXTRA),
        new Sample(
            "files/dovecot-2.4.conf", "dict_server {", "", MainReferenceReader::read, 95, both));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void rightFileIsNotReported(Sample sample) throws IOException {
    assertThat(reported(sample.text())).isEmpty();
  }

  @Test
  void mistakesAreReportedWhereTheyAre() throws Exception {
    ReportRate all = new ReportRate();
    ReportRate visible = new ReportRate();
    for (Sample sample : samples().toList()) {
      ReportRate ofFile = new ReportRate();
      ReportRate visibleOfFile = new ReportRate();
      for (Mutant mutant : sample.mistakes()) {
        boolean reported = isReported(mutant);
        ofFile.count(sample.resource(), mutant, reported);
        if (!sample.isFree(mutant)) {
          visibleOfFile.count(sample.resource(), mutant, reported);
          showIfMissed(mutant, reported);
        }
      }
      print(sample.resource(), ofFile, visibleOfFile);
      assertThat(ofFile.percentOfMistakes()).isGreaterThanOrEqualTo(sample.atLeast());
      assertThat(visibleOfFile.percentOfMistakes()).isGreaterThanOrEqualTo(97);
      assertThat(visibleOfFile.percentOfMutants()).isGreaterThanOrEqualTo(97);
      all.addAll(ofFile);
      visible.addAll(visibleOfFile);
    }
    print("all files", all, visible);
    assertThat(all.percentOfMistakes()).isGreaterThanOrEqualTo(AT_LEAST);
  }

  private static boolean isReported(Mutant mutant) {
    return reported(mutant.text()).stream()
        .anyMatch(line -> line >= mutant.firstLine() && line <= mutant.lastLine() + 1);
  }

  private static void showIfMissed(Mutant mutant, boolean reported) {
    if (!reported && Boolean.getBoolean("lastlogin.show.missed")) {
      System.out.println(mutant.firstLine() + ": " + mutant.kind() + ": " + mutant.original());
    }
  }

  private static void print(String name, ReportRate all, ReportRate visible) {
    System.out.printf(
        "%s: of all mutants that change the meaning, reported are %s;%n"
            + "  of those that can be seen, %s%n",
        name, all, visible);
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
