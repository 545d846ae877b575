package io.edgewire.client;

import java.util.ArrayDeque;

/**
 * The messages that were handed over to the connection that is open, and not proved: a window.
 *
 * <p><b>Threads.</b> The scheduler's.
 */
final class Handed {
    private final QueueOptions options;
    private final ArrayDeque<Outgoing> messages = new ArrayDeque<>();
    private long bytes;

    Handed(QueueOptions options) {
        this.options = options;
    }

    boolean isEmpty() {
        return messages.isEmpty();
    }

    /** Whether the next message has to wait for a proof. */
    boolean holds() {
        return options.unproved() == Unproved.HOLD && full();
    }

    void add(Outgoing message) {
        messages.add(message);
        bytes += message.size();
        while (options.unproved() == Unproved.GIVE_UP && messages.size() > 1 && beyond()) {
            remove().ended(Outcome.UNKNOWN);
        }
    }

    /** The server has this one, and so all before it: they came on the same connection. */
    void proved(long number) {
        while (!messages.isEmpty() && messages.element().number() <= number) {
            remove().ended(Outcome.SENT);
        }
    }

    /** The connection is gone; the answer is how many may or may not have arrived. */
    int lost() {
        int count = messages.size();
        while (!messages.isEmpty()) {
            remove().ended(Outcome.UNKNOWN);
        }
        return count;
    }

    private boolean full() {
        return messages.size() >= options.window() || bytes >= options.bytes();
    }

    private boolean beyond() {
        return messages.size() > options.window() || bytes > options.bytes();
    }

    private Outgoing remove() {
        Outgoing first = messages.remove();
        bytes -= first.size();
        return first;
    }
}
