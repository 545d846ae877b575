package io.edgewire.testkit.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.api.CloseReason;
import io.edgewire.api.Connection;
import io.edgewire.api.ConnectionOptions;
import io.edgewire.testkit.Call;
import io.edgewire.testkit.RecordingHandler;
import io.edgewire.testkit.Rule;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Handlers that call more than anybody should, and that starve nobody: C-3, C-7, C-8, C-10, C-13, C-15, C-28. */
public abstract class GreedyTck extends TransportFixture {
    /** Timers of one connection; {@code -Dedgewire.timers=1000000} for more. */
    private static final int MANY = Integer.getInteger("edgewire.timers", 100_000);

    /** For subclasses. */
    protected GreedyTck() {}

    /** How a handler gives itself work without end. */
    enum Again {
        TASK,
        TIMER
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
