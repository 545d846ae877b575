package io.edgewire.transport.bio;

import io.edgewire.api.event.EdgeEvent;
import io.edgewire.api.event.EventSink;
import io.edgewire.transport.core.Failures;
import io.edgewire.transport.core.SendBudget;
import java.util.concurrent.ThreadFactory;

/** What the connections of one transport share. */
record Services(
        BioOptions options,
        ThreadFactory threads,
        BioTimers timers,
        EventSink events,
        SendBudget budget,
        Buffers buffers,
        AcceptCall acceptCall) {

    /** Reports an event; a sink that throws, which it must not, ends no thread. */
    void tell(EdgeEvent event) {
        Failures.tell(events, event);
    }

    /**
     * Starts a thread of the injected factory.
     *
     * @throws ThreadStartException if the factory or the system gives none
     */
    Thread start(String name, Runnable task) {
        try {
            Thread thread = threads.newThread(task);
            thread.setName(name);
            thread.start();
            return thread;
        } catch (RuntimeException | OutOfMemoryError e) {
            // The JVM says OutOfMemoryError for "no more native threads"; the heap need not be full.
            throw new ThreadStartException(name, e);
        }
    }
}
