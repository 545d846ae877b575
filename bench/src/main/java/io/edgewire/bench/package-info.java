/** Long runs and measurements; each has a package of its own and a name that {@code bench/run} starts it by. */
@NullMarked
package io.edgewire.bench;

import org.jspecify.annotations.NullMarked;
