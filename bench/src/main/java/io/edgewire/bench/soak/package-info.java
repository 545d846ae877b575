/** Real traffic, churn and faults for as long as asked, with an eye on everything that must not grow. */
@NullMarked
package io.edgewire.bench.soak;

import org.jspecify.annotations.NullMarked;
