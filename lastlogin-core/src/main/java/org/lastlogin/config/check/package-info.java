/**
 * The rules that both formats share. Readers fill a {@link org.lastlogin.config.check.MapDraft}, of
 * which {@link org.lastlogin.config.check.MapChecker} makes a map or reports what is wrong; when
 * all dicts are read, {@link org.lastlogin.config.check.ConfigLint} warns of what is allowed but
 * probably not meant. It may depend on {@code source} and {@code words}, and on the public values
 * of {@link org.lastlogin.config}. Not exported: its types are public for the other packages of
 * config alone. Start reading at {@code MapChecker}.
 */
@NullMarked
package org.lastlogin.config.check;

import org.jspecify.annotations.NullMarked;
