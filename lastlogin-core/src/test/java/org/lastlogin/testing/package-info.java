/**
 * Dicts and stores that fail on demand, for the tests of those who use one: published, with the
 * contract suites, as the test jar of lastlogin-core.
 */
package org.lastlogin.testing;
