package org.lastlogin.jdbc.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.lastlogin.jdbc.Maps;
import org.lastlogin.jdbc.sql.SqlDialect;
import org.lastlogin.jdbc.testing.TestDatabase;
import org.lastlogin.jdbc.testing.TestDatabases;
import org.lastlogin.map.ValueType;

/** docs/schema.md has the statements and types that the code has. */
class SchemaDocumentationTest {
  private static String documentation() throws IOException {
    return Files.readString(Path.of("../docs/schema.md"));
  }

  private static String block(int place) throws IOException {
    return Pattern.compile("(?s)```sql\n(.*?)```")
        .matcher(documentation())
        .results()
        .skip(place)
        .findFirst()
        .orElseThrow()
        .group(1);
  }

  @Test
  void tellsHowToHaveTheRowsOfADomainTogether() throws Exception {
    TestDatabase database = TestDatabases.MARIADB.create();
    database.execute(
        "CREATE TABLE last_login (username VARCHAR(255) NOT NULL, domain VARCHAR(255) NOT NULL,"
            + " imap BIGINT, pop3 BIGINT, lda BIGINT, PRIMARY KEY (username), INDEX (domain))");

    database.execute(block(3));
    assertThat(
            database.query(
                "SELECT GROUP_CONCAT(column_name ORDER BY seq_in_index) FROM"
                    + " information_schema.statistics WHERE table_schema = DATABASE()"
                    + " GROUP BY index_name"))
        .containsExactlyInAnyOrder("domain,username", "username");
    assertThat(JdbcSchema.of(Maps.LAST_LOGIN).check(database.dataSource()))
        .extracting(SchemaDiagnostic::kind)
        .doesNotContain(SchemaDiagnostic.Kind.NO_UNIQUE_KEY, SchemaDiagnostic.Kind.MISSING_INDEX);
  }

  @ParameterizedTest
  @CsvSource({"MARIADB,0", "MYSQL,0", "POSTGRESQL,1", "SQLITE,2"})
  void hasTheTableOfLastLogins(SqlDialect dialect, int place) throws Exception {
    List<String> statements =
        Arrays.stream(block(place).strip().split(";\n?"))
            .map(sql -> sql.strip().replaceAll("\\s+", " ").replace("( `", "(`"))
            .map(sql -> sql.replace("( \"", "(\"").replace(") )", "))"))
            .toList();

    assertThat(statements).isEqualTo(JdbcSchema.of(Maps.LAST_LOGIN).statements(dialect));
  }

  @ParameterizedTest
  @EnumSource
  void hasTheColumnsOfEachType(ValueType type) throws Exception {
    String columns =
        Stream.of(SqlDialect.MYSQL, SqlDialect.POSTGRESQL, SqlDialect.SQLITE)
            .map(dialect -> "| `" + dialect.columnType(type) + "` ")
            .reduce("| `" + type.configName() + "` ", String::concat);

    assertThat(documentation()).contains(columns + "|\n");
    assertThat(SqlDialect.MARIADB.columnType(type)).isEqualTo(SqlDialect.MYSQL.columnType(type));
  }

  @Test
  void hasEachKindOfDiagnostic() throws Exception {
    String documentation = documentation();

    for (SchemaDiagnostic.Kind kind : SchemaDiagnostic.Kind.values()) {
      assertThat(documentation).contains("| `" + kind + "` |");
    }
  }
}
