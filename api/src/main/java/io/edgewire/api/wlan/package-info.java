/**
 * Wi-Fi as Edgewire sees it: a {@link io.edgewire.api.wlan.WlanDevice} is a board's radio, a
 * {@link io.edgewire.api.wlan.Station} is the life that is led on it.
 *
 * <p>The numbered rules (D-1 and so on) stand in {@code docs/spec/device.md}; {@code edgewire-testkit} checks them.
 */
@NullMarked
package io.edgewire.api.wlan;

import org.jspecify.annotations.NullMarked;
