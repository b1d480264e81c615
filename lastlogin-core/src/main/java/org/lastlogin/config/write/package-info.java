/**
 * Writes dicts as configurations: {@link org.lastlogin.config.write.MainConfigWriter} for Dovecot
 * 2.4, {@link org.lastlogin.config.write.MapFileWriter} for 2.2 and 2.3. Values that were read know
 * their places in {@code source}, by which {@link org.lastlogin.config.write.Comments} finds the
 * comments next to them; {@link org.lastlogin.config.write.Findings} collects what the format
 * cannot express. It may depend on {@code source} and {@code words}, on the protocols that {@code
 * mainfile} reads, and on the public values of {@link org.lastlogin.config}. Not exported: its
 * types are public for {@code ConfigWriter} alone. Start reading at {@code MainConfigWriter}.
 */
@NullMarked
package org.lastlogin.config.write;

import org.jspecify.annotations.NullMarked;
