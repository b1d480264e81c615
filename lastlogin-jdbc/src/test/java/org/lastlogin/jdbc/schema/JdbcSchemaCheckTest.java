package org.lastlogin.jdbc.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lastlogin.Precision;
import org.lastlogin.dict.CommitResult;
import org.lastlogin.dict.DictContext;
import org.lastlogin.dict.DictTransaction;
import org.lastlogin.jdbc.JdbcDict;
import org.lastlogin.jdbc.JdbcLastLoginStore;
import org.lastlogin.jdbc.Maps;
import org.lastlogin.jdbc.testing.TestDatabase;
import org.lastlogin.jdbc.testing.TestDatabases;
import org.lastlogin.map.DictMap;
import org.lastlogin.map.DictMaps;
import org.lastlogin.map.ValueType;

/** What is found in tables made by hand, and that its statements mend it, on every database. */
class JdbcSchemaCheckTest {
  /** One column of each type, a key of two columns, and rows that expire. */
  private static final DictMaps THINGS =
      DictMaps.of(
          DictMap.builder("shared/thing/$owner/$name", "things")
              .valueField("text", ValueType.STRING)
              .valueField("number", ValueType.UINT)
              .valueField("difference", ValueType.INT)
              .valueField("price", ValueType.DOUBLE)
              .valueField("bytes", ValueType.HEXBLOB)
              .valueField("id", ValueType.UUID)
              .keyField("name", "name")
              .keyField("owner", "owner")
              .expireField("expires")
              .build());

  private static final DictMaps QUOTA =
      DictMaps.of(
          DictMap.builder("priv/quota/storage", "quota")
              .valueField("bytes", ValueType.UINT)
              .usernameField("username")
              .build());

  private static final String FITTING =
      "name VARCHAR(255), owner VARCHAR(255), text VARCHAR(255), number BIGINT, difference BIGINT,"
          + " price DOUBLE PRECISION, bytes BYTES, id CHAR(36), expires BIGINT";

  /** Creating a database takes most of the time of a test. */
  private static final Map<TestDatabases, TestDatabase> SHARED = new EnumMap<>(TestDatabases.class);

  private static final Map<TestDatabases, HikariDataSource> POOLS =
      new EnumMap<>(TestDatabases.class);

  private TestDatabase database;

  @AfterAll
  static void closePools() {
    POOLS.values().forEach(HikariDataSource::close);
  }

  private DataSource pool() {
    return POOLS.computeIfAbsent(database.kind(), kind -> database.pool(1));
  }

  private void open(TestDatabases kind) throws Exception {
    database = SHARED.computeIfAbsent(kind, TestDatabases::create);
    for (String table :
        List.of("last_login", "things", "scripts", "quota", "pair", "tree", "blobs")) {
      database.execute("DROP TABLE IF EXISTS " + table);
    }
  }

  /** Creates a table whose definition has BYTES for the type of bytes. */
  private void create(TestDatabases kind, String table, String columns) throws Exception {
    open(kind);
    String bytes =
        switch (kind) {
          case MARIADB, HOST_MARIADB, MYSQL -> "VARBINARY(255)";
          case POSTGRESQL -> "BYTEA";
          case SQLITE -> "BLOB";
        };
    String options = kind.isOfMySql() ? " COLLATE utf8mb4_bin" : "";
    database.execute(
        "CREATE TABLE " + table + " (" + columns.replace("BYTES", bytes) + ")" + options);
  }

  private List<SchemaDiagnostic> check(DictMaps maps) {
    return JdbcSchema.of(maps).check(pool());
  }

  private static List<String> summaries(List<SchemaDiagnostic> diagnostics) {
    return diagnostics.stream().map(JdbcSchemaCheckTest::summary).toList();
  }

  private static String summary(SchemaDiagnostic diagnostic) {
    String column = diagnostic.column().map(name -> " " + name).orElse("");
    return diagnostic.impact() + " " + diagnostic.kind() + column;
  }

  /** What a check of something finds. */
  private interface Check {
    List<SchemaDiagnostic> run();
  }

  /** Mends one after the other; what is mended is gone, and nothing else has come. */
  private void assertMended(Check check) throws Exception {
    List<SchemaDiagnostic> left = check.run();
    while (!left.isEmpty()) {
      SchemaDiagnostic first = left.get(0);
      assertThat(first.statements()).as(first.render()).isNotEmpty();
      database.execute(first.statements().toArray(String[]::new));
      List<SchemaDiagnostic> now = check.run();
      assertThat(places(now)).as(first.render()).doesNotContain(place(first));
      assertThat(places(left)).containsAll(places(now));
      left = now;
    }
  }

  private static List<String> places(List<SchemaDiagnostic> diagnostics) {
    return diagnostics.stream().map(JdbcSchemaCheckTest::place).toList();
  }

  private static String place(SchemaDiagnostic diagnostic) {
    return diagnostic.table() + ": " + summary(diagnostic);
  }

  private void assertMendedAtOnce(Check check) throws Exception {
    for (SchemaDiagnostic diagnostic : check.run()) {
      database.execute(diagnostic.statements().toArray(String[]::new));
    }
    assertThat(check.run()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void findsNothingInTablesThatItMade(TestDatabases kind) {
    database = kind.create();
    List<DictMap> all =
        Stream.of(Maps.ALL, Maps.PRICES, THINGS).flatMap(m -> m.asList().stream()).toList();
    JdbcSchema schema = JdbcSchema.of(DictMaps.of(all));

    assertThat(summaries(schema.check(database.dataSource())))
        .hasSize(8)
        .containsOnly("BREAKS MISSING_TABLE");
    schema.createMissing(database.dataSource());
    for (Precision precision : Precision.values()) {
      assertThat(schema.check(database.dataSource(), precision)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void mendsMissingTables(TestDatabases kind) throws Exception {
    open(kind);
    assertMended(() -> check(Maps.ALL));
  }

  @ParameterizedTest
  @EnumSource
  void mendsMissingColumnsKeysAndIndexes(TestDatabases kind) throws Exception {
    create(kind, "things", "name VARCHAR(255), other INT");
    database.execute("INSERT INTO things VALUES ('a', 1)");

    assertThat(summaries(check(THINGS)))
        .containsExactly(
            "BREAKS MISSING_COLUMN owner",
            "BREAKS MISSING_COLUMN text",
            "BREAKS MISSING_COLUMN number",
            "BREAKS MISSING_COLUMN difference",
            "BREAKS MISSING_COLUMN price",
            "BREAKS MISSING_COLUMN bytes",
            "BREAKS MISSING_COLUMN id",
            "BREAKS MISSING_COLUMN expires",
            "BREAKS NO_UNIQUE_KEY",
            "DEGRADES MISSING_INDEX expires");
    assertMended(() -> check(THINGS));
    assertThat(database.query("SELECT name, other FROM things")).containsExactly("a,1");
  }

  @ParameterizedTest
  @CsvSource({
    "MARIADB, MyISAM",
    "MARIADB, Aria",
    "MARIADB, MEMORY",
    "HOST_MARIADB, MyISAM",
    "MYSQL, MyISAM",
    "MYSQL, MEMORY"
  })
  void mendsAStorageEngineWithoutTransactions(TestDatabases kind, String engine) throws Exception {
    create(kind, "quota", "username VARCHAR(200) PRIMARY KEY, bytes BIGINT, messages BIGINT");
    database.execute("ALTER TABLE quota ENGINE=" + engine, "INSERT INTO quota VALUES ('a', 1, 2)");
    List<SchemaDiagnostic> found = check(QUOTA);
    assertThat(summaries(found)).first().isEqualTo("BREAKS NO_TRANSACTIONS");
    assertThat(found.get(0).toString()).contains("quota: error: the storage engine " + engine);
    assertMended(() -> check(QUOTA));
    assertThat(database.query("SELECT username, bytes FROM quota")).containsExactly("a,1");
  }

  @ParameterizedTest
  @EnumSource
  void addsAKeyWhereThePrimaryKeyIsAnother(TestDatabases kind) throws Exception {
    create(kind, "things", FITTING + ", serial INT PRIMARY KEY, UNIQUE (name, serial)");

    assertThat(summaries(check(THINGS)))
        .containsExactly("BREAKS NO_UNIQUE_KEY", "DEGRADES MISSING_INDEX expires");
    assertMendedAtOnce(() -> check(THINGS));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          MARIADB    | number INT           | number BIGINT           | DEGRADES TOO_NARROW number
          MARIADB    | number INT UNSIGNED  | number BIGINT           | DEGRADES TOO_NARROW number
          MARIADB    | number VARCHAR(20)   | number BIGINT           | DEGRADES WRONG_TYPE number
          MARIADB    | number DOUBLE        | number BIGINT           | DEGRADES WRONG_TYPE number
          MARIADB    | number DECIMAL(20,2) | number BIGINT           | DEGRADES WRONG_TYPE number
          MARIADB    | number DATETIME      | number BIGINT           | BREAKS WRONG_TYPE number
          MARIADB    | difference BIGINT UNSIGNED | difference BIGINT | DEGRADES TOO_NARROW difference
          MARIADB    | price FLOAT          | price DOUBLE PRECISION  | DEGRADES TOO_NARROW price
          MARIADB    | price INT            | price DOUBLE PRECISION  | DEGRADES WRONG_TYPE price
          MARIADB    | bytes TEXT           | bytes BYTES             | BREAKS WRONG_TYPE bytes
          MARIADB    | id VARCHAR(32)       | id CHAR(36)             | BREAKS TOO_NARROW id
          MARIADB    | id BINARY(16)        | id CHAR(36)             | BREAKS WRONG_TYPE id
          MARIADB    | expires INT          | expires BIGINT          | DEGRADES TOO_NARROW expires
          MARIADB    | expires SMALLINT     | expires BIGINT          | BREAKS TOO_NARROW expires
          POSTGRESQL | number INTEGER       | number BIGINT           | DEGRADES TOO_NARROW number
          POSTGRESQL | number NUMERIC(10)   | number BIGINT           | DEGRADES TOO_NARROW number
          POSTGRESQL | number TEXT          | number BIGINT           | DEGRADES WRONG_TYPE number
          POSTGRESQL | number REAL          | number BIGINT           | DEGRADES WRONG_TYPE number
          POSTGRESQL | number TIMESTAMPTZ   | number BIGINT           | BREAKS WRONG_TYPE number
          POSTGRESQL | price REAL           | price DOUBLE PRECISION  | DEGRADES TOO_NARROW price
          POSTGRESQL | price BIGINT         | price DOUBLE PRECISION  | DEGRADES WRONG_TYPE price
          POSTGRESQL | bytes VARCHAR(255)   | bytes BYTES             | BREAKS WRONG_TYPE bytes
          POSTGRESQL | id VARCHAR(32)       | id CHAR(36)             | BREAKS TOO_NARROW id
          POSTGRESQL | text BYTEA           | text VARCHAR(255)       | DEGRADES WRONG_TYPE text
          POSTGRESQL | expires INTEGER      | expires BIGINT          | DEGRADES TOO_NARROW expires
          SQLITE     | number TEXT          | number BIGINT           | DEGRADES WRONG_TYPE number
          SQLITE     | number REAL          | number BIGINT           | DEGRADES WRONG_TYPE number
          SQLITE     | price TEXT           | price DOUBLE PRECISION  | DEGRADES WRONG_TYPE price
          SQLITE     | text STRING          | text VARCHAR(255)       | DEGRADES WRONG_TYPE text
          """)
  void mendsAColumn(TestDatabases kind, String column, String fitting, String expected)
      throws Exception {
    String keys = ", PRIMARY KEY (owner, name)";
    create(kind, "things", FITTING.replace(fitting, column) + keys);
    database.execute("CREATE INDEX by_expiry ON things (expires)");
    assertThat(FITTING).contains(fitting);

    assertThat(summaries(check(THINGS))).containsExactly(expected);
    assertMended(() -> check(THINGS));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          MARIADB    | INT           | SECONDS      | DEGRADES TOO_NARROW
          MARIADB    | INT UNSIGNED  | SECONDS      | DEGRADES TOO_NARROW
          MARIADB    | INT           | MILLISECONDS | BREAKS TOO_NARROW
          MARIADB    | INT UNSIGNED  | NANOSECONDS  | BREAKS TOO_NARROW
          MARIADB    | DECIMAL(12)   | SECONDS      |
          MARIADB    | DECIMAL(13)   | MILLISECONDS |
          MARIADB    | DECIMAL(16)   | NANOSECONDS  | BREAKS TOO_NARROW
          MARIADB    | BIGINT        | NANOSECONDS  |
          MARIADB    | TIMESTAMP     | SECONDS      | BREAKS WRONG_TYPE
          MARIADB    | DATE          | MILLISECONDS | BREAKS WRONG_TYPE
          POSTGRESQL | INTEGER       | SECONDS      | DEGRADES TOO_NARROW
          POSTGRESQL | INTEGER       | MICROSECONDS | BREAKS TOO_NARROW
          POSTGRESQL | NUMERIC       | NANOSECONDS  |
          POSTGRESQL | TIMESTAMP     | MILLISECONDS | BREAKS WRONG_TYPE
          SQLITE     | INT           | NANOSECONDS  |
          SQLITE     | DATETIME      | NANOSECONDS  |
          SQLITE     | REAL          | SECONDS      | DEGRADES WRONG_TYPE
          """)
  void mendsTheTimesOfLogins(TestDatabases kind, String type, Precision precision, String expected)
      throws Exception {
    create(
        kind,
        "last_login",
        "username VARCHAR(255) PRIMARY KEY, domain VARCHAR(255), imap BIGINT, pop3 BIGINT, lda "
            + type);
    Check check = () -> JdbcSchema.of(Maps.LAST_LOGIN).check(pool(), precision);

    assertThat(summaries(check.run()))
        .isEqualTo(expected == null ? List.of() : List.of(expected + " lda"));
    assertMended(check);
  }

  @ParameterizedTest
  @CsvSource({"MARIADB,UNIX_TIMESTAMP()", "POSTGRESQL,EXTRACT(EPOCH FROM now())"})
  void keepsTheTimesThatAColumnHas(TestDatabases kind, String now) throws Exception {
    create(
        kind,
        "last_login",
        "username VARCHAR(255) PRIMARY KEY, domain VARCHAR(255), imap TIMESTAMP, pop3 VARCHAR(20)"
            + " NOT NULL DEFAULT '', lda BIGINT");
    database.execute("INSERT INTO last_login VALUES ('a', 'b', CURRENT_TIMESTAMP, '17', 1)");

    for (int i = 0; i < 2; i++) {
      assertMendedAtOnce(() -> check(Maps.LAST_LOGIN));
    }

    assertThat(database.query("SELECT pop3, ABS(imap - " + now + ") < 100 FROM last_login"))
        .containsAnyOf("17,1", "17,t");
  }

  @ParameterizedTest
  @EnumSource
  void findsNamesThatAreTooShort(TestDatabases kind) throws Exception {
    create(
        kind,
        "last_login",
        "username VARCHAR(100) PRIMARY KEY, domain VARCHAR(255), imap BIGINT, pop3 BIGINT,"
            + " lda BIGINT");

    assertThat(summaries(check(Maps.LAST_LOGIN)))
        .isEqualTo(
            kind == TestDatabases.SQLITE ? List.of() : List.of("DEGRADES TOO_NARROW username"));
    assertMended(() -> check(Maps.LAST_LOGIN));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          MARIADB    | VARCHAR(255) CHARACTER SET utf8 COLLATE utf8_general_ci
          MARIADB    | VARCHAR(255) CHARACTER SET latin1 COLLATE latin1_swedish_ci
          MARIADB    | VARCHAR(255) COLLATE utf8mb4_uca1400_ai_ci
          POSTGRESQL | VARCHAR(255) COLLATE caseless
          POSTGRESQL | CITEXT
          SQLITE     | VARCHAR(255) COLLATE NOCASE
          """)
  void mendsTheCollationOfNames(TestDatabases kind, String type) throws Exception {
    open(kind);
    if (kind == TestDatabases.POSTGRESQL) {
      database.execute(
          "CREATE COLLATION IF NOT EXISTS caseless (provider = icu, locale = 'und-u-ks-level2',"
              + " deterministic = false)",
          "CREATE EXTENSION IF NOT EXISTS citext");
    }
    database.execute(
        "CREATE TABLE last_login (username "
            + type
            + " NOT NULL DEFAULT '' PRIMARY KEY, domain VARCHAR(255), imap BIGINT, pop3 BIGINT,"
            + " lda BIGINT)",
        "INSERT INTO last_login VALUES ('Alice', 'b', 1, 2, 3)");

    assertThat(summaries(check(Maps.LAST_LOGIN)))
        .containsExactly("DEGRADES WRONG_COLLATION username");
    assertMended(() -> check(Maps.LAST_LOGIN));

    database.execute("INSERT INTO last_login VALUES ('alice', 'b', 4, 5, 6)");
    assertThat(database.query("SELECT imap FROM last_login WHERE username = 'Alice'"))
        .containsExactly("1");
  }

  @ParameterizedTest
  @EnumSource
  void mendsAllThatIsWrongWithATableAtOnce(TestDatabases kind) throws Exception {
    String text = kind == TestDatabases.SQLITE ? "TEXT COLLATE NOCASE" : "TEXT";
    String collation = kind.isOfMySql() ? " COLLATE utf8mb4_general_ci" : "";
    create(
        kind,
        "last_login",
        "username " + text + collation + ", imap TEXT, domain " + text + ", note VARCHAR(9)");
    database.execute(
        "INSERT INTO last_login VALUES ('a@b.io', '17', 'b.io', 'kept')",
        "CREATE INDEX by_note ON last_login (note)");
    JdbcLastLoginStore store = JdbcLastLoginStore.create(pool());

    List<String> found = summaries(store.check());
    assertThat(found)
        .contains(
            "BREAKS MISSING_COLUMN pop3",
            "BREAKS MISSING_COLUMN lda",
            "DEGRADES WRONG_TYPE imap",
            "BREAKS NO_UNIQUE_KEY",
            "DEGRADES MISSING_INDEX username");
    assertMendedAtOnce(store::check);
    assertThat(database.query("SELECT username, imap, note, pop3 FROM last_login"))
        .containsExactly("a@b.io,17,kept,null");
    assertThat(store.list("b.io", "", 9)).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void findsWhatTheStoreAsksForBesides(TestDatabases kind) throws Exception {
    create(
        kind,
        "last_login",
        "username VARCHAR(255), domain VARCHAR(255), imap BIGINT, pop3 BIGINT, lda BIGINT,"
            + " PRIMARY KEY (domain, username)");
    JdbcLastLoginStore store = JdbcLastLoginStore.create(pool());

    assertThat(summaries(store.check())).containsExactly("DEGRADES MISSING_INDEX username");
    assertMended(store::check);
  }

  @ParameterizedTest
  @EnumSource
  void takesSeveralKeysOfATable(TestDatabases kind) throws Exception {
    DictMaps maps =
        DictMaps.of(
            sieve("priv/sieve/name/$script", "script_name", "script", "id"),
            sieve("priv/sieve/data/$id", "id", "id", "script_data"));
    create(
        kind,
        "scripts",
        "id INTEGER, username VARCHAR(255), script_name VARCHAR(64), script_data VARCHAR(255)");

    assertThat(summaries(check(maps)))
        .containsExactly("BREAKS NO_UNIQUE_KEY", "BREAKS NO_UNIQUE_KEY");
    assertMendedAtOnce(() -> check(maps));
    database.execute("DROP TABLE scripts");
    assertThat(check(maps)).singleElement().satisfies(d -> assertThat(d.statements()).isEmpty());
  }

  private static DictMap sieve(String pattern, String column, String variable, String value) {
    return DictMap.builder(pattern, "scripts")
        .valueField(value, ValueType.STRING)
        .keyField(column, variable)
        .usernameField("username")
        .build();
  }

  @ParameterizedTest
  @EnumSource
  void createsAndChecksATableInASchema(TestDatabases kind) throws Exception {
    database = kind.create();
    String schema =
        switch (kind) {
          case MARIADB, HOST_MARIADB, MYSQL -> database.name();
          case POSTGRESQL -> "Mail";
          case SQLITE -> "main";
        };
    if (kind == TestDatabases.POSTGRESQL) {
      database.execute("CREATE SCHEMA mail");
    }
    DictMap map =
        DictMap.builder("shared/$a/$b/$c/$d/$e", schema + ".Order")
            .valueField("Group", ValueType.UINT)
            .keyField("A", "a")
            .keyField("b", "b")
            .keyField("c", "c")
            .keyField("d", "d")
            .keyField("e", "e")
            .build();
    JdbcSchema jdbc = JdbcSchema.of(DictMaps.of(map));

    jdbc.createMissing(database.dataSource());

    assertThat(jdbc.check(database.dataSource())).isEmpty();
  }

  /** The quota of users, in a table or view of SQLite's. */
  private List<SchemaDiagnostic> checkOfSqlite(String... statements) throws Exception {
    open(TestDatabases.SQLITE);
    database.execute(statements);
    return check(QUOTA);
  }

  @Test
  void aTableThatIsMadeAnewKeepsTheRowsThatReferToIt() throws Exception {
    List<SchemaDiagnostic> found =
        checkOfSqlite(
            "DROP TABLE IF EXISTS note",
            "CREATE TABLE quota (username TEXT COLLATE NOCASE PRIMARY KEY, bytes BIGINT)",
            "CREATE TABLE note (owner TEXT REFERENCES quota ON DELETE CASCADE)",
            "INSERT INTO quota VALUES ('a', 1)",
            "INSERT INTO note VALUES ('a')");
    assertThat(summaries(found)).containsExactly("DEGRADES WRONG_COLLATION username");

    List<String> mend = new ArrayList<>(List.of("PRAGMA foreign_keys=ON"));
    mend.addAll(found.get(0).statements());
    database.execute(mend.toArray(String[]::new));

    assertThat(check(QUOTA)).isEmpty();
    assertThat(database.query("SELECT owner, bytes FROM note JOIN quota ON owner = username"))
        .containsExactly("a,1");
    assertThatThrownBy(
            () -> database.execute("PRAGMA foreign_keys=ON", "INSERT INTO note VALUES ('nobody')"))
        .as("the reference is to the new table")
        .hasMessageContaining("FOREIGN KEY");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE VIEW quota AS SELECT 'a' AS username, CAST(1.5 AS REAL) AS other",
        "CREATE VIEW quota (username, bytes) AS SELECT a, b FROM (SELECT 'a' a, 1.5 b)",
        "CREATE VIRTUAL TABLE quota USING fts5(username, note)"
      })
  void saysNoStatementsForWhatIsNoTableOfSqlites(String statement) throws Exception {
    List<SchemaDiagnostic> found = checkOfSqlite(statement);

    assertThat(summaries(found)).contains("BREAKS NO_UNIQUE_KEY");
    assertThat(found).allSatisfy(diagnostic -> assertThat(diagnostic.statements()).isEmpty());
    String kind = statement.startsWith("CREATE VIEW") ? "VIEW" : "TABLE";
    database.execute("DROP " + kind + " quota");
  }

  @Test
  void findsATableAnywhereInTheSearchPath() throws Exception {
    database = TestDatabases.POSTGRESQL.create();
    database.execute(
        "CREATE SCHEMA other",
        "CREATE SCHEMA mail",
        "CREATE TABLE mail.quota (username VARCHAR(255) COLLATE \"C\" PRIMARY KEY, bytes BIGINT,"
            + " messages BIGINT)",
        "CREATE TABLE other.quota (bytes BIGINT)",
        "ALTER DATABASE " + database.name() + " SET search_path = public, mail, other");
    assertThat(JdbcSchema.of(QUOTA).check(database.dataSource())).isEmpty();
    try (JdbcDict dict = JdbcDict.create(database.dataSource(), QUOTA)) {
      DictTransaction set =
          DictTransaction.builder(DictContext.of("a")).set("priv/quota/storage", "1").build();
      assertThat(dict.commit(set).toCompletableFuture().get(30, TimeUnit.SECONDS))
          .isEqualTo(CommitResult.COMMITTED);
    }
    assertThat(database.query("SELECT * FROM mail.quota")).containsExactly("a,1,null");
  }
}
