/**
 * The quickstart: plays recorded logins into a dict server, and prints the table. Start reading at
 * {@link org.lastlogin.quickstart.Quickstart}.
 */
@NullMarked
package org.lastlogin.quickstart;

import org.jspecify.annotations.NullMarked;
