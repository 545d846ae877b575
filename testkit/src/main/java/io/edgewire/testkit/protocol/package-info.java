/**
 * For who writes a protocol: a connection in memory and in virtual time, and the contract test of protocol handlers
 * (P-3 to P-9 of {@code docs/spec/protocol.md}).
 */
@NullMarked
package io.edgewire.testkit.protocol;

import org.jspecify.annotations.NullMarked;
