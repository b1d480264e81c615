/**
 * Dict maps: which key means which table, row and column, and the matcher that finds the map of a
 * key. This package depends on no other.
 */
@NullMarked
package org.lastlogin.map;

import org.jspecify.annotations.NullMarked;
