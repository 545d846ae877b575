package io.edgewire.client;

import io.edgewire.api.ProtocolFactory;
import io.edgewire.api.Scheduler;
import io.edgewire.api.Transport;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Connects by name or address over any transport: looks the name up off every loop, tries each address that is found in
 * turn, each with its share of the time that is left, and tells all failures in one message.
 *
 * <p><b>Threads.</b> Any. Names are looked up on the executor; what follows from it runs on the scheduler, and the
 * handler where the transport runs it.
 *
 * <p><b>Lifecycle.</b> Holds nothing that must be closed; close the transport.
 *
 * <p><b>Failure.</b> Told to the consumer, never thrown.
 *
 * <p><b>Rules.</b> R-1, R-2.
 */
public final class Dialer {
    private final Transport transport;
    private final Scheduler scheduler;
    private final Lookups lookups;

    /** A dialer that asks the system for names. */
    public Dialer(Transport transport, Scheduler scheduler, Executor blocking) {
        this(transport, scheduler, blocking, Resolver.SYSTEM);
    }

    /**
     * A dialer.
     *
     * @param transport carries the connections
     * @param scheduler measures the limits
     * @param blocking runs lookups, which may block for as long as the name service lets them: one thread for each name
     *     is enough, and one that hangs delays the others
     * @param resolver finds the addresses of names
     */
    public Dialer(Transport transport, Scheduler scheduler, Executor blocking, Resolver resolver) {
        this.transport = Objects.requireNonNull(transport, "transport");
        this.scheduler = Objects.requireNonNull(scheduler, "scheduler");
        lookups =
                new Lookups(Objects.requireNonNull(resolver, "resolver"), Objects.requireNonNull(blocking, "blocking"));
    }

    /**
     * Begins to connect, and returns at once. Either a handler is made and hears {@code onOpen}, or the consumer is told
     * why not; neither after {@link Dialing#cancel} has answered true.
     *
     * @param protocol makes the handler, once a connection is established and on the thread that will serve it
     * @param failed is told on the scheduler, once at most: each address that was tried and what came of it
     */
    public Dialing dial(DialOptions options, ProtocolFactory protocol, Consumer<? super String> failed) {
        Dialing dialing = new Dialing(
                transport,
                scheduler,
                lookups,
                Objects.requireNonNull(options, "options"),
                Objects.requireNonNull(protocol, "protocol"),
                Objects.requireNonNull(failed, "failed"));
        scheduler.execute(dialing::begin);
        return dialing;
    }

    Scheduler scheduler() {
        return scheduler;
    }
}
