package io.edgewire.server;

import io.edgewire.api.Clock;
import io.edgewire.api.event.EdgeEvent;
import java.util.Objects;
import java.util.function.Consumer;
import org.tinylog.Logger;

/**
 * Writes events to the log through tinylog, which the program configures. Belongs behind a {@link BoundedEventQueue},
 * because writing may block. What a peer can bring about as often as it likes is written ten times in ten seconds; of
 * more there is only the sum, so that a flood of clients is no flood of lines.
 */
public final class TinylogEvents implements BoundedEventQueue.Observer {
    private final LineLimit limit;
    private final Consumer<LogLine> log;

    /** An observer; its settings are tinylog's own. */
    public TinylogEvents(Clock clock) {
        this(clock, TinylogEvents::write);
    }

    TinylogEvents(Clock clock, Consumer<LogLine> log) {
        limit = LineLimit.ofTrouble(Objects.requireNonNull(clock, "clock"));
        this.log = log;
    }

    @Override
    public void accept(EdgeEvent event) {
        tell(EventText.line(event));
    }

    @Override
    public void dropped(long events) {
        String text = events + " events are not in this log: they came faster than it could be written"
                + " (edgewire.log.queue)";
        tell(LogLine.of(LogLine.Level.WARN, text).counted("events dropped (edgewire.log.queue)", events));
    }

    @Override
    public void failed(Throwable cause) {
        tell(new LogLine(LogLine.Level.ERROR, "an observer of events failed", cause)
                .counted("failures of observers", 1));
    }

    @Override
    public void idle() {
        limit.summary().ifPresent(this::sum);
    }

    @Override
    public void ended() {
        limit.takeSummary().ifPresent(this::sum);
    }

    private void tell(LogLine line) {
        idle();
        if (line.kind().isEmpty() || limit.admits(line.kind(), line.count())) {
            log.accept(line);
        }
    }

    private void sum(String text) {
        log.accept(LogLine.of(LogLine.Level.WARN, text));
    }

    private static void write(LogLine line) {
        switch (line.level()) {
            case DEBUG -> Logger.debug(line.text());
            case INFO -> Logger.info(line.text());
            case WARN -> Logger.warn(line.text());
            case ERROR -> Logger.error(line.cause(), line.text());
        }
    }
}
