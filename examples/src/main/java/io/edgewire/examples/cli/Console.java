package io.edgewire.examples.cli;

import io.edgewire.api.Clock;
import io.edgewire.api.event.EdgeEvent;
import io.edgewire.api.event.EventSink;
import io.edgewire.server.LineLimit;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What a server tells on the terminal: its events and what clients send, in one order. A terminal that somebody has
 * paused blocks whoever prints, so a thread of its own prints what stands in a bounded queue; what does not fit is
 * counted.
 *
 * <p><b>Threads.</b> {@link #accept} and {@link #received} from any thread, without waiting.
 *
 * <p><b>Lifecycle.</b> {@link #close} prints what is queued, for a second at most.
 */
final class Console implements EventSink, AutoCloseable {
    private static final int CAPACITY = 4096;
    private static final Duration WINDOW = Duration.ofSeconds(1);
    private static final int LINES_OF_A_KIND = 100;
    private static final Duration GLANCE = Duration.ofMillis(100);
    private static final int LONGEST_SHOWN = 1024;
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);

    private final BlockingQueue<Object> queue = new ArrayBlockingQueue<>(CAPACITY);
    private final AtomicLong dropped = new AtomicLong();
    private final Narrator narrator;
    private final Limited out;
    private final Limited errors;
    private final Thread printer = new Thread(this::print, "edgewire-console");
    private volatile boolean closed;

    /** A stream, and how many lines of a kind go to it. */
    private record Limited(PrintStream stream, LineLimit limit) {
        void print(String kind, long count, String text) {
            if (kind.isEmpty() || limit.admits(kind, count)) {
                stream.println(text);
            }
        }

        void sum() {
            limit.summary().ifPresent(stream::println);
        }

        void end() {
            limit.takeSummary().ifPresent(stream::println);
        }
    }

    /** The beginning of a read, copied. */
    private record Received(long id, ByteBuffer bytes, int length) {}

    Console(Narrator narrator, Clock clock, PrintStream out, PrintStream errors) {
        this.narrator = narrator;
        this.out = new Limited(out, new LineLimit(clock, WINDOW, LINES_OF_A_KIND));
        this.errors = new Limited(errors, LineLimit.ofTrouble(clock));
        // Blocked in a write to a paused terminal it must not keep the process.
        printer.setDaemon(true);
    }

    void start() {
        printer.start();
    }

    @Override
    public void accept(EdgeEvent event) {
        offer(event);
    }

    /** A client has sent something; the bytes are copied, and only so many as are shown. */
    void received(long id, ByteBuffer in) {
        if (queue.remainingCapacity() == 0) {
            dropped.incrementAndGet();
            return;
        }
        ByteBuffer copy = ByteBuffer.allocate(Math.min(in.remaining(), LONGEST_SHOWN));
        copy.put(in.slice(in.position(), copy.remaining())).flip();
        offer(new Received(id, copy, in.remaining()));
    }

    @Override
    public void close() {
        closed = true;
        try {
            printer.join(CLOSE_LIMIT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void offer(Object what) {
        if (!queue.offer(what)) {
            dropped.incrementAndGet();
        }
    }

    private void print() {
        try {
            while (!closed || !queue.isEmpty()) {
                Object next = queue.poll(GLANCE.toMillis(), TimeUnit.MILLISECONDS);
                out.sum();
                errors.sum();
                print(next);
            }
            out.end();
            errors.end();
        } catch (InterruptedException e) {
            // Nobody of ours interrupts this thread; whoever does wants it to end.
            return;
        }
    }

    private void print(@Nullable Object next) {
        long lost = dropped.getAndSet(0);
        if (lost > 0) {
            errors.print(
                    "lost lines",
                    lost,
                    "... " + lost + " lines were lost: they came faster than they could be printed");
        }
        line(next).ifPresent(line -> (line.isError() ? errors : out).print(line.kind(), 1, line.text()));
    }

    private Optional<Line> line(@Nullable Object next) {
        if (next instanceof Received received) {
            return narrator.received(received.id, received.bytes, received.length);
        }
        return next instanceof EdgeEvent event ? narrator.line(event) : Optional.empty();
    }
}
