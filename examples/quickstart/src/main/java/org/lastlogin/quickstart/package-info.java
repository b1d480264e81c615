/** The main job in one command: recorded logins become rows of a table. */
@NullMarked
package org.lastlogin.quickstart;

import org.jspecify.annotations.NullMarked;
