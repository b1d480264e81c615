/**
 * Reading and writing dict map configurations: {@link org.lastlogin.config.DictConfig}, {@link
 * org.lastlogin.config.ConfigWriter}, and diagnostics that point at what is wrong.
 *
 * <p>The way through the package: a {@code SourceFile} goes through the {@code Lexer}, whose {@code
 * Token}s the {@code Parser} makes into {@code Section}s and {@code Setting}s. So far nothing knows
 * what a dict map is; {@code MapFileReader} and {@code MapReader} do, and hold the rules of the
 * file that Dovecot 2.2 and 2.3 read. Every piece of {@code Text} remembers where each of its
 * characters stood. Mistakes are collected in {@code Diagnostics} on the way, and thrown together
 * at the end.
 *
 * <p>And the way back: {@code MainConfigWriter} and {@code MapFileWriter} turn dicts into {@code
 * ConfigLines}. Where each thing stood says which of the {@code Comments} belong to it; those were
 * noted in the {@code SourceFile} when it was read.
 *
 * <p>This package depends on {@link org.lastlogin.map} alone, and nothing depends on it.
 */
@NullMarked
package org.lastlogin.config;

import org.jspecify.annotations.NullMarked;
