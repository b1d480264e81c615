/**
 * Connections, dialects and statements: the SQL of every database side by side, and the
 * transactions in which it is executed. Uses JDBC and the values of maps. Start reading at {@link
 * org.lastlogin.jdbc.sql.Database}; a lookup's SQL is written by {@link
 * org.lastlogin.jdbc.sql.SqlQueries}, a change's by {@link org.lastlogin.jdbc.sql.SqlChanges}.
 *
 * <p>Not exported: its types are public for the packages beside it.
 */
@NullMarked
package org.lastlogin.jdbc.sql;

import org.jspecify.annotations.NullMarked;
