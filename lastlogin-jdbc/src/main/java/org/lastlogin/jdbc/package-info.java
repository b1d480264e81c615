/** A {@link org.lastlogin.dict.Dict} and a {@link org.lastlogin.LastLoginStore} over SQL tables. */
@NullMarked
package org.lastlogin.jdbc;

import org.jspecify.annotations.NullMarked;
