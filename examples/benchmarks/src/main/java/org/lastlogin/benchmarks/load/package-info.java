/** Load on dict servers: {@link org.lastlogin.benchmarks.load.DictLoad} puts it on any. */
@NullMarked
package org.lastlogin.benchmarks.load;

import org.jspecify.annotations.NullMarked;
