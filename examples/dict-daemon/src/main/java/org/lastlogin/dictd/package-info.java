/** The program {@code lastlogin-dictd}: options, configuration, and the server's life. */
@NullMarked
package org.lastlogin.dictd;

import org.jspecify.annotations.NullMarked;
