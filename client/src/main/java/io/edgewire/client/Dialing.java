package io.edgewire.client;

import io.edgewire.api.CloseReason;
import io.edgewire.api.Connection;
import io.edgewire.api.ProtocolFactory;
import io.edgewire.api.ProtocolHandler;
import io.edgewire.api.Scheduler;
import io.edgewire.api.Timer;
import io.edgewire.api.Transport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An attempt to connect that is under way.
 *
 * <pre>
 *             addresses        connected
 *   lookup ──────────────▶ address 1 ────────────▶ the handler's onOpen
 *     │ none, or half       │ failed                  ▲
 *     │ of the limit over   ▼                         │
 *     │                    address 2 … ───────────────┘
 *     ▼                     │ the last failed
 *   failed(why) ◀───────────┘
 * </pre>
 *
 * <p><b>Threads.</b> {@link #cancel} from any; the rest lives on the scheduler, but for the {@link Attempt}s, which the
 * transport calls.
 */
public final class Dialing {
    private static final Duration LEAST_SHARE = Duration.ofMillis(1);

    private final Transport transport;
    private final Scheduler scheduler;
    private final Lookups lookups;
    private final DialOptions options;
    private final ProtocolFactory protocol;
    private final Consumer<? super String> failed;
    private final long start;

    /** Moves once, from TRYING: by the transport's thread that has opened, the scheduler, or who cancels. */
    private final AtomicReference<State> state = new AtomicReference<>(State.TRYING);
    /** Written by the scheduler, read by who cancels. */
    private volatile @Nullable Connection trying;

    private final List<String> failures = new ArrayList<>();
    private List<InetSocketAddress> addresses = List.of();
    private int next;
    private @Nullable Timer lookupLimit;

    private enum State {
        TRYING,
        OPENED,
        OVER
    }

    Dialing(
            Transport transport,
            Scheduler scheduler,
            Lookups lookups,
            DialOptions options,
            ProtocolFactory protocol,
            Consumer<? super String> failed) {
        this.transport = transport;
        this.scheduler = scheduler;
        this.lookups = lookups;
        this.options = options;
        this.protocol = protocol;
        this.failed = failed;
        start = scheduler.nanos();
    }

    /**
     * Gives up. Idempotent.
     *
     * @return true if neither handler nor consumer hears anything because of this call; false if it is connected, has
     *     failed or was cancelled before
     */
    public boolean cancel() {
        boolean first = state.compareAndSet(State.TRYING, State.OVER);
        Connection connection = trying;
        if (first && connection != null) {
            connection.close();
        }
        return first;
    }

    void begin() {
        if (!options.target().isUnresolved()) {
            found(List.of(options.target()));
            return;
        }
        // What the lookup does not take is left to the addresses, and they get half of the limit in any case.
        Duration most = options.limit().dividedBy(2);
        lookupLimit = scheduler.after(most, () -> fail("the lookup of the name took longer than " + most));
        lookups.lookUp(options.target().getHostString())
                .whenComplete((found, failure) -> scheduler.execute(() -> lookedUp(found, failure)));
    }

    private void lookedUp(@Nullable List<InetAddress> found, @Nullable Throwable failure) {
        if (lookupLimit != null) {
            lookupLimit.cancel();
        }
        if (found == null) {
            fail(failure == null ? "" : Lookups.text(failure));
        } else {
            int port = options.target().getPort();
            found(found.stream()
                    .map(address -> new InetSocketAddress(address, port))
                    .toList());
        }
    }

    private void found(List<InetSocketAddress> all) {
        if (addresses.isEmpty()) {
            addresses = all;
            tryNext();
        }
    }

    private void tryNext() {
        if (state.get() != State.TRYING) {
            return;
        }
        if (next == addresses.size()) {
            fail(String.join("; ", failures));
            return;
        }
        InetSocketAddress address = addresses.get(next);
        Duration left = options.limit().minusNanos(scheduler.nanos() - start);
        Duration share = left.dividedBy(addresses.size() - next);
        next++;
        try {
            trying = transport.connect(
                    options.attempt(address, share.compareTo(LEAST_SHARE) < 0 ? LEAST_SHARE : share),
                    () -> new Attempt(address));
        } catch (RuntimeException e) { // no thread or socket, or the transport is closed: as good as unreachable
            attemptFailed(address, String.valueOf(e.getMessage()));
        }
        if (state.get() == State.OVER && trying != null) {
            trying.close(); // it was cancelled meanwhile, by one who did not see the connection
        }
    }

    private void attemptFailed(InetSocketAddress address, String why) {
        failures.add(text(address) + ": " + why);
        tryNext();
    }

    private void fail(String why) {
        if (state.compareAndSet(State.TRYING, State.OVER)) {
            failed.accept("cannot connect to " + options.text() + ": " + why);
        }
    }

    private static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
    }

    /** What the transport knows of one attempt: the handler is made only if this is the one that succeeds. */
    private final class Attempt implements ProtocolHandler {
        private final InetSocketAddress address;
        private @Nullable ProtocolHandler handler;
        private boolean opened;

        Attempt(InetSocketAddress address) {
            this.address = address;
        }

        @Override
        public void onOpen(Connection connection) {
            opened = true;
            if (!state.compareAndSet(State.TRYING, State.OPENED)) {
                connection.abort(CloseReason.LOCAL); // cancelled, and nothing was said on it
                return;
            }
            ProtocolHandler made = protocol.newHandler();
            handler = made;
            made.onOpen(connection);
        }

        @Override
        public void onBytes(Connection connection, java.nio.ByteBuffer in) {
            if (handler != null) {
                handler.onBytes(connection, in);
            }
        }

        @Override
        public void onPeerClosed(Connection connection) {
            if (handler != null) {
                handler.onPeerClosed(connection);
            }
        }

        @Override
        public void onDrained(Connection connection) {
            if (handler != null) {
                handler.onDrained(connection);
            }
        }

        @Override
        public void onStopping(Connection connection) {
            if (handler != null) {
                handler.onStopping(connection);
            }
        }

        @Override
        public void onClosed(Connection connection, CloseReason reason) {
            if (handler != null) {
                handler.onClosed(connection, reason);
            } else if (!opened) {
                String why = connection.detail().isEmpty() ? reason.toString() : connection.detail();
                scheduler.execute(() -> attemptFailed(address, why));
            } else if (state.get() == State.OPENED) {
                scheduler.execute(
                        () -> failed.accept("connected to " + text(address) + ", but its handler could not be made"));
            }
        }
    }
}
