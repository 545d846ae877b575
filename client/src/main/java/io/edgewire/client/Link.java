package io.edgewire.client;

import io.edgewire.api.CloseReason;
import io.edgewire.api.Connection;
import io.edgewire.api.ProtocolHandler;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a client: the user's handler, and the client's eye on it. Within the layers that the user has put
 * between the messages and the stream, so that what is sent here is a message.
 */
final class Link implements ProtocolHandler {
    private final ClientLife life;
    private final ProtocolHandler user;
    /** When it opened, by the scheduler's clock. Of the scheduler. */
    long openedAt;
    /** Set by {@code onOpen}, before the scheduler is told of this; never, where a layer has failed before. */
    private volatile @Nullable Connection connection;

    Link(ClientLife life, ProtocolHandler user) {
        this.life = life;
        this.user = user;
    }

    /** The connection as it is within the layers. */
    Connection connection() {
        Connection opened = connection;
        if (opened == null) {
            throw new IllegalStateException("not yet open");
        }
        return opened;
    }

    @Override
    public void onOpen(Connection opened) {
        connection = opened;
        try {
            // First the user's own word, a login perhaps, and then what waits.
            life.calling(() -> user.onOpen(opened));
        } finally {
            life.tell(() -> life.opened(this));
        }
    }

    @Override
    public void onBytes(Connection from, ByteBuffer in) {
        life.calling(() -> user.onBytes(from, in));
    }

    @Override
    public void onPeerClosed(Connection from) {
        life.calling(() -> user.onPeerClosed(from));
    }

    @Override
    public void onDrained(Connection to) {
        try {
            life.calling(() -> user.onDrained(to));
        } finally {
            life.tell(life::pump);
        }
    }

    @Override
    public void onStopping(Connection stopping) {
        life.calling(() -> user.onStopping(stopping));
    }

    @Override
    public void onClosed(Connection closed, CloseReason reason) {
        String detail = closed.detail();
        try {
            life.calling(() -> user.onClosed(closed, reason));
        } finally {
            boolean opened = connection != null;
            life.tell(() -> life.gone(this, opened, reason, detail));
        }
    }
}
