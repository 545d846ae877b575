/**
 * What tests are written with: time that is moved by hand, recorders of callbacks and events, a guard against
 * overlapping callbacks, and a scripted peer.
 *
 * <p>The contract tests stand in the packages below: {@code .transport}, {@code .wlan} and {@code .protocol}.
 */
@NullMarked
package io.edgewire.testkit;

import org.jspecify.annotations.NullMarked;
