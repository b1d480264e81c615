package org.lastlogin.jdbc.connect;

import java.io.IOException;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.lastlogin.config.ConnectSettings;
import org.lastlogin.config.Diagnostic;
import org.lastlogin.config.SqlDriver;

/**
 * The data source that the {@code connect} setting of a dict map file, or the blocks of a main
 * configuration, describe. Every connection is a new one, to the first of the servers that accepts
 * it: put a pool over it. Immutable, and safe for use by any number of threads.
 *
 * <p>The drivers are not part of this library; the one that is needed is loaded by its name: for
 * {@code mysql} MariaDB's, or MySQL's where that one is missing. User and password are kept apart
 * from the URL, and appear neither in {@link #toString()} nor in an exception.
 *
 * <p>The documentation of libmysqlclient and libpq describes the settings. A setting without an
 * equivalent in the JDBC driver is one of the {@link #warnings()}, not an error: a configuration
 * that works in Dovecot works here. A name that Dovecot would refuse is an error. Without {@code
 * connect_timeout}, a server has 5 seconds to accept a connection, and as long for each answer
 * until the user is logged in. MariaDB and MySQL are spoken to without TLS unless a setting asks
 * for it.
 *
 * <p>A server that asks for the password itself, or for a form that reveals it, gets it only
 * through a Unix socket or over TLS that verifies its certificate: any local user can take the port
 * of a database that restarts. MySQL 8 at {@code 127.0.0.1} without TLS is refused for that reason,
 * unless it has the user in its cache; libmysqlclient uses TLS there without verifying the server.
 * No server gets files.
 */
public final class ConnectDataSource implements DataSource {
  private final Driver driver;
  private final ConnectTargets connect;

  private ConnectDataSource(JdbcDriver driver, ConnectTargets connect) {
    this.driver = driver.load();
    this.connect = connect;
    if (!connect.targets().stream().allMatch(ConnectTarget::isTrusted)) {
      driver.requireRestriction(this.driver);
    }
    if (connect.targets().stream().anyMatch(ConnectTarget::checksGreeting)) {
      CheckedGreeting.requireVisibleTo(this.driver.getClass().getClassLoader());
    }
  }

  /**
   * Returns the data source for a setting.
   *
   * @param sqlDriver the database
   * @param connect how to reach it
   * @throws org.lastlogin.config.ConfigException if the setting cannot be used; it points at the
   *     place
   * @throws IllegalStateException if the JDBC driver is missing, or too old to keep the password
   *     from a server that is not verified; the message says what to add
   */
  public static ConnectDataSource create(SqlDriver sqlDriver, ConnectSettings connect) {
    return create(JdbcDriver.of(sqlDriver), connect);
  }

  static ConnectDataSource create(JdbcDriver driver, ConnectSettings connect) {
    return new ConnectDataSource(driver, ConnectTargets.of(driver, connect));
  }

  /**
   * Returns a warning for each setting without an equivalent in the JDBC driver, with its place in
   * the file and what is done instead.
   */
  public List<Diagnostic> warnings() {
    return connect.warnings();
  }

  /**
   * Returns a connection to the first server that accepts one. If none does, the failure is that of
   * the last; those of the others are its suppressed exceptions.
   */
  @Override
  public Connection getConnection() throws SQLException {
    List<SQLException> failures = new ArrayList<>();
    for (ConnectTarget target : connect.targets()) {
      try {
        return connect(target);
      } catch (SQLException e) {
        failures.add(e);
      }
    }
    SQLException last = failures.remove(failures.size() - 1);
    failures.forEach(last::addSuppressed);
    throw last;
  }

  private Connection connect(ConnectTarget target) throws SQLException {
    try {
      return open(target);
    } catch (SQLException e) {
      Optional<ConnectTarget> encrypted = target.encrypted(e);
      if (encrypted.isPresent()) {
        return open(encrypted.get());
      }
      throw target.explained(e);
    }
  }

  private Connection open(ConnectTarget target) throws SQLException {
    // A copy, because some drivers change the properties they get.
    Properties properties = new Properties();
    try {
      target.allProperties().forEach(properties::setProperty);
    } catch (IOException e) {
      throw new SQLException("Cannot write the key store for the driver: " + e.getMessage(), e);
    }
    boolean forLoginAlone = limitLogin(properties);
    Connection connection = connect(target.url(), properties);
    if (connection == null) {
      throw new SQLException("The driver does not know the URL " + target.url());
    }
    if (forLoginAlone) {
      unlimit(connection);
    }
    return connection;
  }

  private @Nullable Connection connect(String url, Properties properties) throws SQLException {
    try {
      return driver.connect(url, properties);
    } catch (IllegalStateException e) {
      // MariaDB's driver throws this when it refuses to send the password in clear.
      throw new SQLException(e.getMessage(), "08004", e);
    }
  }

  /**
   * Limits the time of each answer during the login, for which drivers count only the network's
   * connection. MySQL's driver waits forever for a server that accepts and never answers, and
   * PostgreSQL's {@code loginTimeout} leaves a thread and a connection behind.
   *
   * @return whether the limit that it has now is for the login alone
   */
  private static boolean limitLogin(Properties properties) {
    String limit = properties.getProperty("connectTimeout");
    return limit != null && properties.putIfAbsent("socketTimeout", limit) == null;
  }

  private static void unlimit(Connection connection) throws SQLException {
    try {
      connection.setNetworkTimeout(Runnable::run, 0);
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  @Override
  public Connection getConnection(String username, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException("The user is the one of the connect setting");
  }

  /** Returns the JDBC URLs: hosts, ports and database; and the Unix sockets. */
  @Override
  public String toString() {
    return connect.targets().stream()
        .map(ConnectTarget::toString)
        .collect(Collectors.joining(", "));
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) throws SQLException {
    throw new SQLFeatureNotSupportedException("This data source has no log writer");
  }

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    throw new SQLFeatureNotSupportedException("The time-out is the one of the connect setting");
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    return driver.getParentLogger();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    if (!type.isInstance(this)) {
      throw new SQLException("Not a " + type.getName());
    }
    return type.cast(this);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return type.isInstance(this);
  }
}
