package io.edgewire.api;

/** A subscription that lasts until it is closed. Closing is idempotent and may be done from any thread. */
@FunctionalInterface
public interface Registration extends AutoCloseable {
    /** Nothing was subscribed to. */
    Registration NONE = () -> {};

    /** Ends the subscription; a call that is under way on another thread may still finish. */
    @Override
    void close();
}
