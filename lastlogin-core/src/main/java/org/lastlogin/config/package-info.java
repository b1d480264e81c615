/**
 * Reading and writing configurations of SQL dicts: {@link org.lastlogin.config.DictConfig}, {@link
 * org.lastlogin.config.ConfigWriter}, and diagnostics that point at what is wrong.
 *
 * <p>{@link DictConfig} recognises what a file is, a {@code ConfigKind}, and there are two ways on:
 *
 * <ul>
 *   <li>A map file of Dovecot 2.2 and 2.3 goes through the {@code MapFileLexer}, whose {@code
 *       MapFileToken}s the {@code MapFileParser} makes into {@code Section}s and {@code Setting}s.
 *       {@code MapFileReader} and {@code MapFileMapReader} know what they mean.
 *   <li>The classes {@code MainConfig...} read main configurations. {@code MainConfigParser} makes
 *       the same {@code Node}s of {@code MainConfigLines}; {@code MainConfigTree} arranges them in
 *       blocks under long names, of which a {@code MainConfigView} knows what they say together,
 *       and {@code MainConfigValues} works out values when they are asked for. {@code
 *       MainConfigReader} holds the rules of 2.4, {@code MainConfig23Reader} those of earlier
 *       versions, which lead back to map files.
 * </ul>
 *
 * <p>Both end in {@code MapDraft}s, whose rules {@code MapChecker} holds. Every piece of {@code
 * Text} remembers where each of its characters stood. Mistakes are collected in {@code Diagnostics}
 * on the way, and thrown together at the end.
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
