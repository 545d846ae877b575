/** Wi-Fi stations: simulated, on Linux, and on K230 boards that run CanMV MicroPython. */
@NullMarked
package io.edgewire.device.k230;

import org.jspecify.annotations.NullMarked;
