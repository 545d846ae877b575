package io.edgewire.server;

import org.jspecify.annotations.Nullable;

/**
 * What the log says of an event.
 *
 * @param level how much it matters
 * @param text one line, and where a stack trace of another thread follows it, its frames
 * @param cause what was thrown, where a stack trace helps
 */
record LogLine(Level level, String text, @Nullable Throwable cause) {
    /** ERROR: a person must act. WARN: something was lost. INFO: started, stopped, link. DEBUG: each connection. */
    enum Level {
        DEBUG,
        INFO,
        WARN,
        ERROR
    }

    static LogLine of(Level level, String text) {
        return new LogLine(level, text, null);
    }
}
