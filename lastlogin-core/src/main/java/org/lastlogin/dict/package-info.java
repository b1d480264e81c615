/**
 * Dovecot's key-value abstraction: {@link org.lastlogin.dict.Dict} and the values that go in and
 * out of it.
 *
 * <p>The interface is the hinge of the project: a SQL table, the wire protocol's client, a map in
 * memory and any login store implement it; the server serves whichever it is given. This package
 * depends on no other.
 */
@NullMarked
package org.lastlogin.dict;

import org.jspecify.annotations.NullMarked;
