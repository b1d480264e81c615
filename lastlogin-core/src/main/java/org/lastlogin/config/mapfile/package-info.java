/**
 * Reads the map files of Dovecot 2.2 and 2.3. {@link org.lastlogin.config.mapfile.MapFileLexer}
 * cuts a file into tokens, {@link org.lastlogin.config.mapfile.MapFileParser} makes nodes of them,
 * and {@link org.lastlogin.config.mapfile.MapFileReader} knows what they mean; {@link
 * org.lastlogin.config.mapfile.ConnectParser} reads the value of {@code connect}. It may depend on
 * {@code check}, {@code source} and {@code words}, and on the public values of {@link
 * org.lastlogin.config}, but not on {@code mainfile}. Not exported: its types are public for {@code
 * DictConfig} alone. Start reading at {@code MapFileReader}.
 */
@NullMarked
package org.lastlogin.config.mapfile;

import org.jspecify.annotations.NullMarked;
