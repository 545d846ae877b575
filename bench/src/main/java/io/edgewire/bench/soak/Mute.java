package io.edgewire.bench.soak;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/** Reads, but answers no heartbeat: the server must end it when enough of them were missed. */
final class Mute extends Client {
    private static final long MARGIN = Duration.ofSeconds(30).toNanos();

    Mute(Herd herd) {
        super(herd);
    }

    @Override
    void connected() {}

    @Override
    void received(ByteBuffer in) {}

    @Override
    void tick(long now) {
        if (now - begun() > herd.limits().silence().toNanos() + MARGIN) {
            herd.suspect(this, "answers no heartbeat and was not ended in time");
            reset();
        }
    }

    @Override
    void peerClosed() {
        dismissed();
    }

    @Override
    void failed(IOException cause) {
        dismissed();
    }

    private void dismissed() {
        if (!isOver()) {
            herd.tally().dismissed.increment();
        }
        leave();
    }
}
