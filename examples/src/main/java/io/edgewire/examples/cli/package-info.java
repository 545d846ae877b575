/** The {@code edgewire} command line. */
@NullMarked
package io.edgewire.examples.cli;

import org.jspecify.annotations.NullMarked;
