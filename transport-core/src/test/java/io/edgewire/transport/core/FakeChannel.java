package io.edgewire.transport.core;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;

/** A socket that takes as much as it is told to, and gives what it was given. */
class FakeChannel implements LoopChannel {
    private static final byte[] FIN = new byte[0];

    private final ArrayDeque<byte[]> arrived = new ArrayDeque<>();
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    int room = Integer.MAX_VALUE;
    int writes;
    boolean broken;
    boolean finSent;
    boolean closed;
    boolean reset;
    boolean reads;
    boolean writesWanted;

    void arrives(String text) {
        arrived.add(text.getBytes(StandardCharsets.UTF_8));
    }

    void arrives(byte[] bytes) {
        arrived.add(bytes);
    }

    void finArrives() {
        arrived.add(FIN);
    }

    String takenText() {
        return taken.toString(StandardCharsets.UTF_8);
    }

    int takenBytes() {
        return taken.size();
    }

    int unread() {
        return arrived.size();
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        check();
        byte[] next = arrived.peek();
        if (next == null) {
            return 0;
        }
        if (next == FIN) {
            return -1;
        }
        into.put(arrived.poll());
        return next.length;
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        check();
        writes++;
        int count = Math.min(room, from.remaining());
        for (int i = 0; i < count; i++) {
            taken.write(from.get());
        }
        room -= room == Integer.MAX_VALUE ? 0 : count;
        return count;
    }

    @Override
    public void shutdownOutput() throws IOException {
        check();
        finSent = true;
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public void reset() {
        reset = true;
    }

    @Override
    public void interest(boolean read, boolean write) {
        reads = read;
        writesWanted = write;
    }

    @Override
    public int receiveBuffer() {
        return 1000;
    }

    private void check() throws IOException {
        if (broken) {
            throw new IOException("Connection reset by peer");
        }
    }
}
