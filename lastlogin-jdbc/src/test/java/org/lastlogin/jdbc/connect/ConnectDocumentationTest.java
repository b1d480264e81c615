package org.lastlogin.jdbc.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lastlogin.config.ConnectSettings;
import org.lastlogin.config.Diagnostic;
import org.lastlogin.jdbc.testing.TestCertificate;

/** The tables in docs/connect.md say what the code does. */
class ConnectDocumentationTest {
  private static final Path DOCUMENTATION = Path.of("../docs/connect.md");
  private static final Pattern PROPERTY = Pattern.compile("`([A-Za-z_]+)`");
  private static final String NO_EQUIVALENT = " has no equivalent: ";

  /** Values that the driver has no equivalent for, or has another one than by default. */
  private static final Map<String, String> EXAMPLES =
      new HashMap<>(
          Map.ofEntries(
              Map.entry("client_flags", "48"),
              Map.entry("ssl", "yes"),
              Map.entry("ssl_verify_server_cert", "yes"),
              Map.entry("ssl_cipher", "TLS_AES_128_GCM_SHA256:ECDHE-RSA-AES128-GCM-SHA256"),
              Map.entry("hostaddr", "192.0.2.1"),
              Map.entry("target_session_attrs", "standby"),
              Map.entry("load_balance_hosts", "random"),
              Map.entry("keepalives", "0"),
              Map.entry("sslmode", "require"),
              Map.entry("gssencmode", "disable"),
              Map.entry("channel_binding", "disable"),
              Map.entry("sslnegotiation", "direct"),
              Map.entry("sslcertmode", "disable"),
              Map.entry("ssl_min_protocol_version", "TLSv1.3"),
              Map.entry("ssl_max_protocol_version", "TLSv1.2"),
              Map.entry("require_auth", "scram-sha-256"),
              Map.entry("sslsni", "0"),
              Map.entry("journal_mode", "delete"),
              Map.entry("readonly", "yes")));

  @TempDir static Path directory;

  /** What a row of a table says. */
  private record Row(String name, List<String> drivers, String instead) {}

  @BeforeAll
  static void makePemFile() throws Exception {
    TestCertificate certificate = TestCertificate.shared();
    Path both = directory.resolve("both.pem");
    Files.writeString(
        both, Files.readString(certificate.certificate()) + Files.readString(certificate.key()));
    for (String name : List.of("ssl_ca", "ssl_cert", "ssl_key")) {
      EXAMPLES.put(name, both.toString());
    }
  }

  private static List<Row> rows(String section) throws IOException {
    String documentation = Files.readString(DOCUMENTATION);
    String start = documentation.substring(documentation.indexOf("## " + section + "\n") + 3);
    int end = start.indexOf("\n## ");
    List<Row> rows = new ArrayList<>();
    String table = end < 0 ? start : start.substring(0, end);
    for (String line : table.lines().filter(text -> text.matches("\\| [a-z_]+ \\|.*")).toList()) {
      List<String> cells =
          Pattern.compile("\\|").splitAsStream(line.substring(1)).map(String::strip).toList();
      int last = cells.size() - 1;
      rows.add(new Row(cells.get(0), cells.subList(1, last), cells.get(last)));
    }
    return rows;
  }

  private static ConnectTargets targets(JdbcDriver driver, Map<String, String> settings) {
    return ConnectTargets.of(driver, ConnectSettings.of(List.of(settings)));
  }

  @ParameterizedTest
  @CsvSource({
    "MARIADB,MariaDB and MySQL,0,host",
    "MYSQL,MariaDB and MySQL,1,host",
    "POSTGRESQL,PostgreSQL,0,host",
    "SQLITE,SQLite,0,path",
  })
  void saysWhatBecomesOfEachName(JdbcDriver driver, String section, int column, String required)
      throws Exception {
    List<Row> rows = rows(section);
    assertThat(rows)
        .extracting(Row::name)
        .containsExactlyInAnyOrderElementsOf(driver.kind().keywords().keySet());

    Map<String, String> plain = Map.of(required, "db");
    ConnectTargets before = targets(driver, plain);
    for (Row row : rows) {
      Map<String, String> settings = new HashMap<>(plain);
      settings.put(row.name(), EXAMPLES.getOrDefault(row.name(), "1"));
      ConnectTargets after = targets(driver, settings);

      assertThat(changed(before.targets().get(0), after.targets().get(0)))
          .as(row.name())
          .isEqualTo(documented(row.drivers().get(column)));
      assertThat(after.warnings().stream().map(ConnectDocumentationTest::instead))
          .as(row.name())
          .isEqualTo(row.instead().isEmpty() ? List.of() : List.of(row.instead()));
    }
  }

  /** Drivers pass over properties that they do not know. */
  @ParameterizedTest
  @CsvSource({
    "MARIADB,MariaDB and MySQL,0,jdbc:mariadb://db/",
    "MYSQL,MariaDB and MySQL,1,jdbc:mysql://db/",
    "POSTGRESQL,PostgreSQL,0,jdbc:postgresql://db/",
    "SQLITE,SQLite,0,jdbc:sqlite:db",
  })
  void namesNoPropertyThatTheDriverDoesNotHave(
      JdbcDriver driver, String section, int column, String url) throws Exception {
    Set<String> known =
        Stream.of(driver.load().getPropertyInfo(url, new Properties()))
            .map(property -> property.name)
            .collect(Collectors.toCollection(HashSet::new));
    known.add("URL");

    assertThat(rows(section))
        .flatExtracting(row -> documented(row.drivers().get(column)))
        .isSubsetOf(known);
  }

  private static Set<String> documented(String cell) {
    Set<String> names =
        PROPERTY
            .matcher(cell)
            .results()
            .map((MatchResult match) -> match.group(1))
            .collect(Collectors.toCollection(HashSet::new));
    if (cell.startsWith("URL")) {
      names.add("URL");
    }
    return names;
  }

  private static Set<String> changed(ConnectTarget before, ConnectTarget after) throws IOException {
    Map<String, String> old = before.allProperties();
    Map<String, String> all = after.allProperties();
    Set<String> names = new HashSet<>(old.keySet());
    names.addAll(all.keySet());
    names.removeIf(name -> Objects.equals(all.get(name), old.get(name)));
    if (!before.url().equals(after.url())) {
      names.add("URL");
    }
    return names;
  }

  private static String instead(Diagnostic warning) {
    int at = warning.message().indexOf(NO_EQUIVALENT);
    return warning.message().substring(at + NO_EQUIVALENT.length());
  }
}
