package io.edgewire.bench.soak;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * More connections from one address than it may have, all at once: exactly as many as are allowed must be greeted, and
 * the others turned away by FIN without a byte. Then all of them reset.
 */
final class Flood {
    private static final int BEYOND = 40;
    private static final long LIMIT = Duration.ofSeconds(60).toNanos();

    private final Herd herd;
    private final long begun = System.nanoTime();
    private final List<Visitor> visitors = new ArrayList<>();
    private int greeted;
    private int refused;
    private boolean over;

    Flood(Herd herd) {
        this.herd = herd;
    }

    /** Those that it consists of; each must be begun from the same address, which nobody else uses. */
    List<Visitor> visitors() {
        for (int i = 0; i < herd.limits().perAddress() + BEYOND; i++) {
            visitors.add(new Visitor());
        }
        return visitors;
    }

    private void decided() {
        if (!over && greeted + refused == visitors.size()) {
            if (greeted != herd.limits().perAddress()) {
                herd.suspect(
                        visitors.get(0),
                        "saw " + greeted + " of " + visitors.size() + " greeted, where "
                                + herd.limits().perAddress() + " are allowed");
            }
            end();
        }
    }

    private void end() {
        over = true;
        visitors.forEach(Client::reset);
    }

    /** One of them. */
    final class Visitor extends Client {
        private boolean counted;

        private Visitor() {
            super(Flood.this.herd);
        }

        @Override
        void connected() {}

        @Override
        void received(ByteBuffer in) {
            if (!counted) {
                counted = true;
                greeted++;
                decided();
            }
        }

        @Override
        void peerClosed() {
            if (counted) {
                herd.suspect(this, "was greeted and then closed");
            } else {
                counted = true;
                refused++;
                herd.tally().refused.increment();
            }
            leave();
            decided();
        }

        @Override
        void failed(IOException cause) {
            super.failed(cause);
            over = true; // the count is not to be had any more
        }

        @Override
        boolean isWaiting() {
            return !counted;
        }

        @Override
        void tick(long now) {
            if (over || now - begun > LIMIT) {
                reset();
            }
        }
    }
}
