package org.lastlogin.jdbc.schema;

/**
 * A column that a table has. Immutable.
 *
 * @param name its name
 * @param type its type, as the database names it
 * @param collation the name of its collation; empty if it has none, or the usual one of the
 *     database
 * @param exact whether texts that differ are different to it
 * @param attributes what else its definition says, behind the type, with a space before it; kept by
 *     databases that want the whole definition when a part of it changes
 */
record ColumnShape(String name, String type, String collation, boolean exact, String attributes) {}
