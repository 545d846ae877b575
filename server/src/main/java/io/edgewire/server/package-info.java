/** A server that lives on a Wi-Fi link: station, transport and protocol under one lifecycle, and the log. */
@NullMarked
package io.edgewire.server;

import org.jspecify.annotations.NullMarked;
