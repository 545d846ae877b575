package io.edgewire.testkit.protocol;

import io.edgewire.api.ConnectionOptions;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** What a {@link ScriptedConnection} sends: received by the peer at once, or queued while it does not read. */
final class Outbox {
    private final ConnectionOptions options;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final ByteArrayOutputStream queue = new ByteArrayOutputStream();

    private boolean held;
    private boolean aboveHighMark;
    private boolean drained;
    private int taken;

    Outbox(ConnectionOptions options) {
        this.options = options;
    }

    /** Takes all bytes, or none if they would pass the limit. */
    boolean add(ByteBuffer bytes) {
        if ((long) queue.size() + bytes.remaining() > options.sendLimit()) {
            return false;
        }
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        if (held) {
            queue.writeBytes(copy);
            aboveHighMark |= queue.size() > options.sendHighMark();
        } else {
            received.writeBytes(copy);
        }
        return true;
    }

    void hold() {
        held = true;
    }

    void release() {
        held = false;
        received.writeBytes(queue.toByteArray());
        queue.reset();
        drained |= aboveHighMark;
        aboveHighMark = false;
    }

    boolean writable() {
        return !aboveHighMark;
    }

    /** Whether {@code onDrained} is due; it is no longer after this. */
    boolean takeDrained() {
        boolean due = drained;
        drained = false;
        return due;
    }

    int queued() {
        return queue.size();
    }

    byte[] received() {
        return received.toByteArray();
    }

    byte[] takeReceived() {
        byte[] all = received.toByteArray();
        byte[] fresh = Arrays.copyOfRange(all, taken, all.length);
        taken = all.length;
        return fresh;
    }
}
