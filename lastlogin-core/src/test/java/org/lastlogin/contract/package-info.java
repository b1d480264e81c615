/**
 * The contracts of the project's interfaces as test suites. Whoever implements one subclasses its
 * suite, says how a fresh, empty instance comes about, and has the tests.
 */
package org.lastlogin.contract;
