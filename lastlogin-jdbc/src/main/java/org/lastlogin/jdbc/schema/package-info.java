/**
 * The tables that maps and stores need: created, checked, and mended by statements that are
 * proposed. Uses the dialects of {@code org.lastlogin.jdbc.sql}; knows neither dict nor store.
 * Start reading at {@link org.lastlogin.jdbc.schema.JdbcSchema}.
 */
@NullMarked
package org.lastlogin.jdbc.schema;

import org.jspecify.annotations.NullMarked;
