package org.lastlogin.config.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionsTest {

  @ParameterizedTest
  @CsvSource({
    "value, value, 0",
    "vlaue, value, 1",
    "vale, value, 1",
    "valuee, value, 1",
    "valus, value, 1",
    "'', value, 5",
    "unit, uint, 1",
    "abc, xyz, 3",
  })
  void countsMistypedLetters(String a, String b, int distance) {
    assertThat(Suggestions.distance(a, b)).isEqualTo(distance);
    assertThat(Suggestions.distance(b, a)).isEqualTo(distance);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {"unit, uint", "INT, int", "sting, string", "hexbolb, hexblob", "varchar, -", "x, -"})
  void guessesOnlyWhatIsClose(String word, String guess) {
    assertThat(Suggestions.closest(word, List.of("string", "uint", "int", "hexblob")).orElse(null))
        .isEqualTo(guess);
  }
}
