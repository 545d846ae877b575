package io.edgewire.transport.nio;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.api.Clock;
import io.edgewire.api.Connection;
import io.edgewire.api.ListenOptions;
import io.edgewire.api.ProtocolHandler;
import io.edgewire.api.Registration;
import io.edgewire.api.event.EventSink;
import io.edgewire.testkit.ManualClock;
import io.edgewire.testkit.Rule;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class NioTimerOrderTest {
    private static final Duration EARLY = Duration.ofMillis(10);
    private static final Duration LATE = Duration.ofMillis(20);

    /** Runs something once, at the moment at which a round asks what time it is for its timers. */
    private static final class Interrupting implements Clock {
        private final ManualClock clock = new ManualClock();
        private final AtomicReference<Runnable> atTheNextRound = new AtomicReference<>();

        @Override
        public long nanos() {
            if (atTheNextRound.get() != null && askedByARound()) {
                atTheNextRound.getAndSet(null).run();
            }
            return clock.nanos();
        }

        @Override
        public Registration onJump(Runnable wake) {
            return clock.onJump(wake);
        }

        private static boolean askedByARound() {
            Set<String> callers = StackWalker.getInstance()
                    .walk(frames ->
                            frames.map(StackWalker.StackFrame::getMethodName).collect(Collectors.toSet()));
            return callers.contains("round") && !callers.contains("select") && !callers.contains("guarded");
        }
    }

    @Test
    @Rule("C-15")
    void aTimerThatAnotherThreadGaveBeforeTheClockMovedIsNotOvertaken() throws Exception {
        Interrupting clock = new Interrupting();
        CompletableFuture<Connection> opened = new CompletableFuture<>();
        List<String> ran = new CopyOnWriteArrayList<>();
        CompletableFuture<Void> both = new CompletableFuture<>();
        try (NioTransport transport =
                new NioTransport(NioOptions.DEFAULTS.withLoops(1), Thread::new, clock, EventSink.NONE)) {
            InetSocketAddress address = transport
                    .listen(
                            ListenOptions.on(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
                            () -> new Opening(opened))
                    .address();
            try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
                assertThat(socket.isConnected()).isTrue();
                Connection connection = opened.get(10, TimeUnit.SECONDS);
                connection.after(LATE, () -> {
                    ran.add("late");
                    both.complete(null);
                });
                clock.atTheNextRound.set(() -> {
                    CompletableFuture.runAsync(() -> connection.after(EARLY, () -> ran.add("early")))
                            .join();
                    clock.clock.advance(LATE.multipliedBy(2));
                });
                connection.execute(() -> {});
                both.get(10, TimeUnit.SECONDS);
                assertThat(ran).containsExactly("early", "late");
            }
        }
    }

    @Test
    @Rule("C-15")
    void norIsOneThatWaitsBehindMoreTasksThanARoundRuns() throws Exception {
        Interrupting clock = new Interrupting();
        CompletableFuture<Connection> opened = new CompletableFuture<>();
        List<String> ran = new CopyOnWriteArrayList<>();
        CompletableFuture<Void> both = new CompletableFuture<>();
        try (NioTransport transport =
                new NioTransport(NioOptions.DEFAULTS.withLoops(1), Thread::new, clock, EventSink.NONE)) {
            InetSocketAddress address = transport
                    .listen(
                            ListenOptions.on(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
                            () -> new Opening(opened))
                    .address();
            try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
                assertThat(socket.isConnected()).isTrue();
                Connection connection = opened.get(10, TimeUnit.SECONDS);
                connection.after(LATE, () -> {
                    ran.add("late");
                    both.complete(null);
                });
                clock.atTheNextRound.set(() -> {
                    CompletableFuture.runAsync(() -> giveTasksAndThen(connection, () -> ran.add("early")))
                            .join();
                    clock.clock.advance(LATE.multipliedBy(2));
                });
                connection.execute(() -> {});
                both.get(10, TimeUnit.SECONDS);
                assertThat(ran).containsExactly("early", "late");
            }
        }
    }

    private static void giveTasksAndThen(Connection connection, Runnable early) {
        for (int i = 0; i < 3000; i++) {
            connection.execute(() -> {});
        }
        connection.after(EARLY, early);
    }

    private record Opening(CompletableFuture<Connection> opened) implements ProtocolHandler {
        @Override
        public void onOpen(Connection connection) {
            opened.complete(connection);
        }

        @Override
        public void onBytes(Connection connection, ByteBuffer in) {}
    }
}
