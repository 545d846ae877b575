package io.edgewire.testkit;

import io.edgewire.api.ProtocolFactory;
import io.edgewire.api.ProtocolHandler;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Makes a {@link RecordingHandler} for each connection and keeps them all.
 *
 * <p><b>Threads.</b> Any.
 */
public final class RecordingProtocol implements ProtocolFactory {
    private final List<RecordingHandler> handlers = new CopyOnWriteArrayList<>();
    private final Await await;
    private final Consumer<RecordingHandler> setUp;

    /** Handlers that swallow bytes. */
    public RecordingProtocol() {
        this(handler -> {});
    }

    /** Handlers that are told how to react; waits in real time. */
    public RecordingProtocol(Consumer<RecordingHandler> setUp) {
        this(Await.REAL_TIME, setUp);
    }

    /** Handlers that are told how to react. */
    public RecordingProtocol(Await await, Consumer<RecordingHandler> setUp) {
        this.await = await;
        this.setUp = setUp;
    }

    @Override
    public ProtocolHandler newHandler() {
        RecordingHandler handler = new RecordingHandler(await);
        setUp.accept(handler);
        handlers.add(handler);
        return handler;
    }

    /** Those made so far, in order. */
    public List<RecordingHandler> handlers() {
        return List.copyOf(handlers);
    }

    /** The first handler, once it was made. */
    public RecordingHandler first() {
        return handler(0);
    }

    /** The handler of this number, from 0, once it was made. */
    public RecordingHandler handler(int index) {
        await.until("handler " + index + " was made", () -> handlers.size() > index);
        return handlers.get(index);
    }
}
