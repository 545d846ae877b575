package io.edgewire.server;

import io.edgewire.api.event.EdgeEvent;
import io.edgewire.api.event.EventSink;
import org.tinylog.Logger;

/**
 * Writes events to the log through tinylog, which the program configures. Belongs behind a {@link BoundedEventQueue},
 * because writing may block.
 */
public final class TinylogEvents implements EventSink {
    /** An observer; its settings are tinylog's own. */
    public TinylogEvents() {}

    @Override
    public void accept(EdgeEvent event) {
        LogLine line = EventText.line(event);
        switch (line.level()) {
            case DEBUG -> Logger.debug(line.text());
            case INFO -> Logger.info(line.text());
            case WARN -> Logger.warn(line.text());
            case ERROR -> Logger.error(line.cause(), line.text());
        }
    }
}
