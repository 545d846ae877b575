package io.edgewire.transport.bio;

import io.edgewire.api.CloseReason;
import io.edgewire.api.ProtocolHandler;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What reader and helper have in common: a step that {@link Roster#next} gave is done here, without its lock.
 *
 * <p><b>Threads.</b> Its own.
 */
final class Turn {
    private final BioConnection connection;
    private final Roster roster;
    private final Worker worker;

    Turn(BioConnection connection, Worker worker) {
        this.connection = connection;
        this.roster = connection.roster;
        this.worker = worker;
    }

    /** Does a step that any thread can do. */
    void take(Step step) {
        switch (step) {
            case WRITE -> write();
            case FIN -> finish();
            default -> callBack(step);
        }
    }

    /** The one way into the handler while the connection lives; whatever is thrown, an Error too, ends only this one. */
    void callBack(Step step) {
        connection.handlerWatch.begin(connection.id(), connection.remote());
        try {
            call(step, connection.handler);
        } catch (Throwable thrown) {
            connection.handlerFailed(thrown);
        } finally {
            connection.handlerWatch.end();
            // A user's interrupt of this thread is meant for the callback; left on, it would close the channel.
            Thread.interrupted();
            roster.callbackDone(worker, step);
        }
    }

    private void call(Step step, ProtocolHandler handler) {
        switch (step) {
            case OPEN -> handler.onOpen(connection);
            case DELIVER -> handler.onBytes(connection, connection.intake.lend());
            case TELL_FIN -> handler.onPeerClosed(connection);
            case TELL_STOPPING -> handler.onStopping(connection);
            case TELL_DRAINED -> handler.onDrained(connection);
            case RUN_TASKS -> runTasks();
            default -> throw new IllegalStateException(step + " is no callback");
        }
    }

    /** Those that wait by now; what they add waits for the next turn, so that the socket has its own. */
    private void runTasks() {
        Runnable task = nextTask();
        for (int left = tasks(); task != null; left--) {
            task.run();
            task = left > 0 ? nextTask() : null;
        }
    }

    private int tasks() {
        roster.enter();
        try {
            return connection.mailbox.ready();
        } finally {
            roster.exit();
        }
    }

    private @Nullable Runnable nextTask() {
        roster.enter();
        try {
            return connection.agenda.phase.serves() ? connection.mailbox.take() : null;
        } finally {
            roster.exit();
        }
    }

    private void write() {
        int given = 0;
        int taken = 0;
        try {
            ByteBuffer chunk = nextChunk();
            given = chunk.remaining();
            taken = write(chunk);
        } catch (IOException e) {
            connection.failed(e);
        } catch (RuntimeException | Error e) { // no memory for a buffer, say
            connection.end(CloseReason.RESET, e.toString(), true);
        } finally {
            roster.writeDone(worker, taken, given);
            connection.services.budget().change(-taken);
            connection.dropQueue();
        }
    }

    private int write(ByteBuffer chunk) throws IOException {
        try {
            return worker.reader ? connection.wire.tryWrite(chunk) : connection.wire.write(chunk);
        } finally {
            connection.services.buffers().giveBack(chunk);
        }
    }

    private ByteBuffer nextChunk() {
        roster.enter();
        try {
            Buffers buffers = connection.services.buffers();
            long most = worker.reader ? buffers.largest() : connection.wire.blockingChunk();
            int count = (int) Math.min(connection.outbox.writable(), most);
            ByteBuffer chunk = buffers.borrow(count);
            connection.outbox.fill(chunk.limit(Math.min(count, chunk.capacity())));
            return chunk.flip();
        } finally {
            roster.exit();
        }
    }

    private void finish() {
        try {
            connection.wire.finish();
        } catch (IOException e) {
            connection.failed(e);
        } finally {
            roster.finDone(worker);
        }
    }
}
