package io.edgewire.testkit.transport;

import io.edgewire.testkit.Await;
import io.edgewire.testkit.Peer;
import io.edgewire.testkit.PeerListener;
import io.edgewire.testkit.SocketPeer;
import io.edgewire.testkit.SocketPeerListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * An environment of real sockets on the loopback interface. Needs a system where all of 127.0.0.0/8 is local, as on
 * Linux and Windows; counts sockets where there is {@code /proc}, and elsewhere always tells none.
 */
public abstract class SocketEnvironment implements TransportEnvironment {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Duration limit;
    private final List<AutoCloseable> opened = new ArrayList<>();

    /** Waits 10 seconds at most. */
    protected SocketEnvironment() {
        this(LIMIT);
    }

    /**
     * Waits no longer than the limit; a short one is for those who expect failures.
     *
     * @param limit of each wait
     */
    protected SocketEnvironment(Duration limit) {
        this.limit = limit;
    }

    @Override
    public InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    /** In TEST-NET-1 (RFC 5737), which is nobody's. */
    @Override
    public InetSocketAddress foreignAddress() {
        return new InetSocketAddress(address(192, 0, 2, 1), 0);
    }

    @Override
    public InetSocketAddress refusingAddress() {
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new InetSocketAddress(gone.getInetAddress(), gone.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A port whose backlog is full: the kernel drops what else comes. */
    @Override
    public InetSocketAddress silentAddress() {
        try {
            ServerSocketChannel full = ServerSocketChannel.open();
            opened.add(full);
            full.bind(anyPort(), 1);
            InetSocketAddress address = (InetSocketAddress) full.getLocalAddress();
            for (int i = 0; i < 4; i++) {
                SocketChannel filler = SocketChannel.open();
                opened.add(filler);
                filler.configureBlocking(false);
                filler.connect(address);
            }
            return address;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Peer dial(InetSocketAddress address) {
        return SocketPeer.dial(address, new InetSocketAddress(0), limit);
    }

    @Override
    public Peer dialFromElsewhere(InetSocketAddress address) {
        return SocketPeer.dial(address, new InetSocketAddress(address(127, 0, 0, 2), 0), limit);
    }

    @Override
    public PeerListener listen() {
        return SocketPeerListener.open(limit);
    }

    @Override
    public long openSockets() {
        if (!Files.isDirectory(DESCRIPTORS)) {
            return 0;
        }
        try (Stream<Path> descriptors = Files.list(DESCRIPTORS)) {
            return descriptors.filter(SocketEnvironment::isSocket).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Await await() {
        return Await.realTime(limit);
    }

    @Override
    public void close() {
        for (AutoCloseable resource : opened) {
            try {
                resource.close();
            } catch (Exception e) {
                throw new IllegalStateException("could not close " + resource, e);
            }
        }
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException e) {
            return false; // Closed since it was listed.
        }
    }

    private static InetAddress address(int... bytes) {
        byte[] raw = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            raw[i] = (byte) bytes[i];
        }
        try {
            return InetAddress.getByAddress(raw);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
