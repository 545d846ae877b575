package io.edgewire.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.edgewire.api.event.ClientEvent;
import io.edgewire.api.event.EventSink;
import io.edgewire.testkit.Await;
import io.edgewire.testkit.ManualClock;
import io.edgewire.testkit.ManualScheduler;
import io.edgewire.testkit.Rule;
import io.edgewire.transport.nio.NioTransport;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Callers that wait for room, each on a thread of its own. */
class WaitingForRoomTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ManualScheduler scheduler = new ManualScheduler();
    private final NioTransport transport = NioTransport.create(EventSink.NONE);
    private final List<ClientEvent> told = new ArrayList<>();
    private final ReconnectingClient client = client(told::add);

    @AfterEach
    void close() {
        client.close();
        scheduler.runDue();
        transport.close();
    }

    private ReconnectingClient client(java.util.function.Consumer<ClientEvent> states) {
        ClientOptions options = ClientOptions.to("127.0.0.1", 1)
                .withQueue(QueueOptions.DEFAULTS.withRoom(1, 100).withPatience(PATIENCE));
        Dialer dialer = new Dialer(transport, scheduler, Runnable::run);
        return new ReconnectingClient(
                options, dialer, () -> World.answers(number -> {}), event -> states.accept((ClientEvent) event));
    }

    /** Calls on another thread, and returns when that waits. */
    private CompletableFuture<Outgoing> sendAndWait() {
        CompletableFuture<Outgoing> sent = new CompletableFuture<>();
        CountDownLatch begun = new CountDownLatch(1);
        Thread caller = new Thread(() -> {
            begun.countDown();
            try {
                sent.complete(client.send(ByteBuffer.allocate(1)));
            } catch (RuntimeException e) {
                sent.completeExceptionally(e);
            }
        });
        caller.setDaemon(true);
        caller.start();
        Await.REAL_TIME.until("the caller waits", () -> caller.getState() == Thread.State.TIMED_WAITING);
        return sent;
    }

    private static Outgoing get(CompletableFuture<Outgoing> sent) {
        Await.REAL_TIME.until("the caller has its answer", sent::isDone);
        return sent.join();
    }

    @Test
    @Rule("R-13")
    void theCallerIsRefusedWhenItsPatienceIsOver() {
        client.send(ByteBuffer.allocate(1));
        CompletableFuture<Outgoing> second = sendAndWait();

        scheduler.clock().advance(PATIENCE.minusNanos(1));
        assertThat(second).isNotDone();
        scheduler.clock().advance(Duration.ofNanos(1));

        assertThat(World.outcome(get(second))).isEqualTo(Outcome.NOT_SENT);
    }

    @Test
    @Rule("R-13")
    void theEndOfTheClientEndsTheWait() {
        client.send(ByteBuffer.allocate(1));
        CompletableFuture<Outgoing> second = sendAndWait();

        client.close();
        scheduler.runDue();

        assertThat(World.outcome(get(second))).isEqualTo(Outcome.NOT_SENT);
    }

    @Test
    @Rule("R-13")
    void roomEndsTheWait() {
        Waiting queue = new Waiting(
                QueueOptions.DEFAULTS.withRoom(1, 100).withPatience(Duration.ofMinutes(5)), new ManualClock());
        queue.offer(ByteBuffer.allocate(1), new ArrayList<>());
        CompletableFuture<Outgoing> second = new CompletableFuture<>();
        Thread caller = new Thread(() -> second.complete(queue.offer(ByteBuffer.allocate(1), new ArrayList<>())));
        caller.start();
        Await.REAL_TIME.until("the caller waits", () -> caller.getState() == Thread.State.TIMED_WAITING);

        assertThat(queue.poll()).isNotNull();

        assertThat(get(second).number()).isEqualTo(2);
    }

    @Test
    @Rule("R-13")
    void anInterruptedCallerIsRefusedAndStaysInterrupted() {
        client.send(ByteBuffer.allocate(1));

        Thread.currentThread().interrupt();
        Outgoing second = client.send(ByteBuffer.allocate(1));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(World.outcome(second)).isEqualTo(Outcome.NOT_SENT);
    }

    @Test
    @Rule("R-13")
    void withinACallbackOfTheClientNobodyMayWait() {
        List<RuntimeException> thrown = new ArrayList<>();
        ReconnectingClient[] made = new ReconnectingClient[1];
        made[0] = client(event -> {
            try {
                made[0].send(ByteBuffer.allocate(1));
            } catch (IllegalStateException e) {
                thrown.add(e);
            }
        });

        made[0].start();
        scheduler.runDue();
        made[0].close();
        scheduler.runDue();

        assertThat(thrown).isNotEmpty();
        assertThat(thrown.get(0)).hasMessageContaining("must not wait for room");
        assertThatIllegalStateException().isThrownBy(() -> {
            throw thrown.get(0);
        });
    }
}
