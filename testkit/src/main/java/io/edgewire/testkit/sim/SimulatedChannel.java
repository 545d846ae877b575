package io.edgewire.testkit.sim;

import io.edgewire.api.ConnectionOptions;
import io.edgewire.transport.core.ConnectionOwner;
import io.edgewire.transport.core.LoopChannel;
import io.edgewire.transport.core.LoopConnection;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The socket of a connection whose other end is simulated.
 *
 * <p><b>Threads.</b> The loop's.
 */
final class SimulatedChannel implements LoopChannel, SimulatedLoop.Source {
    private final SimulatedLoop loop;
    private final LoopConnection connection;
    private final Trace trace;
    private final ConnectionOptions options;
    private @Nullable End end;
    private Runnable whenEnded = () -> {};

    @SuppressWarnings("NullAway.Init") // Before it is used.
    private OpenConnections group;

    private boolean reads;
    private boolean writes;
    private boolean ended;
    private boolean finSent;

    SimulatedChannel(
            SimulatedNetwork network,
            SimulatedLoop loop,
            long id,
            InetSocketAddress remote,
            ConnectionOptions options,
            ConnectionOwner owner) {
        this.loop = loop;
        this.options = options;
        trace = network.trace();
        connection = new LoopConnection(id, remote, options, loop, this, owner);
    }

    LoopConnection connection() {
        return connection;
    }

    ConnectionOptions options() {
        return options;
    }

    void isOneOf(OpenConnections connections) {
        group = connections;
    }

    /** Those with whom it ends. */
    OpenConnections group() {
        return group;
    }

    /** What to do when this is closed before it was connected. */
    void whenEnded(Runnable work) {
        whenEnded = work;
    }

    void established(End with) {
        if (ended) {
            with.reset();
            return;
        }
        end = with;
        reads = true;
        loop.add(this);
        connection.established(with.local());
    }

    @Override
    public boolean ready() {
        return end != null && (reads && end.readable() || writes && end.writable());
    }

    @Override
    public void run() {
        End socket = end;
        if (socket == null) {
            return;
        }
        boolean toRead = reads && socket.readable();
        if (writes && socket.writable()) {
            connection.writeReady();
        }
        if (toRead && !ended) {
            connection.readReady();
        }
    }

    @Override
    public void discard() {
        connection.fail(SimulatedLoop.over());
    }

    /** Its end of the wire, once it is connected. */
    @Nullable
    End end() {
        return end;
    }

    boolean ended() {
        return ended;
    }

    boolean finSent() {
        return finSent;
    }

    boolean reads() {
        return reads;
    }

    boolean writes() {
        return writes;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        int count = socket().read(into);
        trace.connection(connection.id(), count < 0 ? "reads FIN" : "reads", count);
        return count;
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        int wanted = from.remaining();
        int count = socket().write(from);
        trace.connection(connection.id(), count < wanted ? "writes a part:" : "writes", count);
        return count;
    }

    @Override
    public void shutdownOutput() throws IOException {
        trace.connection(connection.id(), "sends FIN");
        socket().shutdownOutput();
        finSent = true;
    }

    @Override
    public void close() {
        if (leave() && end != null) {
            trace.connection(connection.id(), "closes");
            end.close();
        }
    }

    @Override
    public void reset() {
        if (leave() && end != null) {
            trace.connection(connection.id(), "resets");
            end.reset();
        }
    }

    @Override
    public void interest(boolean read, boolean write) {
        reads = read;
        writes = write;
    }

    @Override
    public int receiveBuffer() {
        return end == null ? 0 : end.receiveBuffer();
    }

    private boolean leave() {
        if (ended) {
            return false;
        }
        ended = true;
        loop.remove(this);
        whenEnded.run();
        return true;
    }

    private End socket() throws IOException {
        if (end == null) {
            throw new IOException("not connected");
        }
        return end;
    }
}
