package io.edgewire.client;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A message on its way, and what becomes of it.
 *
 * <p><b>Threads.</b> Any. What depends on {@link #outcome} runs on the client's scheduler and must not block, or on the
 * caller's thread if it is known already.
 */
public final class Outgoing {
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private final ByteBuffer bytes;
    private final long number;

    /** Copies the bytes. */
    Outgoing(long number, ByteBuffer message) {
        this.number = number;
        bytes = ByteBuffer.allocate(message.remaining()).put(message).flip().asReadOnlyBuffer();
    }

    /** Its place in the order in which the client took messages, from 1; 0 if the client did not take it. */
    public long number() {
        return number;
    }

    /** The message, read-only: a view of its own for each call. */
    public ByteBuffer bytes() {
        return bytes.duplicate();
    }

    /**
     * What became of it: completes exactly once, at the latest when the client has closed. Exceptionally only with the
     * {@link IllegalArgumentException} of a framing that cannot frame it; nothing of it was sent then.
     */
    public CompletionStage<Outcome> outcome() {
        return outcome.minimalCompletionStage();
    }

    int size() {
        return bytes.remaining();
    }

    void ended(Outcome how) {
        outcome.complete(how);
    }

    void impossible(IllegalArgumentException why) {
        outcome.completeExceptionally(why);
    }
}
