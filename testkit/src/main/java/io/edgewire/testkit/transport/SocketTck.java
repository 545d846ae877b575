package io.edgewire.testkit.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.edgewire.api.Connection;
import io.edgewire.testkit.Call;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What only transports on real sockets can do wrong: turn for nothing, and let a vanished peer stay. Beside {@link
 * TransportTck}, for those that have sockets.
 */
public abstract class SocketTck extends TransportFixture {
    private static final List<Path> CONNECTIONS = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
    private static final int LOCAL = 1;
    private static final int REMOTE = 2;
    private static final int TIMER = 5;
    /** A thread that turns takes much more of these hundred milliseconds, also where it has to share a core. */
    private static final long RATHER_IDLE_NANOS = 20_000_000;

    /** For subclasses. */
    protected SocketTck() {}

    /** By proc(5): a timer of kind 02 is the keep-alive's; how long it has to go stands in hundredths of a second. */
    @Test
    void keepAliveIsOnAndAsksAfterFifteenSecondsOfSilence() {
        assumeTrue(Files.isReadable(CONNECTIONS.get(0)), "needs /proc/net/tcp");
        Session session = serveEcho();
        assertEchoes(session);
        int ours = listener.address().getPort();
        int theirs = session.peer().local().getPort();

        String timer = await.value(
                "the keep-alive timer runs", () -> timer(ours, theirs).filter(text -> text.startsWith("02:")));

        assertThat(Long.parseLong(timer.substring(3), 16)).isBetween(1L, 1500L);
    }

    @Test
    void aPeerThatHasHalfClosedCostsNoTime() {
        Session session = serve(handler -> handler.whenPeerClosed(connection -> {}));
        session.peer().halfClose();
        session.handler().await(Call.PEER_CLOSED);

        assertIdle();

        session.connection().send("still here");
        session.peer().expect("still here");
        assertThat(session.handler().count(Call.PEER_CLOSED)).isEqualTo(1);
    }

    @Test
    void aPeerThatDoesNotReadCostsNoTime() {
        Session session = serve(DEFAULTS.withSendQueue(0, 4 * MIB, 8 * MIB), handler -> {});
        session.connection().send(ByteBuffer.allocate(8 * MIB));

        assertIdle();

        assertThat(session.peer().receive(8 * MIB)).hasSize(8 * MIB);
        assertIdle();
    }

    @Test
    void bytesThatWaitWhileTheHandlerHasPausedCostNoTime() {
        Session session = serve(handler -> handler.echo().whenOpen(Connection::pauseReading));
        session.peer().send("wait");
        session.peer().halfClose();

        assertIdle();

        session.connection().resumeReading();
        session.peer().expect("wait");
    }

    private void assertIdle() {
        await.settle(); // whatever is still to be done
        long before = cpuNanos();
        for (int i = 0; i < 4; i++) {
            await.settle();
        }
        assertThat(cpuNanos() - before).isLessThan(RATHER_IDLE_NANOS);
    }

    /** Of the transport's threads; virtual ones are seen by what carries them. */
    private long cpuNanos() {
        ThreadMXBean beans = ManagementFactory.getThreadMXBean();
        Set<Long> ids = threads.alive().stream().map(Thread::getId).collect(Collectors.toSet());
        for (ThreadInfo info : beans.getThreadInfo(beans.getAllThreadIds())) {
            if (info != null && info.getThreadName().startsWith("ForkJoinPool")) {
                ids.add(info.getThreadId());
            }
        }
        return ids.stream()
                .mapToLong(beans::getThreadCpuTime)
                .filter(nanos -> nanos > 0)
                .sum();
    }

    private static Optional<String> timer(int localPort, int remotePort) {
        List<String> lines = new ArrayList<>();
        for (Path file : CONNECTIONS) {
            if (Files.isReadable(file)) {
                try {
                    lines.addAll(Files.readAllLines(file));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return lines.stream()
                .map(line -> line.strip().split(" +"))
                .filter(fields -> hasPort(fields[LOCAL], localPort) && hasPort(fields[REMOTE], remotePort))
                .map(fields -> fields[TIMER])
                .findFirst();
    }

    private static boolean hasPort(String address, int port) {
        return address.endsWith(String.format(":%04X", port));
    }
}
