package org.lastlogin.dictd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lastlogin.config.SqlDriver;
import picocli.CommandLine.TypeConversionException;

/** Values of {@code --dict}. */
class DictOptionTest {

  @Test
  void aMapFileFollowsItsDriver() {
    assertThat(DictOption.parse("quota=pgsql:/etc/dovecot/a:b=c.conf"))
        .isEqualTo(
            new DictOption(
                "quota", Optional.of(SqlDriver.PGSQL), Path.of("/etc/dovecot/a:b=c.conf")));
  }

  @Test
  void aMainConfigurationHasNoDriver() {
    assertThat(DictOption.parse("quota=dovecot:dovecot.conf"))
        .isEqualTo(new DictOption("quota", Optional.empty(), Path.of("dovecot.conf")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "a=mysql", "a=mysql:", "=mysql:f", "a=oracle:f", "a/b=mysql:f"})
  void allElseIsRefused(String value) {
    assertThatExceptionOfType(TypeConversionException.class)
        .isThrownBy(() -> DictOption.parse(value))
        .withMessageStartingWith("'" + value + "' is not NAME=DRIVER:FILE")
        .withMessageEndingWith("nor NAME=dovecot:FILE");
  }
}
