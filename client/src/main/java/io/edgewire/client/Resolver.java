package io.edgewire.client;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Finds the addresses of a name.
 *
 * <p><b>Threads.</b> Called on the executor of the {@link Dialer}, never on a scheduler or a transport; may block.
 */
@FunctionalInterface
public interface Resolver {
    /**
     * The system's. The JDK keeps an answer for 30 seconds and a failure for 10 unless {@code networkaddress.cache.ttl}
     * and {@code networkaddress.cache.negative.ttl} say otherwise: that long a moved server is looked for at its old
     * address.
     */
    Resolver SYSTEM = name -> List.of(InetAddress.getAllByName(name));

    /**
     * The addresses, best first; at least one.
     *
     * @param name as the user gave it; an address in digits is one, too
     * @throws UnknownHostException if there is none, or nobody could tell
     */
    List<InetAddress> addresses(String name) throws UnknownHostException;
}
