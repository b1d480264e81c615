/**
 * What tests of dict servers need: a client that speaks lines, and recorded traffic with a player
 * for it. Published as the test jar of lastlogin-dictproto. It needs nothing but the JDK and
 * lastlogin-core, except for LeakCheck, which is for those who test with Netty and JUnit.
 */
package org.lastlogin.dictproto.testing;
