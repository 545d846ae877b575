/**
 * The conversation of {@code edgewire connect}: {@link io.edgewire.examples.connect.Client} speaks,
 * {@link io.edgewire.examples.connect.ClientInput} reads what is to be sent and
 * {@link io.edgewire.examples.connect.ClientOutput} shows what comes. It knows nothing of the command line.
 */
@NullMarked
package io.edgewire.examples.connect;

import org.jspecify.annotations.NullMarked;
