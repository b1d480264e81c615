/**
 * Fixtures for tests of dict servers: a client that sends lines, and recorded traffic with a player
 * for it. Published as the test jar of lastlogin-dictproto. Uses the JDK and lastlogin-core alone,
 * except LeakCheck, which uses Netty and JUnit. Start reading at {@link
 * org.lastlogin.dictproto.testing.TranscriptPlayer}.
 */
package org.lastlogin.dictproto.testing;
