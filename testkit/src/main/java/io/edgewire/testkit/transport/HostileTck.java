package io.edgewire.testkit.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.api.CloseReason;
import io.edgewire.api.Connection;
import io.edgewire.api.event.ConnectionEvent;
import io.edgewire.testkit.Rule;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Handlers that throw, overflow, interrupt, or keep what they were lent, and that nobody else notices: C-6, C-25. */
public abstract class HostileTck extends TransportFixture {

    /** For subclasses. */
    protected HostileTck() {}

    /** What a handler may throw, declared or not. */
    enum Thrown {
        RUNTIME_EXCEPTION,
        ERROR,
        OUT_OF_MEMORY,
        STACK_OVERFLOW,
        CHECKED_EXCEPTION,
        INTERRUPTED
    }

    @ParameterizedTest
    @EnumSource
    @Rule("C-25")
    void whateverItThrowsEndsItsOwnConnectionAlone(Thrown thrown) {
        listen(
                anyPort(),
                handler -> handler.whenBytes((connection, in) -> {
                    if (in.get(in.position()) == '!') {
                        fail(thrown);
                    }
                    connection.send(in);
                }));
        List<Session> neighbours = neighbours();
        Session session = next();

        session.peer().send("!");

        assertThat(session.awaitClosed()).isEqualTo(CloseReason.HANDLER_FAILED);
        assertThat(events.all(ConnectionEvent.HandlerFailed.class))
                .extracting(ConnectionEvent.HandlerFailed::id)
                .containsExactly(session.id());
        neighbours.forEach(TransportFixture::assertEchoes);
    }

    @Test
    @Rule("C-25")
    void aStackThatOverflowsWithinOurOwnMethodsEndsItsOwnConnectionAlone() {
        listen(
                anyPort().withConnection(DEFAULTS.withTaskLimit(MIB)),
                handler -> handler.whenBytes((connection, in) -> {
                    if (in.get(in.position()) == '!') {
                        callWithoutEnd(connection, 0);
                    }
                    connection.send(in);
                }));
        List<Session> neighbours = neighbours();

        for (int i = 0; i < 10; i++) {
            Session session = next();
            session.peer().send("!");
            assertThat(session.awaitClosed()).isEqualTo(CloseReason.HANDLER_FAILED);
        }

        neighbours.forEach(TransportFixture::assertEchoes);
        CompletableFuture<Void> timer = new CompletableFuture<>();
        neighbours.get(0).connection().after(Duration.ofSeconds(1), () -> timer.complete(null));
        advance(Duration.ofSeconds(1));
        await.until("timers run", timer::isDone);
    }

    @Test
    @Rule("C-25")
    void anInterruptThatItLeavesBehindReachesNobodyElse() {
        List<Session> neighbours = new ArrayList<>();
        AtomicInteger interrupted = new AtomicInteger();
        listen(
                anyPort(),
                handler -> handler.whenBytes((connection, in) -> {
                    connection.send(in);
                    for (Session neighbour : neighbours) {
                        neighbour.connection().execute(() -> {
                            if (Thread.currentThread().isInterrupted()) {
                                interrupted.incrementAndGet();
                            }
                        });
                    }
                    Thread.currentThread().interrupt();
                }));
        for (int i = 0; i < NEIGHBOURS; i++) {
            neighbours.add(next());
        }

        neighbours.forEach(TransportFixture::assertEchoes);

        neighbours.forEach(neighbour -> settle(neighbour.connection()));
        neighbours.forEach(TransportFixture::assertEchoes);
        assertThat(interrupted).hasValue(0);
    }

    @Test
    @Rule("C-25")
    void anInterruptFromOutsideHarmsAtMostTheConnectionOfThatThread() {
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        listen(
                anyPort(),
                handler -> handler.whenBytes((connection, in) -> {
                    if (in.get(in.position()) == '!') {
                        thread.complete(Thread.currentThread());
                    }
                    connection.send(in);
                }));
        List<Session> neighbours = neighbours();
        Session session = next();
        session.peer().send("!");
        session.peer().expect("!");

        for (int i = 0; i < 20; i++) {
            thread.join().interrupt();
            neighbours.forEach(TransportFixture::assertEchoes);
        }
    }

    @Test
    @Rule("C-6")
    void aBufferThatIsKeptAndTurnedByAnotherThreadDisturbsNoNeighbour() {
        CompletableFuture<ByteBuffer> kept = new CompletableFuture<>();
        listen(
                anyPort(),
                handler -> handler.whenBytes((connection, in) -> {
                    if (in.get(in.position()) == '!') {
                        kept.complete(in);
                    }
                    connection.send(in);
                }));
        Session session = next();
        session.peer().send("!");
        session.peer().expect("!");
        List<Session> neighbours = neighbours();
        CountDownLatch enough = new CountDownLatch(1);
        Future<Integer> turning = async(() -> turn(kept.join(), enough));

        for (int i = 0; i < 200; i++) {
            neighbours.forEach(TransportFixture::assertEchoes);
        }
        enough.countDown();
        get(turning);
    }

    @Test
    @Rule("C-6")
    void whateverItDoesToTheBufferTheNextReadIsAsEver() {
        List<String> wrong = new CopyOnWriteArrayList<>();
        Session session = serve(handler -> handler.whenBytes((connection, in) -> {
            if (in.position() != 0 || in.order() != ByteOrder.BIG_ENDIAN || !in.isReadOnly()) {
                wrong.add(in.toString());
            }
            connection.send(in.duplicate());
            in.order(ByteOrder.LITTLE_ENDIAN).position(in.limit()).mark();
            in.limit(0);
        }));
        for (int i = 1; i <= 20; i++) {
            String text = "x".repeat(i);
            session.peer().send(text);
            session.peer().expect(text);
        }
        assertThat(wrong).isEmpty();
    }

    private static void fail(Thrown what) {
        switch (what) {
            case RUNTIME_EXCEPTION -> throw new IllegalStateException("planted");
            case ERROR -> throw new AssertionError("planted");
            case OUT_OF_MEMORY -> throw new OutOfMemoryError("planted");
            case STACK_OVERFLOW -> overflow(0);
            case CHECKED_EXCEPTION -> sneak(new Exception("planted"));
            case INTERRUPTED -> {
                Thread.currentThread().interrupt();
                sneak(new InterruptedException("planted"));
            }
        }
    }

    private static int overflow(int depth) {
        return depth < 0 ? 0 : overflow(depth + 1) + 1; // never below, before the stack ends
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // What languages without checked exceptions do.
    private static <T extends Throwable> void sneak(Throwable thrown) throws T {
        throw (T) thrown;
    }

    private static int callWithoutEnd(Connection connection, int depth) {
        connection.writable();
        connection.reading();
        connection.send("x");
        connection.execute(() -> {});
        connection.after(Duration.ofSeconds(9), () -> {}).cancel();
        return depth < 0 ? 0 : callWithoutEnd(connection, depth + 1) + 1;
    }

    private static int turn(ByteBuffer kept, CountDownLatch enough) {
        int sum = 0;
        while (enough.getCount() > 0) {
            try {
                kept.clear();
                while (kept.hasRemaining()) {
                    sum += kept.get();
                }
                kept.limit(0);
            } catch (RuntimeException e) {
                sum++; // another thread turns it, too: this one does not care
            }
        }
        return sum;
    }
}
