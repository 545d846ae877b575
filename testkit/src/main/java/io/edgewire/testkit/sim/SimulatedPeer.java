package io.edgewire.testkit.sim;

import io.edgewire.testkit.Peer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A peer that a script drives. Whenever it waits, the network goes on. */
final class SimulatedPeer implements Peer {
    /** One that took nothing for so long has stopped reading. */
    private static final Duration QUIET = Duration.ofMillis(60);

    private static final int CHUNK = 64 * 1024;
    private static final int END = -1;

    private final SimulatedNetwork network;
    private final End end;

    /** What becomes of a connection that is being opened. */
    static final class Dialling implements BiConsumer<@Nullable End, String> {
        private @Nullable End end;
        private @Nullable String failure;

        @Override
        public void accept(@Nullable End connected, String why) {
            end = connected;
            failure = why;
        }

        boolean isDone() {
            return failure != null;
        }

        End end(InetSocketAddress address) {
            if (end == null) {
                throw new UncheckedIOException(new IOException("could not connect to " + address + ": " + failure));
            }
            return end;
        }
    }

    SimulatedPeer(SimulatedNetwork network, End end) {
        this.network = network;
        this.end = end;
    }

    @Override
    public InetSocketAddress local() {
        return end.local();
    }

    @Override
    public InetSocketAddress remote() {
        return end.other().local();
    }

    @Override
    public void send(byte[] bytes) {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        write(left);
        while (left.hasRemaining()) {
            await("the other end takes " + left.remaining() + " more bytes", end::writable);
            write(left);
        }
    }

    @Override
    public long flood(long most) {
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
        long sent = 0;
        do {
            chunk.clear().limit((int) Math.min(CHUNK, most - sent));
            sent += write(chunk);
        } while (sent < most && network.drive().await(end::writable, QUIET));
        return sent;
    }

    @Override
    public byte[] next() {
        await("the other end sends something", end::readable);
        ByteBuffer into = ByteBuffer.allocate(CHUNK);
        if (read(into) == END) {
            throw new AssertionError("expected bytes but the other end has sent FIN");
        }
        return Arrays.copyOf(into.array(), into.position());
    }

    @Override
    public byte[] receive(int count) {
        ByteBuffer into = ByteBuffer.allocate(count);
        while (into.hasRemaining()) {
            await(count + " bytes have come, " + into.position() + " are here", end::readable);
            if (read(into) == END) {
                throw new AssertionError(
                        "expected " + count + " bytes but the other end has sent FIN after " + into.position());
            }
        }
        return into.array();
    }

    @Override
    public byte[] take(int most) {
        ByteBuffer into = ByteBuffer.allocate(most);
        int count = Math.max(0, read(into));
        return Arrays.copyOf(into.array(), count);
    }

    @Override
    public byte[] receiveAll() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer into = ByteBuffer.allocate(CHUNK);
        int got = 0;
        while (got != END) {
            await("the other end sends FIN after " + all.size() + " bytes", end::readable);
            got = read(into.clear());
            all.write(into.array(), 0, into.position());
        }
        return all.toByteArray();
    }

    @Override
    public void expectReset() {
        ByteBuffer into = ByteBuffer.allocate(CHUNK);
        try {
            int got = 0;
            while (got != END) {
                await("the other end resets the connection", end::readable);
                got = end.read(into.clear());
            }
        } catch (IOException e) {
            return; // A failing read on our own open socket is how a reset shows.
        }
        throw new AssertionError("expected a reset but the other end has sent FIN");
    }

    @Override
    public void halfClose() {
        try {
            end.shutdownOutput();
        } catch (IOException e) {
            throw new AssertionError("could not send FIN", e);
        }
    }

    @Override
    public void reset() {
        end.reset();
    }

    @Override
    public void close() {
        end.close();
    }

    private void await(String what, BooleanSupplier condition) {
        if (!network.drive().await(condition, network.drive().patience())) {
            throw new AssertionError("still waiting until " + what);
        }
    }

    private int read(ByteBuffer into) {
        try {
            return end.read(into);
        } catch (IOException e) {
            throw new AssertionError("expected bytes or FIN but the connection failed: " + e.getMessage(), e);
        }
    }

    private int write(ByteBuffer from) {
        try {
            return end.write(from);
        } catch (IOException e) {
            throw new AssertionError("could not send: " + e.getMessage(), e);
        }
    }
}
