package io.edgewire.server;

import org.jspecify.annotations.Nullable;

/**
 * What the log says of an event.
 *
 * @param level how much it matters
 * @param text one line, and where a stack trace of another thread follows it, its frames
 * @param cause what was thrown, where a stack trace helps
 * @param kind what lines of this kind are counted as when there are too many of them; empty for one that is always
 *     written
 * @param count of how many it tells
 */
record LogLine(Level level, String text, @Nullable Throwable cause, String kind, long count) {
    /** ERROR: a person must act. WARN: something was lost. INFO: started, stopped, link. DEBUG: each connection. */
    enum Level {
        DEBUG,
        INFO,
        WARN,
        ERROR
    }

    LogLine(Level level, String text, @Nullable Throwable cause) {
        this(level, text, cause, "", 1);
    }

    static LogLine of(Level level, String text) {
        return new LogLine(level, text, null);
    }

    /** One that a peer may bring about as often as it likes. */
    LogLine counted(String as, long many) {
        return new LogLine(level, text, cause, as, many);
    }
}
