/**
 * When a mailbox last logged in: {@link org.lastlogin.LastLoginStore}, the values that go in and
 * out of it, a store in memory, and the dict that serves any store to Dovecot. It depends on {@link
 * org.lastlogin.dict} and {@link org.lastlogin.map} because {@code LastLoginDict} is a {@code
 * Dict}, so no other package of this module depends on it. Start reading at {@code LastLoginStore}.
 */
@NullMarked
package org.lastlogin;

import org.jspecify.annotations.NullMarked;
