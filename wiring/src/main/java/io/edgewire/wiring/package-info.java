/** How modules are put together: Guice binders by name, and a reader of HOCON that knows every key. */
@NullMarked
package io.edgewire.wiring;

import org.jspecify.annotations.NullMarked;
