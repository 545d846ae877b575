package io.edgewire.protocols.request;

import io.edgewire.api.Scheduler;
import io.edgewire.api.Timer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks: gives each request a number, finds its reply by it, and ends it in time whatever happens.
 *
 * <p><b>Threads.</b> Any. A reply completes its stage on the thread that received it, the end of the time on the
 * scheduler's: what depends on it must not block.
 *
 * <p><b>Lifecycle.</b> Outlives connections where its {@link Sender} does.
 *
 * <p><b>Failure.</b> By the stage of each request, with a {@link RequestException}.
 *
 * <p><b>Rules.</b> Q-1 to.
 */
public final class Requests {
    /** The way to the other side: a connection, or a client that comes back. */
    @FunctionalInterface
    public interface Sender {
        /**
         * Sends a message.
         *
         * @param message one whole message, which may be kept
         * @param lost told, now or later and on any thread, if no reply can come; whatever is told after the reply or a
         *     second time is ignored
         * @return done when the reply comes: the proof that the message has arrived
         */
        Runnable send(ByteBuffer message, Consumer<RequestException> lost);
    }

    private final Scheduler scheduler;
    private final Sender sender;
    private final Duration limit;
    private final Consumer<? super ByteBuffer> notices;
    private final Semaphore room;
    private final AtomicInteger numbers = new AtomicInteger();
    private final Map<Integer, Pending> underWay = new ConcurrentHashMap<>();

    /**
     * One that has asked nothing yet.
     *
     * @param most how many requests may be under way, 1 or more
     * @param limit how long each may take, from the call on, more than zero
     * @param notices gets the body of each notice, lent for the length of the call
     */
    public Requests(
            int most, Duration limit, Scheduler scheduler, Sender sender, Consumer<? super ByteBuffer> notices) {
        if (most < 1) {
            throw new IllegalArgumentException("most is " + most + ", but must be 1 or more");
        }
        this.limit = checked(limit);
        this.scheduler = Objects.requireNonNull(scheduler, "scheduler");
        this.sender = Objects.requireNonNull(sender, "sender");
        this.notices = Objects.requireNonNull(notices, "notices");
        room = new Semaphore(most);
    }

    /** Asks, with the usual limit of time. */
    public CompletionStage<ByteBuffer> request(ByteBuffer body) {
        return request(body, limit);
    }

    /**
     * Asks.
     *
     * @param body copied
     * @param longest how long it may take, more than zero
     * @return the body of the reply, or a {@link RequestException}
     * @throws IllegalArgumentException if the framing cannot take it, for being too long say: nothing was sent
     */
    public CompletionStage<ByteBuffer> request(ByteBuffer body, Duration longest) {
        checked(longest);
        CompletableFuture<ByteBuffer> reply = new CompletableFuture<>();
        if (!room.tryAcquire()) {
            reply.completeExceptionally(new RequestException(
                    RequestException.Kind.TOO_MANY, "as many requests are under way as may be: wait for replies"));
            return reply.minimalCompletionStage();
        }
        Pending pending = new Pending(reply);
        int number = numbers.incrementAndGet();
        while (underWay.putIfAbsent(number, pending) != null) {
            number = numbers.incrementAndGet(); // after four thousand million requests one of the first may still run
        }
        int mine = number;
        pending.limit = scheduler.after(longest, () -> lost(mine, late(longest)));
        Runnable done = handOver(mine, body);
        pending.came.thenRun(done); // at once, if the reply was faster than the return of send
        if (reply.isDone()) {
            pending.end(); // it ended within the call, when there was no timer to cancel yet
        }
        return reply.minimalCompletionStage();
    }

    private Runnable handOver(int number, ByteBuffer body) {
        try {
            return sender.send(Kind.REQUEST.message(number, body), why -> lost(number, why));
        } catch (RuntimeException e) {
            take(number);
            throw e;
        }
    }

    /**
     * Takes a whole message of the other side.
     *
     * @param message lent for the length of the call
     * @return false if it is none: the other side does not speak this protocol
     */
    public boolean received(ByteBuffer message) {
        Kind kind = Kind.read(message);
        if (kind == null || kind == Kind.REQUEST) {
            return false;
        }
        int number = message.getInt();
        if (kind == Kind.NOTICE) {
            notices.accept(message);
            return true;
        }
        Pending pending = take(number);
        if (pending != null) { // else it comes too late
            pending.came.complete(null);
            if (kind == Kind.REPLY) {
                pending.reply.complete(copy(message));
            } else {
                pending.reply.completeExceptionally(new RequestException(
                        RequestException.Kind.FAILED,
                        StandardCharsets.UTF_8.decode(message).toString()));
            }
        }
        return true;
    }

    /** The connection is gone: ends all that is under way. For a sender whose messages go over one connection. */
    public void closed(String why) {
        List.copyOf(underWay.keySet())
                .forEach(number -> lost(
                        number,
                        new RequestException(RequestException.Kind.NO_ANSWER, "the connection has ended: " + why)));
    }

    /** How many are under way. */
    public int underWay() {
        return underWay.size();
    }

    private void lost(int number, RequestException why) {
        Pending pending = take(number);
        if (pending != null) {
            pending.reply.completeExceptionally(why);
        }
    }

    private @Nullable Pending take(int number) {
        Pending pending = underWay.remove(number);
        if (pending != null) {
            room.release();
            pending.end();
        }
        return pending;
    }

    private static RequestException late(Duration longest) {
        return new RequestException(RequestException.Kind.NO_ANSWER, "no answer within " + longest);
    }

    private static Duration checked(Duration limit) {
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("limit is " + limit + ", but must be more than zero");
        }
        return limit;
    }

    private static ByteBuffer copy(ByteBuffer lent) {
        return ByteBuffer.allocate(lent.remaining()).put(lent).flip();
    }

    /** A request without its reply. */
    private static final class Pending {
        private final CompletableFuture<ByteBuffer> reply;
        private final CompletableFuture<Void> came = new CompletableFuture<>();
        /** Written by who asks, read by who ends it: whoever comes second cancels the timer. */
        private volatile @Nullable Timer limit;

        Pending(CompletableFuture<ByteBuffer> reply) {
            this.reply = reply;
        }

        void end() {
            Timer timer = limit;
            if (timer != null) {
                timer.cancel();
            }
        }
    }
}
