/**
 * Configurations of SQL dicts: {@link org.lastlogin.config.DictConfig} reads them, {@link
 * org.lastlogin.config.ConfigWriter} writes them, {@link org.lastlogin.config.DictDefinition} and
 * {@link org.lastlogin.config.DatabaseServer} are the values in them, and {@link
 * org.lastlogin.config.Diagnostic}s point at errors and warnings. Of other packages it depends on
 * {@link org.lastlogin.map} alone. Start reading at {@code DictConfig}.
 *
 * <p>The work is done in packages below, which are not exported. They may use the values here; of
 * what is here, {@code DictConfig} and {@code ConfigWriter} alone use them (the values use {@code
 * words}). Each uses only those below it:
 *
 * <pre>
 *   write             dicts to text
 *   mainfile          main configurations to drafts       mapfile   map files to drafts
 *   check             rules, and warnings of what is probably not meant
 *   source            files, text, places, nodes, diagnostics that are being collected
 *   words             names that Dovecot knows, guesses, secrets
 * </pre>
 *
 * A value knows where it was read only as an {@link org.lastlogin.config.Origin}. The types of
 * {@code source} that implement it remember the characters: a diagnostic made later shows them, and
 * {@code write} finds by them which comments belong to what.
 */
@NullMarked
package org.lastlogin.config;

import org.jspecify.annotations.NullMarked;
