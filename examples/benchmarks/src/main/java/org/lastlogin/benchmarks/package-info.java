/** What things cost, measured with JMH. */
@NullMarked
package org.lastlogin.benchmarks;

import org.jspecify.annotations.NullMarked;
