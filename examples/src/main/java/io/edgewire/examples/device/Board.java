package io.edgewire.examples.device;

import io.edgewire.api.Connection;
import io.edgewire.protocols.request.RequestServer;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;

/** A board with one sensor, a thermometer, and one output, a heater that makes it warmer. Safe for several threads. */
final class Board {
    static final byte THERMOMETER = 0;
    static final byte HEATER = 0;

    private static final short COLD = 215;
    private static final short WARM = 265;

    private final Set<Connection> subscribers = new CopyOnWriteArraySet<>();
    private short temperature = COLD;

    synchronized short temperature() {
        return temperature;
    }

    /** Tells the subscribers in the order of the changes, because a send does not wait. */
    synchronized void heat(boolean on) {
        temperature = on ? WARM : COLD;
        for (Connection subscriber : subscribers) {
            RequestServer.notice(
                    subscriber,
                    ByteBuffer.allocate(3)
                            .put(THERMOMETER)
                            .putShort(temperature)
                            .flip());
        }
    }

    synchronized short subscribe(Connection connection) {
        subscribers.add(connection);
        return temperature;
    }

    synchronized void unsubscribe(Connection connection) {
        subscribers.remove(connection);
    }
}
