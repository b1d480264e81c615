/**
 * Two small users of the library, as an admin panel and a mail daemon have them. How they are
 * tested is the example.
 */
@NullMarked
package org.lastlogin.storemocking;

import org.jspecify.annotations.NullMarked;
