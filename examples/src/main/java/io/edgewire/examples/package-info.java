/** Small programs that a user copies from; each is run by a test. */
@NullMarked
package io.edgewire.examples;

import org.jspecify.annotations.NullMarked;
