package org.lastlogin.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TLS is neither lost nor weakened in silence where one format is turned into the other. */
class TlsConversionTest {
  private static final String MAIN =
      "dict_server {\ndict d {\ndriver = sql\nsql_driver = mysql\nmysql h {\n%s\n}\n}\n}\n";

  private static ConfigWriter.Output oldOf(String settings) {
    DictConfig config = DictConfig.parse(MAIN.formatted(settings), "test.conf");
    return ConfigWriter.write(config, ConfigFormat.DOVECOT_2_3).get(0);
  }

  private static ConfigWriter.Output newOf(String settings) {
    DictConfig config =
        DictConfig.parse("connect = host=h " + settings, "test.conf").named("d", SqlDriver.MYSQL);
    return ConfigWriter.write(config, ConfigFormat.DOVECOT_2_4).get(0);
  }

  @ParameterizedTest
  @CsvSource({
    "ssl = no,''",
    "ssl_client_ca_file = /ca,' ssl_verify_server_cert=yes ssl_ca=/ca'",
    "ssl_client_require_valid_cert = yes,' ssl_verify_server_cert=yes'",
    "ssl_client_require_valid_cert = no,' ssl_verify_server_cert=no'",
    "ssl_cipher_list = HIGH,' ssl_verify_server_cert=yes ssl_cipher=HIGH'",
  })
  void mapFileSaysWhatItCan(String setting, String pairs) {
    String settings = setting.startsWith("ssl =") ? setting : "ssl = yes\n" + setting;

    assertThat(oldOf(settings).text()).contains("connect = host=h" + pairs + "\n");
  }

  @Test
  void warnsOfWhatTheMapFileCannotSay() {
    assertThat(oldOf("ssl = yes\nssl_client_ca_file = /ca").warnings()).isEmpty();
    assertThat(oldOf("ssl = yes").warnings())
        .singleElement()
        .extracting(Diagnostic::message)
        .asString()
        .contains("only if ssl_ca or ssl_ca_path is set");
  }

  @Test
  void mainConfigurationUsesTlsWhereTheMapFileDoes() {
    assertThat(newOf("ssl_ca=/ca").text())
        .contains("ssl = yes\n      ssl_client_ca_file = /ca\n")
        .doesNotContain("require_valid_cert");
    assertThat(newOf("ssl_ca=/ca ssl_verify_server_cert=no").text())
        .contains("ssl = yes\n")
        .contains("ssl_client_require_valid_cert = no\n");
  }

  @Test
  void warnsOfTheCheckThatNobodyAskedFor() {
    assertThat(newOf("ssl_ca=/ca ssl_verify_server_cert=yes").warnings()).isEmpty();
    assertThat(newOf("ssl_ca=/ca ssl_verify_server_cert=no").warnings()).isEmpty();
    assertThat(newOf("ssl_ca=/ca").warnings())
        .singleElement()
        .extracting(Diagnostic::message)
        .asString()
        .contains("ssl_verify_server_cert is not set");
  }
}
