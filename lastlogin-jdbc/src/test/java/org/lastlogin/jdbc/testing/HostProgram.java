package org.lastlogin.jdbc.testing;

import com.arjuna.ats.jta.TransactionManager;
import com.zaxxer.hikari.HikariDataSource;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.agroal.narayana.NarayanaTransactionIntegration;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.lastlogin.jdbc.JdbcLastLoginStore;
import org.lastlogin.jdbc.TransactionMode;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionTemplate;

/** Programs that have transactions of their own, in which they use a store. */
public enum HostProgram {
  /** Spring binds the transaction's connection to the thread, and its proxy hands that out. */
  SPRING {
    @Override
    public Host start(TestDatabase database, Function<DataSource, JdbcLastLoginStore> stores) {
      HikariDataSource pool = database.pool(2);
      DataSource proxy = new TransactionAwareDataSourceProxy(pool);
      JdbcLastLoginStore store = stores.apply(proxy);
      TransactionTemplate template =
          new TransactionTemplate(new DataSourceTransactionManager(pool));
      return new Host(
          (work, commit) ->
              template.executeWithoutResult(
                  status -> {
                    try (Connection connection = proxy.getConnection()) {
                      work.in(store, connection);
                    } catch (SQLException e) {
                      throw new IllegalStateException(e);
                    }
                    if (!commit) {
                      status.setRollbackOnly();
                    }
                  }),
          pool);
    }
  },

  /** A container with JTA: the pool enlists connections in the transaction of the thread. */
  JTA {
    @Override
    public Host start(TestDatabase database, Function<DataSource, JdbcLastLoginStore> stores)
        throws Exception {
      return jta(database, stores, database.url(), null);
    }
  },

  /** The same with the driver's XA. */
  XA {
    @Override
    public Host start(TestDatabase database, Function<DataSource, JdbcLastLoginStore> stores)
        throws Exception {
      String xa =
          switch (database.kind()) {
            case MARIADB, HOST_MARIADB -> "org.mariadb.jdbc.MariaDbDataSource";
            case MYSQL -> "com.mysql.cj.jdbc.MysqlXADataSource";
            case POSTGRESQL -> "org.postgresql.xa.PGXADataSource";
            case SQLITE -> throw new IllegalArgumentException("SQLite has no XA");
          };
      return jta(database, stores, database.url(), Class.forName(xa));
    }
  },

  /** jOOQ, with the connection of its transaction bound to the thread. */
  JOOQ {
    @Override
    public Host start(TestDatabase database, Function<DataSource, JdbcLastLoginStore> stores) {
      HikariDataSource pool = database.pool(2);
      ThreadBound bound = new ThreadBound(pool);
      JdbcLastLoginStore store = stores.apply(bound.dataSource());
      return new Host(
          (work, commit) -> {
            try {
              DSL.using(pool, SQLDialect.DEFAULT)
                  .transaction(
                      transaction ->
                          transaction
                              .dsl()
                              .connection(
                                  connection -> {
                                    bound.with(connection, () -> work.in(store, connection));
                                    if (!commit) {
                                      throw new RollbackException();
                                    }
                                  }));
            } catch (RollbackException e) {
              // As wanted.
            }
          },
          pool);
    }
  },

  /** Jdbi, with the connection of its handle bound to the thread. */
  JDBI {
    @Override
    public Host start(TestDatabase database, Function<DataSource, JdbcLastLoginStore> stores) {
      HikariDataSource pool = database.pool(2);
      ThreadBound bound = new ThreadBound(pool);
      JdbcLastLoginStore store = stores.apply(bound.dataSource());
      return new Host(
          (work, commit) ->
              Jdbi.create(pool)
                  .useTransaction(
                      handle -> {
                        Connection connection = handle.getConnection();
                        bound.with(connection, () -> work.in(store, connection));
                        if (!commit) {
                          handle.rollback();
                        }
                      }),
          pool);
    }
  },

  /** A program that hands its connection to the store. */
  CONNECTION {
    @Override
    public Host start(TestDatabase database, Function<DataSource, JdbcLastLoginStore> stores) {
      HikariDataSource pool = database.pool(2);
      JdbcLastLoginStore store = stores.apply(pool);
      return new Host(
          (work, commit) -> {
            try (Connection connection = pool.getConnection()) {
              connection.setAutoCommit(false);
              work.in(store.on(connection), connection);
              if (commit) {
                connection.commit();
              } else {
                connection.rollback();
              }
            }
          },
          pool);
    }
  };

  /**
   * Starts the program.
   *
   * @param stores makes its store over a data source
   */
  public abstract Host start(TestDatabase database, Function<DataSource, JdbcLastLoginStore> stores)
      throws Exception;

  /** What is done in a transaction, with the store and with the host's own connection. */
  @FunctionalInterface
  public interface Work {
    void in(JdbcLastLoginStore store, Connection connection) throws SQLException;
  }

  /** Runs work in a transaction. */
  @FunctionalInterface
  private interface Runner {
    void run(Work work, boolean commit) throws Exception;
  }

  /** A program that runs; closing it ends it. */
  public static final class Host implements AutoCloseable {
    private final Runner runner;
    private final AutoCloseable pool;

    private Host(Runner runner, AutoCloseable pool) {
      this.runner = runner;
      this.pool = pool;
    }

    /** Does something in a transaction and commits. */
    public void commit(Work work) throws Exception {
      runner.run(work, true);
    }

    /** Does something in a transaction and rolls back. */
    public void rollBack(Work work) throws Exception {
      runner.run(work, false);
    }

    @Override
    public void close() throws Exception {
      pool.close();
    }
  }

  /** Hands out the connection that is bound to the thread, as hosts of this kind do. */
  private static final class ThreadBound {
    private static final ThreadLocal<Connection> BOUND = new ThreadLocal<>();

    private final DataSource pool;

    ThreadBound(DataSource pool) {
      this.pool = pool;
    }

    void with(Connection connection, Bound work) throws SQLException {
      BOUND.set(connection);
      try {
        work.run();
      } finally {
        BOUND.remove();
      }
    }

    DataSource dataSource() {
      return new UnpooledDataSource(
          () -> BOUND.get() == null ? pool.getConnection() : uncloseable(BOUND.get()));
    }

    private static Connection uncloseable(Connection connection) {
      return (Connection)
          Proxy.newProxyInstance(
              HostProgram.class.getClassLoader(),
              new Class<?>[] {Connection.class},
              (proxy, called, arguments) -> {
                if (called.getName().equals("close")) {
                  return null;
                }
                try {
                  return called.invoke(connection, arguments);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              });
    }
  }

  /** What is done while a connection is bound. */
  @FunctionalInterface
  private interface Bound {
    void run() throws SQLException;
  }

  private static final class RollbackException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private static Host jta(
      TestDatabase database,
      Function<DataSource, JdbcLastLoginStore> stores,
      String url,
      Class<?> provider)
      throws Exception {
    // Logs of transactions are for hosts that crash.
    System.setProperty(
        "ObjectStoreEnvironmentBean.objectStoreType",
        "com.arjuna.ats.internal.arjuna.objectstore.VolatileStore");
    System.setProperty("CoordinatorEnvironmentBean.transactionStatusManagerEnable", "NO");
    jakarta.transaction.TransactionManager manager = TransactionManager.transactionManager();
    TransactionSynchronizationRegistry registry =
        new com.arjuna.ats.internal.jta.transaction.arjunacore
            .TransactionSynchronizationRegistryImple();
    Consumer<io.agroal.api.configuration.supplier.AgroalConnectionFactoryConfigurationSupplier>
        driver =
            factory -> {
              factory.jdbcUrl(url);
              if (provider != null) {
                factory.connectionProviderClass(provider);
              }
              if (!database.user().isEmpty()) {
                factory.principal(new NamePrincipal(database.user()));
                factory.credential(new SimplePassword(database.password()));
              }
            };
    AgroalDataSource pool =
        AgroalDataSource.from(
            new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(
                    configuration ->
                        configuration
                            .maxSize(2)
                            .acquisitionTimeout(Duration.ofSeconds(10))
                            .transactionIntegration(
                                new NarayanaTransactionIntegration(manager, registry))
                            .connectionFactoryConfiguration(
                                factory -> {
                                  driver.accept(factory);
                                  return factory;
                                })));
    JdbcLastLoginStore store = stores.apply(pool);
    return new Host(
        (work, commit) -> {
          manager.begin();
          boolean done = false;
          try (Connection connection = pool.getConnection()) {
            work.in(store, connection);
            done = true;
          } finally {
            if (done && commit) {
              manager.commit();
            } else {
              manager.rollback();
            }
          }
        },
        pool);
  }

  /** A store that takes part in the host's transactions. */
  public static JdbcLastLoginStore joining(DataSource dataSource) {
    return JdbcLastLoginStore.builder(dataSource).transactionMode(TransactionMode.JOIN).build();
  }
}
