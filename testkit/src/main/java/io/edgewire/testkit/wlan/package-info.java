/**
 * For who writes a board: the contract test of WLAN devices (D-1 to D-14 of {@code docs/spec/device.md}), and a device
 * that does what a test says, for those who write what lives on one.
 */
@NullMarked
package io.edgewire.testkit.wlan;

import org.jspecify.annotations.NullMarked;
