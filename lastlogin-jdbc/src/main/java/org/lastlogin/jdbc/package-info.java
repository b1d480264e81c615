/**
 * A {@link org.lastlogin.dict.Dict} and a {@link org.lastlogin.LastLoginStore} over SQL tables. The
 * top of this module: uses {@code schema}, {@code group} and {@code sql} below it. Start reading at
 * {@link org.lastlogin.jdbc.JdbcDict} or {@link org.lastlogin.jdbc.JdbcLastLoginStore}.
 */
@NullMarked
package org.lastlogin.jdbc;

import org.jspecify.annotations.NullMarked;
