package io.edgewire.testkit.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.api.CloseReason;
import io.edgewire.api.Connection;
import io.edgewire.api.ConnectionOptions;
import io.edgewire.api.event.ConnectionEvent;
import io.edgewire.testkit.Call;
import io.edgewire.testkit.RecordingHandler;
import io.edgewire.testkit.Rule;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Handlers that do what they please with what they are given, and that nobody else notices: C-3, C-5 to C-8, C-25. */
public abstract class HostileTck extends TransportFixture {
    private static final int NEIGHBOURS = 5;
    /** Timers of one connection; {@code -Dedgewire.timers=1000000} for more. */
    private static final int MANY = Integer.getInteger("edgewire.timers", 100_000);

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

    /** How a handler gives itself work without end. */
    enum Again {
        TASK,
        TIMER
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
                anyPort().withConnection(DEFAULTS.withTaskLimit(MANY)),
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
        AtomicReference<Thread> thread = new AtomicReference<>();
        listen(
                anyPort(),
                handler -> handler.whenBytes((connection, in) -> {
                    if (in.get(in.position()) == '!') {
                        thread.set(Thread.currentThread());
                    }
                    connection.send(in);
                }));
        List<Session> neighbours = neighbours();
        Session session = next();
        session.peer().send("!");
        session.peer().expect("!");

        for (int i = 0; i < 20; i++) {
            thread.get().interrupt();
            neighbours.forEach(TransportFixture::assertEchoes);
        }
    }

    @Test
    @Rule("C-8")
    void fiftyThreadsThatSendAtOnceKeepEachTheirOrderAndLoseNothing() {
        int senders = 50;
        int messages = 100;
        Session session = serve(handler -> {});
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Integer>> sending = new ArrayList<>();
        for (int sender = 0; sender < senders; sender++) {
            byte name = (byte) sender;
            sending.add(async(() -> {
                start.await();
                return sendNumbered(session.connection(), name, messages);
            }));
        }
        start.countDown();

        int[] next = new int[senders];
        for (int i = 0; i < senders * messages; i++) {
            ByteBuffer header = ByteBuffer.wrap(session.peer().receive(3));
            int sender = header.get();
            int number = header.get();
            byte[] body = new byte[header.get()];
            Arrays.fill(body, (byte) sender);
            assertThat(session.peer().receive(body.length)).isEqualTo(body);
            assertThat(number).as("of sender " + sender).isEqualTo(next[sender]++);
        }
        sending.forEach(future -> assertThat(get(future)).isEqualTo(messages));
    }

    @Test
    @Rule("C-6")
    void aBufferThatIsKeptAndTurnedByAnotherThreadDisturbsNoNeighbour() {
        AtomicReference<ByteBuffer> kept = new AtomicReference<>();
        listen(
                anyPort(),
                handler -> handler.whenBytes((connection, in) -> {
                    if (in.get(in.position()) == '!') {
                        kept.set(in);
                    }
                    connection.send(in);
                }));
        Session session = next();
        session.peer().send("!");
        session.peer().expect("!");
        List<Session> neighbours = neighbours();
        CountDownLatch enough = new CountDownLatch(1);
        Future<Integer> turning = async(() -> turn(kept.get(), enough));

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

    @Test
    @Rule("C-7")
    @Rule("C-10")
    void oneHugeSendIsRefusedWholeAndNobodyElseNotices() {
        listen(
                anyPort(),
                handler -> handler.whenBytes((connection, in) -> {
                    if (in.get(in.position()) == '!') {
                        ByteBuffer huge = ByteBuffer.allocate(64 * MIB);
                        assertThat(connection.send(huge)).isFalse();
                        assertThat(huge.remaining()).isEqualTo(64 * MIB);
                    }
                    connection.send(in);
                }));
        List<Session> neighbours = neighbours();
        Session session = next();

        session.peer().send("!");

        assertThat(session.awaitClosed()).isEqualTo(CloseReason.SLOW_PEER);
        neighbours.forEach(TransportFixture::assertEchoes);
    }

    @Test
    @Rule("C-27")
    @Rule("C-28")
    void everyCallMayBeMadeWithinOnDrainedAndOnClosed() {
        List<Throwable> thrown = new CopyOnWriteArrayList<>();
        CompletableFuture<Boolean> heard = new CompletableFuture<>();
        listen(
                anyPort(),
                handler -> handler.whenDrained(connection -> callEverything(connection, thrown))
                        .whenClosed((connection, reason) -> {
                            callEverything(connection, thrown);
                            heard.complete(connection.send("too late"));
                        }));
        Session session = next();
        session.connection().send(ByteBuffer.allocate(DEFAULTS.sendLimit()));
        session.peer().expectReset();

        assertThat(session.handler().calls()).contains(Call.DRAINED);
        assertThat(session.awaitClosed()).isEqualTo(CloseReason.PROTOCOL_ERROR);
        await.until("onClosed has ended", heard::isDone);
        assertThat(heard.join()).isFalse();
        assertThat(thrown).isEmpty();
        assertThat(session.handler().count(Call.CLOSED)).isEqualTo(1);
        await.settle();
        assertThat(guard.violations()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    @Rule("C-3")
    void whoGivesItselfWorkWithoutEndStarvesNobodyAndHearsItsOwnPeer(Again how) {
        listen(
                anyPort(),
                handler -> handler.whenBytes((connection, in) -> {
                    if (in.get(in.position()) == '!') {
                        again(connection, how);
                    }
                    connection.send(in);
                }));
        List<Session> neighbours = neighbours();
        Session session = next();
        session.peer().send("!");
        session.peer().expect("!");

        for (int i = 0; i < 20; i++) {
            assertEchoes(session);
            neighbours.forEach(TransportFixture::assertEchoes);
        }
        CompletableFuture<Void> timer = new CompletableFuture<>();
        session.connection().after(Duration.ofSeconds(1), () -> timer.complete(null));
        advance(Duration.ofSeconds(1));
        await.until("the timer has run", timer::isDone);
        session.connection().close();
        session.peer().close();
        session.awaitClosed();
    }

    @Test
    @Rule("C-13")
    @Rule("C-15")
    void aFloodOfTimersAllRunOrAreCancelledAndTheirMemoryComesBack() {
        ConnectionOptions roomy = DEFAULTS.withTaskLimit(MANY + 10);
        Session session = serve(roomy, RecordingHandler::echo);
        Connection connection = session.connection();
        Plain ran = new Plain();
        List<WeakReference<Runnable>> tasks = new ArrayList<>();
        CompletableFuture<Void> given = new CompletableFuture<>();
        connection.execute(() -> {
            for (int i = 0; i < MANY; i++) {
                Runnable task = () -> ran.count++;
                if (i % 1000 == 0) {
                    tasks.add(new WeakReference<>(task));
                }
                if (i % 2 == 0) {
                    connection.after(Duration.ofSeconds(1), task);
                } else {
                    connection.after(Duration.ofSeconds(1), task).cancel();
                }
            }
            given.complete(null);
        });
        await.until("the timers are given", given::isDone);

        advance(Duration.ofSeconds(1));

        CompletableFuture<Integer> last = new CompletableFuture<>();
        connection.after(Duration.ZERO, () -> last.complete(ran.count));
        await.until("a timer that is due later has run", last::isDone);
        assertThat(last.join()).isEqualTo(MANY / 2);
        assertEchoes(session);
        await.until("nothing holds the tasks", () -> {
            System.gc();
            return tasks.stream().allMatch(task -> task.refersTo(null));
        });
    }

    /** Written by one connection's tasks only. */
    private static final class Plain {
        private int count;
    }

    /** As many that every thread which serves several connections serves one of them. */
    private List<Session> neighbours() {
        List<Session> neighbours = new ArrayList<>();
        for (int i = 0; i < NEIGHBOURS; i++) {
            neighbours.add(next());
        }
        return neighbours;
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

    private static int sendNumbered(Connection connection, byte name, int messages) {
        int taken = 0;
        for (int number = 0; number < messages; number++) {
            byte[] message = new byte[3 + number % 90];
            Arrays.fill(message, name);
            message[1] = (byte) number;
            message[2] = (byte) (message.length - 3);
            taken += connection.send(ByteBuffer.wrap(message)) ? 1 : 0;
        }
        return taken;
    }

    private static void callEverything(Connection connection, List<Throwable> thrown) {
        try {
            connection.send("x");
            connection.pauseReading();
            connection.resumeReading();
            connection.execute(() -> {});
            connection.after(Duration.ZERO, () -> {}).cancel();
            connection.writable();
            connection.reading();
            connection.shutdownOutput();
            connection.close();
            connection.abort(CloseReason.PROTOCOL_ERROR);
        } catch (Throwable e) { // kept for the test, which looks at it
            thrown.add(e);
        }
    }

    private static void again(Connection connection, Again how) {
        Runnable self = () -> again(connection, how);
        switch (how) {
            case TASK -> connection.execute(self);
            case TIMER -> connection.after(Duration.ZERO, self);
        }
    }
}
