package org.lastlogin.jdbc.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.lastlogin.config.ConfigException;
import org.lastlogin.config.ConnectSettings;
import org.lastlogin.jdbc.testing.TestDatabase;
import org.lastlogin.jdbc.testing.TestDatabases;

/** A password is seen in nothing that anybody may print: neither ours nor the drivers'. */
class ConnectSecrecyTest {
  private static final String MARKER = "Marker0fSecrecy";

  private final Logger root = Logger.getLogger("");
  private final Level level = root.getLevel();
  private final List<LogRecord> logged = new ArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          logged.add(record);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  /** The drivers of PostgreSQL and MySQL log by java.util.logging. */
  @BeforeEach
  void listen() {
    root.setLevel(Level.ALL);
    root.addHandler(handler);
  }

  @AfterEach
  void stopListening() {
    root.removeHandler(handler);
    root.setLevel(level);
  }

  private static Map<String, String> server(JdbcDriver driver) {
    TestDatabase database =
        (driver == JdbcDriver.POSTGRESQL ? TestDatabases.POSTGRESQL : TestDatabases.MARIADB)
            .create();
    Map<String, String> settings = new HashMap<>();
    settings.put("host", database.host());
    settings.put("port", Integer.toString(database.port()));
    settings.put("dbname", database.name());
    settings.put("user", "no-such-user");
    settings.put("password", MARKER);
    return settings;
  }

  private static String printed(Throwable failure) {
    StringWriter out = new StringWriter();
    failure.printStackTrace(new PrintWriter(out, true));
    return out.toString();
  }

  /** What is wrong with the server, and still a password is given. */
  @ParameterizedTest
  @CsvSource({
    "MARIADB,,",
    "MARIADB,port,1",
    "MARIADB,host,no-such-host.invalid",
    "MARIADB,host,::",
    "MARIADB,dbname,no_such_database",
    "MARIADB,host,/no/such/socket",
    "MARIADB,ssl,yes",
    "MYSQL,,",
    "MYSQL,port,1",
    "MYSQL,host,no-such-host.invalid",
    "MYSQL,host,::",
    "MYSQL,dbname,a@b(c)",
    "MYSQL,host,/no/such/socket",
    "MYSQL,ssl,yes",
    "POSTGRESQL,,",
    "POSTGRESQL,port,1",
    "POSTGRESQL,host,no-such-host.invalid",
    "POSTGRESQL,host,'::,:::'",
    "POSTGRESQL,dbname,%zz",
    "POSTGRESQL,host,/no/such/socket",
    "POSTGRESQL,sslmode,verify-full",
    "POSTGRESQL,service,no-such-service",
    "POSTGRESQL,require_auth,none",
  })
  void isNotInAFailure(JdbcDriver driver, String name, String value) {
    Map<String, String> settings = server(driver);
    if (name != null) {
      settings.put(name, value);
    }
    if (driver == JdbcDriver.POSTGRESQL && name == null) {
      settings.put("options", "-c nonsense");
    }
    ConnectDataSource source =
        ConnectDataSource.create(driver, ConnectSettings.of(List.of(settings)));

    Throwable failure = catchThrowable(() -> source.getConnection().close());

    assertThat(failure).isInstanceOf(SQLException.class);
    assertThat(printed(failure)).doesNotContain(MARKER);
    assertThat(source.toString()).doesNotContain(MARKER);
    assertLogged();
  }

  private void assertLogged() {
    for (LogRecord entry : logged) {
      assertThat(entry.getMessage() + List.of(parameters(entry))).doesNotContain(MARKER);
      if (entry.getThrown() != null) {
        assertThat(printed(entry.getThrown())).doesNotContain(MARKER);
      }
    }
  }

  private static Object[] parameters(LogRecord entry) {
    Object[] parameters = entry.getParameters();
    return parameters == null
        ? new Object[0]
        : Arrays.stream(parameters).map(String::valueOf).toArray();
  }

  /** What cannot be used at all. */
  @ParameterizedTest
  @CsvSource({
    "MARIADB,host=db:" + MARKER + "@x",
    "MARIADB,host=db password=" + MARKER + " colour=red",
    "MARIADB,host=db password=" + MARKER + " port=x",
    "MARIADB,host=db password=" + MARKER + " port=99999",
    "MARIADB,host=db passwrod=" + MARKER,
    "MARIADB,host=db password=" + MARKER + " dbname=a?b",
    "MYSQL,host=db ssl_key=/nonexistent password=" + MARKER,
    "POSTGRESQL,postgresql://u:" + MARKER + "@db/x",
    "POSTGRESQL,host=db pasword=" + MARKER,
    "POSTGRESQL,host=db sslmode=nonsense password=" + MARKER,
    "POSTGRESQL,host=db sslpassword=" + MARKER + " sslsnl=0",
    "SQLITE,/a.db password=" + MARKER,
    "SQLITE,file:/a.db?password=" + MARKER,
  })
  void isNotInWhatIsSaidOfAMistake(JdbcDriver driver, String connect) {
    Throwable failure =
        catchThrowable(() -> ConnectDataSource.create(driver, ConnectSettings.parse(connect)));

    assertThat(failure).isInstanceOf(ConfigException.class);
    assertThat(printed(failure)).doesNotContain(MARKER);
  }

  @ParameterizedTest
  @EnumSource(names = "SQLITE", mode = EnumSource.Mode.EXCLUDE)
  void isNotInAnyText(JdbcDriver driver) {
    ConnectSettings connect =
        ConnectSettings.parse(
            "host=db host=/run/socket maxconns=3 user=u dbname=d password=" + MARKER);
    ConnectTargets targets = ConnectTargets.of(driver, connect);

    assertThat(targets.targets())
        .allSatisfy(target -> assertThat(target.properties()).containsValue(MARKER));
    assertThat(targets.toString()).doesNotContain(MARKER);
    assertThat(targets.warnings()).isNotEmpty();
    assertThat(targets.warnings().toString()).doesNotContain(MARKER);
    assertThat(targets.warnings().get(0).render()).doesNotContain(MARKER);
  }

  @Test
  void isNotInAConnectionsText() throws Exception {
    TestDatabase database = TestDatabases.MARIADB.create();
    for (JdbcDriver driver : List.of(JdbcDriver.MARIADB, JdbcDriver.MYSQL)) {
      Map<String, String> settings = server(driver);
      settings.put("user", database.user());
      settings.put("password", database.password());
      try (Connection connection =
          ConnectDataSource.create(driver, ConnectSettings.of(List.of(settings))).getConnection()) {
        assertThat(connection + connection.getMetaData().getURL())
            .doesNotContain(database.password());
      }
    }
  }
}
