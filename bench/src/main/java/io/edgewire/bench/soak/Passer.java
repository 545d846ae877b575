package io.edgewire.bench.soak;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.util.Random;

/**
 * Somebody who wants nothing of the server: connects and leaves at once, or throws bytes of any kind at it and is gone,
 * in the middle of what it would have said. Nothing is expected but that nobody else notices.
 */
final class Passer extends Client {
    /** What it leaves behind. */
    enum Manner {
        /** Leaves before the greeting is there. */
        LOOKS_IN,
        /** Leaves after the greeting, which it has not read: the kernel makes an RST of it. */
        UNREAD,
        /** Sends and resets: the server has sends queued, or bytes not yet read. */
        RESETS,
        /** Sends until the server has all that it wants queued for it, reads nothing of it, and resets. */
        CLOGS,
        /** Sends bytes of every value, in pieces, reads what comes, and leaves by FIN or RST. */
        GARBAGE
    }

    private static final int LONGEST = 48 * 1024;
    private static final int PIECES = 6;
    /** More than the buffers of both kernels and the high mark together. */
    private static final int ENOUGH = 2 * 1024 * 1024;

    /** Of the first bytes; more would be slow to make. */
    private static final int RANDOM = 512;

    private final Manner manner;
    private final Random random;
    private long stays;
    private int pieces = PIECES;
    private long sent;
    private long sentBefore = -1;

    Passer(Herd herd, Manner manner, long seed) {
        super(herd);
        this.manner = manner;
        random = new Random(seed);
        stays = herd.isHasty() ? 0 : random.nextInt(400) * 1_000_000L;
    }

    @Override
    void connected() throws IOException {
        switch (manner) {
            case LOOKS_IN -> leave();
            case UNREAD -> want(SelectionKey.OP_READ, false);
            case RESETS -> {
                want(SelectionKey.OP_READ, false);
                send(random.nextInt(LONGEST));
                if (stays == 0) {
                    reset();
                }
            }
            case CLOGS -> {
                want(SelectionKey.OP_READ, false);
                want(SelectionKey.OP_WRITE, true);
            }
            case GARBAGE -> send(1 + random.nextInt(2000));
        }
    }

    @Override
    void received(ByteBuffer in) throws IOException {
        if (manner == Manner.GARBAGE && pieces > 0) {
            pieces--;
            send(1 + random.nextInt(2000));
        }
    }

    @Override
    void writable() throws IOException {
        send(LONGEST);
    }

    @Override
    void tick(long now) {
        if (manner == Manner.CLOGS) {
            if (sent == sentBefore || sent > ENOUGH) {
                reset();
            }
            sentBefore = sent;
        } else if (now - begun() >= stays) {
            if (manner == Manner.RESETS || random.nextBoolean()) {
                reset();
            } else {
                leave();
            }
        }
    }

    /** The garbage may have held the word upon which the server closes. */
    @Override
    void peerClosed() {
        leave();
    }

    /** It may have closed before it read everything that we threw at it. */
    @Override
    void failed(IOException cause) {
        leave();
    }

    private void send(int length) throws IOException {
        byte[] bytes = new byte[length];
        byte[] front = new byte[Math.min(length, RANDOM)];
        random.nextBytes(front);
        System.arraycopy(front, 0, bytes, 0, front.length);
        sent += channel().write(ByteBuffer.wrap(bytes));
    }
}
