/**
 * Two small classes that use the library, one of an admin panel and one of a mail daemon. The
 * example is how their tests replace the database and the dict server.
 */
@NullMarked
package org.lastlogin.storemocking;

import org.jspecify.annotations.NullMarked;
