/**
 * The program {@code lastlogin-dictd}: its options and commands, the configuration, and the running
 * server. It uses the exported packages of the libraries, picocli, HikariCP and Jackson. Start
 * reading at {@link org.lastlogin.dictd.DictDaemon}.
 */
@NullMarked
package org.lastlogin.dictd;

import org.jspecify.annotations.NullMarked;
