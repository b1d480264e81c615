package org.lastlogin.jdbc.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.mysql.cj.protocol.AuthenticationPlugin;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lastlogin.config.ConnectSettings;
import org.lastlogin.jdbc.testing.TestDatabase;
import org.lastlogin.jdbc.testing.TestDatabases;
import org.mariadb.jdbc.plugin.AuthenticationPluginFactory;

/** The plugins that exist; RogueServerTest has servers that ask for them. */
class AuthPluginsTest {
  private static final String PLUGINS = "com/mysql/cj/protocol/a/authentication/";

  /** A plugin that is new in the driver fails the test until somebody has classified it. */
  private static final Set<String> HARMLESS_OF_MYSQL =
      Set.of(
          "mysql_native_password",
          "authentication_kerberos_client",
          "authentication_ldap_sasl_client", // SCRAM or Kerberos
          "authentication_oci_client",
          "authentication_webauthn_client");

  private static Set<String> listed(JdbcDriver driver, String connect, String property) {
    return Set.of(
        ConnectTargets.of(driver, ConnectSettings.parse(connect))
            .targets()
            .get(0)
            .properties()
            .get(property)
            .split(","));
  }

  @Test
  void knowsAllPluginsOfMySqlsDriver() throws Exception {
    Set<String> plugins = new TreeSet<>();
    Path driver =
        Path.of(
            com.mysql.cj.jdbc.Driver.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    try (JarFile jar = new JarFile(driver.toFile())) {
      for (String name : jar.stream().map(entry -> entry.getName()).toList()) {
        if (name.startsWith(PLUGINS) && name.endsWith(".class")) {
          addPlugin(Class.forName(name.replace(".class", "").replace('/', '.')), plugins);
        }
      }
    }

    plugins.removeAll(
        listed(JdbcDriver.MYSQL, "host=db client_flags=2048", "disabledAuthenticationPlugins"));
    assertThat(plugins).isEqualTo(HARMLESS_OF_MYSQL);
  }

  private static void addPlugin(Class<?> type, Set<String> plugins) throws Exception {
    if (AuthenticationPlugin.class.isAssignableFrom(type)
        && !Modifier.isAbstract(type.getModifiers())) {
      Object plugin = type.getDeclaredConstructor().newInstance();
      plugins.add(((AuthenticationPlugin<?>) plugin).getProtocolPluginName());
    }
  }

  @Test
  void knowsAllPluginsOfMariaDbsDriver() {
    List<String> plugins =
        ServiceLoader.load(AuthenticationPluginFactory.class).stream()
            .map(factory -> factory.get().type())
            .toList();

    assertThat(listed(JdbcDriver.MARIADB, "host=/run/mysqld.sock", "restrictedAuth"))
        .containsExactlyInAnyOrderElementsOf(plugins);
    assertThat(listed(JdbcDriver.MARIADB, "host=db client_flags=2048", "restrictedAuth"))
        .doesNotContain("dialog", "mysql_clear_password", "caching_sha2_password");
  }

  private static void logIn(JdbcDriver driver, TestDatabase database, Map<String, String> settings)
      throws SQLException {
    Map<String, String> all = new HashMap<>(settings);
    all.putIfAbsent("host", "127.0.0.1");
    all.put("port", Integer.toString(database.port()));
    all.put("user", "newcomer");
    all.put("password", database.password());
    try (Connection connection =
        ConnectDataSource.create(driver, ConnectSettings.of(List.of(all))).getConnection()) {
      assertThat(connection.isValid(5)).isTrue();
    }
  }

  /** MySQL needs the password itself, until it has seen it once since it was started. */
  @ParameterizedTest
  @CsvSource({"MYSQL,MARIADB", "MYSQL,MYSQL"})
  void sendsMySqlThePasswordThroughASocketOrWithItsAuthority(TestDatabases mySql, JdbcDriver driver)
      throws Exception {
    TestDatabase database = mySql.create();
    assumeFalse(database.socket().isEmpty(), "skipped: the server runs in a container");
    Map<String, String> socket = Map.of("host", database.socket());
    Path authority = Path.of(database.socket()).resolveSibling("data").resolve("ca.pem");

    for (Map<String, String> trusted : List.of(socket, Map.of("ssl_ca", authority.toString()))) {
      database.execute(
          "DROP USER IF EXISTS newcomer",
          "CREATE USER newcomer IDENTIFIED BY '" + database.password() + "'");
      assertThatThrownBy(() -> logIn(driver, database, Map.of()))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("ssl_ca")
          .hasMessageContaining("Unix socket");

      logIn(driver, database, trusted);
      logIn(driver, database, Map.of());
    }
  }
}
