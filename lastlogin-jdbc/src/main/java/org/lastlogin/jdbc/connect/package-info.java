/**
 * The connect setting of a dict as a data source, for each of the JDBC drivers. The only package
 * here that uses {@code org.lastlogin.config}. Start reading at {@link
 * org.lastlogin.jdbc.connect.ConnectDataSource}; each driver has a {@code Target}.
 */
@NullMarked
package org.lastlogin.jdbc.connect;

import org.jspecify.annotations.NullMarked;
