/**
 * Reads main configurations: those of Dovecot 2.4, which hold the maps, and those of 2.2 and 2.3,
 * which name map files. {@link org.lastlogin.config.mainfile.MainConfigParser} makes nodes of
 * lines, {@link org.lastlogin.config.mainfile.MainConfigTree} arranges them in blocks under long
 * names, and {@link org.lastlogin.config.mainfile.MainConfigReader} and {@code MainConfig23Reader}
 * hold the rules; {@link org.lastlogin.config.mainfile.ConfigKind} recognises what a file is. The
 * lexer is not that of map files: Dovecot has other rules for comments, quotes and continued lines
 * here, and values that do not concern dicts must not be evaluated. It may depend on {@code check},
 * {@code source} and {@code words}, and on the public values of {@link org.lastlogin.config}, but
 * not on {@code mapfile}: what reads map files is passed to it. Not exported: its types are public
 * for {@code DictConfig} and {@code write} alone. Start reading at {@code MainConfigReader}.
 */
@NullMarked
package org.lastlogin.config.mainfile;

import org.jspecify.annotations.NullMarked;
