package org.lastlogin.jdbc;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.lastlogin.config.ConnectSettings;
import org.lastlogin.config.SqlDriver;

/**
 * The data source that the {@code connect} setting of a dict map file describes. Every connection
 * is a new one: put a pool over it. Immutable, and safe for use by any number of threads.
 *
 * <p>The drivers are not part of this library; the one that is needed is loaded by its name. User
 * and password are kept apart from the URL, and appear neither in {@link #toString()} nor in an
 * exception.
 *
 * <p>What the settings mean is said by libmysqlclient's and libpq's documentation, as far as the
 * JDBC drivers have an equivalent. Without {@code connect_timeout}, a server has 5 seconds to
 * accept a connection. MariaDB and MySQL are spoken to without TLS unless a setting asks for it.
 */
public final class ConnectDataSource implements DataSource {
  private final Driver driver;
  private final String url;
  private final Properties properties;

  private ConnectDataSource(ConnectTarget target) {
    this.driver = target.driver().load();
    this.url = target.url();
    this.properties = new Properties();
    target.properties().forEach(properties::setProperty);
  }

  /**
   * The data source for a setting.
   *
   * @param sqlDriver the database
   * @param connect how to reach it
   * @throws org.lastlogin.config.ConfigException if the setting holds what cannot be used; it
   *     points at the place
   * @throws IllegalStateException if the JDBC driver is missing; the message says what to add
   */
  public static ConnectDataSource create(SqlDriver sqlDriver, ConnectSettings connect) {
    return new ConnectDataSource(ConnectTarget.of(sqlDriver, connect));
  }

  @Override
  public Connection getConnection() throws SQLException {
    // A copy: drivers are known to change what they are given.
    Connection connection = driver.connect(url, (Properties) properties.clone());
    if (connection == null) {
      throw new SQLException("The driver does not know the URL " + url);
    }
    return connection;
  }

  @Override
  public Connection getConnection(String username, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException("The user is the one of the connect setting");
  }

  /** The JDBC URL: hosts, ports and database. */
  @Override
  public String toString() {
    return url;
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) throws SQLException {
    throw new SQLFeatureNotSupportedException("There is no log here");
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
