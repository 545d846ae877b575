package io.edgewire.transport.core;

import java.io.IOException;

/** The text of a failure, for events that people read. */
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
}
