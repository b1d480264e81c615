/**
 * What tests of dict servers need: a client that speaks lines, and recorded traffic with a player
 * for it. Published as the test jar of lastlogin-dictproto; it needs nothing but the JDK and
 * lastlogin-core.
 */
package org.lastlogin.dictproto.testing;
