/**
 * When a mailbox last logged in: {@link org.lastlogin.LastLoginStore}, the values that go in and
 * out of it, a store in memory, and the dict that serves any store to Dovecot.
 */
@NullMarked
package org.lastlogin;

import org.jspecify.annotations.NullMarked;
