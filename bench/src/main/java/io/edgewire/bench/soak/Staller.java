package io.edgewire.bench.soak;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.time.Duration;

/** Sends without end and never reads: the server must cut it off when its write timeout is over. */
final class Staller extends Client {
    private static final long MARGIN = Duration.ofSeconds(30).toNanos();

    private final ByteBuffer out = ByteBuffer.allocate(8 * 1024);

    Staller(Herd herd) {
        super(herd);
        while (out.hasRemaining()) {
            out.put((byte) '.');
        }
        out.flip();
    }

    @Override
    void connected() {
        want(SelectionKey.OP_READ, false);
        want(SelectionKey.OP_WRITE, true);
    }

    @Override
    void received(ByteBuffer in) {}

    @Override
    void writable() throws IOException {
        out.rewind();
        channel().write(out);
        progressed();
    }

    @Override
    void tick(long now) {
        if (now - begun() > herd.limits().writeTimeout().toNanos() + MARGIN) {
            herd.suspect(this, "reads nothing and was not cut off in time");
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
        herd.tally().dismissed.increment();
        leave();
    }
}
