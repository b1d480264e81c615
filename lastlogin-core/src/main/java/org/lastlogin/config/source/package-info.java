/**
 * The text of configuration files, whatever their format: {@link
 * org.lastlogin.config.source.SourceFile}s and the {@link org.lastlogin.config.source.Text} in
 * them, whose characters remember where they were, the {@link org.lastlogin.config.source.Node}s
 * that parsers make of it, the places of finished values, and {@link
 * org.lastlogin.config.source.Diagnostics}, which collects errors and warnings. It may depend on
 * the public values of {@link org.lastlogin.config} and on {@code words}. Not exported: its types
 * are public for the other packages of config alone. Start reading at {@code Text}.
 */
@NullMarked
package org.lastlogin.config.source;

import org.jspecify.annotations.NullMarked;
