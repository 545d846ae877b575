package io.edgewire.testkit.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.api.CloseReason;
import io.edgewire.api.Connection;
import io.edgewire.testkit.Call;
import io.edgewire.testkit.RecordingHandler;
import io.edgewire.testkit.Rule;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** That the callbacks of a connection come one at a time, and in which order: C-1 to C-4, P-2. */
public abstract class SerialTck extends TransportFixture {
    /** For subclasses. */
    protected SerialTck() {}

    /** Written without a lock, by callbacks and tasks only. */
    private static final class Plain {
        private int count;
    }

    @Test
    @Rule("C-1")
    void callbacksTimersAndTasksNeedNoLock() {
        Plain plain = new Plain();
        int tasks = 20_000;
        Session session = serve(
                DEFAULTS.withTaskLimit(4 * tasks),
                handler -> handler.whenBytes((connection, in) -> {
                    plain.count += in.remaining();
                    connection.after(Duration.ZERO, () -> plain.count++);
                    connection.send(in);
                }));
        List<Future<Integer>> givers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            givers.add(async(() -> giveTasks(session.connection(), plain, tasks)));
        }
        int rounds = 100;
        for (int i = 0; i < rounds; i++) {
            session.peer().send("x");
            session.peer().expect("x");
        }
        givers.forEach(this::get);
        int all = 3 * tasks + 2 * rounds;
        await.until("the last timer has run", () -> count(session.connection(), plain) >= all);

        assertThat(count(session.connection(), plain)).isEqualTo(all);
        assertThat(guard.violations()).isEmpty();
    }

    @Test
    @Rule("C-1")
    void tasksTimersAndBytesWaitForTheCallbackThatRuns() {
        Gate gate = gate();
        List<String> order = new CopyOnWriteArrayList<>();
        Session session = serve(handler -> handler.whenBytes((connection, in) -> {
            if (order.isEmpty()) {
                order.add("callback");
                gate.pass();
                order.add("callback ends");
            }
        }));
        session.peer().send("x");
        await.until("the handler is busy", gate::isEntered);

        session.connection().execute(() -> order.add("task"));
        session.connection().after(Duration.ZERO, () -> order.add("timer"));
        session.peer().send("y");
        await.settle();
        assertThat(order).containsExactly("callback");
        gate.open();

        await.until("all have run", () -> order.size() == 4);
        session.handler().awaitBytes(2);
        assertThat(order).startsWith("callback", "callback ends").contains("task", "timer");
    }

    @Test
    @Rule("C-2")
    @Rule("P-2")
    void onOpenIsFirstAndOnClosedIsLastHoweverAConnectionEnds() {
        long seed = seed();
        Random random = new Random(seed);
        listen(anyPort(), handler -> handler.echo().whenOpen(connection -> connection.send("hello")));
        int connections = 60;

        for (int i = 0; i < connections; i++) {
            Session session = nextUnsettled();
            session.peer().send("some bytes");
            Connection connection = session.connection();
            int how = random.nextInt(6);
            Future<Integer> ours = async(() -> endOurs(connection, how));
            endTheirs(session, random.nextInt(3));
            get(ours);
        }

        for (RecordingHandler handler : protocol.handlers()) {
            handler.awaitClosed();
        }
        await.settle();
        assertThat(protocol.handlers()).allSatisfy(handler -> {
            assertThat(handler.calls()).as("seed " + seed).startsWith(Call.OPEN).endsWith(Call.CLOSED);
            assertThat(handler.count(Call.OPEN)).isEqualTo(1);
            assertThat(handler.count(Call.CLOSED)).isEqualTo(1);
        });
        assertThat(guard.violations()).as("seed " + seed).isEmpty();
    }

    @Test
    @Rule("P-2")
    void aWholeLifeComesInOrder() {
        Session session = serve(handler -> handler.whenPeerClosed(connection -> {}));
        session.peer().send("x");
        session.handler().awaitBytes(1);
        session.peer().halfClose();
        session.handler().await(Call.PEER_CLOSED);

        listener.stop(Duration.ofSeconds(1));

        assertThat(session.handler().calls())
                .containsExactly(Call.OPEN, Call.BYTES, Call.PEER_CLOSED, Call.STOPPING, Call.CLOSED);
    }

    @Test
    @Rule("C-3")
    void aTaskGivenInACallbackRunsAfterIt() {
        List<String> order = new CopyOnWriteArrayList<>();
        Session session = serve(handler -> handler.whenBytes((connection, in) -> {
            order.add("callback begins");
            connection.execute(() -> {
                order.add("task begins");
                connection.execute(() -> order.add("task of the task"));
                order.add("task ends");
            });
            order.add("callback ends");
        }));

        session.peer().send("x");
        await.until("all have run", () -> order.size() == 5);

        assertThat(order)
                .containsExactly("callback begins", "callback ends", "task begins", "task ends", "task of the task");
    }

    @Test
    @Rule("C-3")
    void theTasksOfOneThreadRunInTheirOrder() {
        List<Integer> order = new ArrayList<>();
        Session session = serve(handler -> {});
        int tasks = 1000;

        for (int i = 0; i < tasks; i++) {
            int number = i;
            assertThat(session.connection().execute(() -> order.add(number))).isTrue();
        }
        roundTrip(session.connection());

        assertThat(order).isEqualTo(IntStream.range(0, tasks).boxed().toList());
    }

    @Test
    @Rule("C-3")
    @Rule("C-8")
    void noSendAndNoTaskOfAnotherThreadIsForgottenWhenTheConnectionFallsAsleep() {
        Session session = serve(handler -> {});
        for (int i = 0; i < 400; i++) {
            session.connection().send("x");
            session.peer().expect("x");
            roundTrip(session.connection());
        }
    }

    @Test
    @Rule("C-4")
    void noCallWaitsForACallbackThatRuns() {
        Gate gate = gate();
        Session session = serve(handler -> handler.whenBytes((connection, in) -> gate.pass()));
        Connection busy = session.connection();
        session.peer().send("x");
        await.until("the handler is busy", gate::isEntered);

        Future<Integer> calls = async(() -> {
            busy.send("y");
            busy.execute(() -> {});
            busy.after(Duration.ofSeconds(1), () -> {}).cancel();
            busy.pauseReading();
            busy.resumeReading();
            busy.writable();
            busy.reading();
            busy.close();
            busy.abort(CloseReason.LIMIT);
            return 0;
        });

        get(calls);
        assertThat(session.handler().closed()).isEmpty();
        gate.open();
        session.awaitClosed();
    }

    @Test
    @Rule("C-4")
    void twoHandlersThatCallOneAnotherDoNotLockUp() {
        Session[] sessions = new Session[2];
        listen(
                anyPort(),
                handler -> handler.whenBytes((connection, in) -> {
                    int other = protocol.handlers().get(0) == handler ? 1 : 0;
                    sessions[other].connection().execute(() -> {});
                    sessions[other].connection().send(in);
                }));
        sessions[0] = next();
        sessions[1] = next();
        int rounds = 200;

        for (int i = 0; i < rounds; i++) {
            sessions[0].peer().send("to one");
            sessions[1].peer().send("to nil");
        }

        assertThat(new String(sessions[0].peer().receive(6 * rounds))).isEqualTo("to nil".repeat(rounds));
        assertThat(new String(sessions[1].peer().receive(6 * rounds))).isEqualTo("to one".repeat(rounds));
    }

    /** Read by a task, as everything of a connection must be; a timer without delay may come after it. */
    private int count(Connection connection, Plain plain) {
        AtomicInteger seen = new AtomicInteger();
        connection.execute(() -> seen.set(plain.count));
        roundTrip(connection);
        return seen.get();
    }

    private static Integer giveTasks(Connection connection, Plain plain, int tasks) {
        for (int i = 0; i < tasks; i++) {
            connection.execute(() -> plain.count++);
        }
        return tasks;
    }

    private static Integer endOurs(Connection connection, int how) {
        switch (how) {
            case 0 -> connection.close();
            case 1 -> connection.abort(CloseReason.PROTOCOL_ERROR);
            case 2 -> connection.execute(connection::close);
            case 3 -> connection.execute(() -> connection.abort(CloseReason.LIMIT));
            default -> connection.send(ByteBuffer.allocate(16 * KIB));
        }
        return how;
    }

    private static void endTheirs(Session session, int how) {
        if (how == 0) {
            session.peer().reset();
        } else {
            // With unread input this may become a reset on the way, which is just as good.
            session.peer().close();
        }
    }
}
