package io.edgewire.transport.nio;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/**
 * What is attached to a selection key.
 *
 * <p><b>Threads.</b> The loop's.
 */
interface Ready {
    /** The channel is ready for some of what it was interested in. */
    void ready(int operations) throws IOException;

    /** {@link #ready} threw: whatever it was, it ends this channel alone. */
    void failed(Throwable cause);

    /** Moves to another selector, with the interest of the old key. */
    default SelectionKey moveTo(Selector selector, SelectionKey old) throws IOException {
        int interest = old.interestOps();
        old.cancel();
        return old.channel().register(selector, interest, this);
    }
}
