package io.edgewire.testkit.wlan;

import io.edgewire.api.Clock;
import io.edgewire.api.wlan.WlanDevice;
import io.edgewire.testkit.Await;

/**
 * The world around a WLAN device under test: the air, and the time that passes in it. A new one serves each test; there
 * is no access point in it, and DHCP answers.
 *
 * <p><b>Threads.</b> Called by the thread of the test. The device's blocking calls are made on another, while the test
 * waits by {@link #await}, so a simulation runs itself in there.
 */
public interface WlanEnvironment extends AutoCloseable {
    /** A device that nobody has used. */
    WlanDevice newDevice();

    /** Whether a device has asked anything of its radio or network so far. */
    boolean touched();

    /** Switches an access point on. */
    void add(ScriptedAccessPoint point);

    /** Every access point goes out of reach. */
    void lose();

    /** Ends what {@link #lose} began. */
    void comeBack();

    /** DHCP does not answer from now on. */
    void stopDhcp();

    /** The time that the device lives in. */
    Clock clock();

    /** How the tests wait; {@code settle} lets several seconds of the device's time pass. */
    Await await();

    @Override
    void close();
}
