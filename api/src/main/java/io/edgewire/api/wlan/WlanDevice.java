package io.edgewire.api.wlan;

import io.edgewire.api.Registration;
import java.time.Duration;
import java.util.List;

/**
 * A board's Wi-Fi interface in station mode: {@code network.WLAN(0)} on any board.
 *
 * <p><b>Threads.</b> {@link #info}, {@link #capabilities}, {@link #link} and {@link #ifconfig} may be called from any
 * thread and return within milliseconds. {@link #connect}, {@link #disconnect}, {@link #scan} and the two that set an
 * address may block, up to their limit; the caller gives one such call at a time, on a thread that may wait.
 *
 * <p><b>Lifecycle.</b> Created without touching the radio. {@link #close} leaves the network that this device joined,
 * is idempotent and total; afterwards every other method throws {@link WlanException} with
 * {@link WlanException.Kind#CLOSED}.
 *
 * <p><b>Failure.</b> {@link WlanException} where the interface cannot be used. That a network could not be joined is no
 * exception: it is told by {@link #link}.
 *
 * <p><b>Rules.</b> D-1 to D-14.
 */
public interface WlanDevice extends AutoCloseable {
    /** What this interface is. */
    WlanInfo info();

    /** What this board can do beyond joining a network. */
    Capabilities capabilities();

    /** The state of the association, as far as the board can tell. One piece of evidence, never the only one. */
    LinkState link();

    /** The interface's address now; {@link IfConfig#NONE} when it has none. */
    IfConfig ifconfig();

    /**
     * Uses a fixed address instead of DHCP, from now and for later associations.
     *
     * @throws WlanException if the board cannot ({@link Capabilities.Capability#FIXED_ADDRESS})
     */
    void useFixedAddress(IfConfig config);

    /** Asks DHCP for an address, from now and for later associations; the default. */
    void useDhcp();

    /**
     * Joins a network. Returns when the attempt is over or under way; the outcome is {@link #link}.
     *
     * @param credentials borrowed for the length of this call
     * @param limit the longest this call may block; the attempt is given up by then
     */
    void connect(Credentials credentials, Duration limit);

    /** Leaves the network; a device that reconnects by itself is told not to. Harmless when not joined. */
    void disconnect();

    /**
     * The access points in reach, strongest first; empty if there are none or the board cannot scan.
     *
     * @param limit the longest this call may block
     */
    List<AccessPoint> scan(Duration limit);

    /**
     * Asks to be called when {@link #link} or {@link #ifconfig} may have changed. A device without
     * {@link Capabilities.Capability#SIGNALS_CHANGES} never calls, and its user polls.
     *
     * @param wake must not block; called on any thread
     */
    Registration onChange(Runnable wake);

    @Override
    void close();
}
