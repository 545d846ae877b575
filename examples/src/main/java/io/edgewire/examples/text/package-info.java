/** What others sent, in words that a terminal can show. */
@NullMarked
package io.edgewire.examples.text;

import org.jspecify.annotations.NullMarked;
