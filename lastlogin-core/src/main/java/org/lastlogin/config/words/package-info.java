/**
 * Words and what they give away: the names that Dovecot knows ({@link
 * org.lastlogin.config.words.KnownKeys}, {@link org.lastlogin.config.words.ConnectNames}), guesses
 * for misspelt ones, and {@link org.lastlogin.config.words.Secrets}, which decides what must not be
 * shown. It works on strings and depends on {@link org.lastlogin.map} alone, so that the public
 * values of {@link org.lastlogin.config} can use it as well as the readers. Not exported: its types
 * are public for the other packages of config alone. Start reading at {@code Secrets}.
 */
@NullMarked
package org.lastlogin.config.words;

import org.jspecify.annotations.NullMarked;
