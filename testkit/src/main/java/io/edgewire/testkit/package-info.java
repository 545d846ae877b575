/** Contract tests and their tools, for who writes a transport, a device or a protocol. */
@NullMarked
package io.edgewire.testkit;

import org.jspecify.annotations.NullMarked;
