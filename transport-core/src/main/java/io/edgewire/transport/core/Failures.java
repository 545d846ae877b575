package io.edgewire.transport.core;

import io.edgewire.api.event.EdgeEvent;
import io.edgewire.api.event.EventSink;
import java.io.IOException;

/**
 * What to do with a failure that must not spread: its text for people, and whom to tell.
 *
 * <p><b>Threads.</b> Any.
 */
public final class Failures {
    private Failures() {}

    /**
     * What a throwable says, never null. Its class alone where a handler's own exception throws when it is asked: the
     * report of a failure must not fail.
     */
    public static String text(Throwable thrown) {
        try {
            String message = thrown instanceof IOException ? thrown.getMessage() : null;
            return message != null ? message : String.valueOf(thrown);
        } catch (Throwable again) {
            return thrown.getClass().getName();
        }
    }

    /**
     * Gives an error that belongs to no connection to the thread's handler of uncaught ones, and returns: whoever calls
     * this goes on.
     */
    public static void report(Throwable thrown) {
        Thread thread = Thread.currentThread();
        try {
            thread.getUncaughtExceptionHandler().uncaughtException(thread, thrown);
        } catch (Throwable again) {
            return; // nobody is left to tell; the JVM does the same
        }
    }

    /** Tells an event. A sink that throws, which it must not, harms nobody else. */
    public static void tell(EventSink sink, EdgeEvent event) {
        try {
            sink.accept(event);
        } catch (Throwable thrown) {
            report(thrown);
        }
    }
}
