package io.edgewire.server;

import io.edgewire.api.event.ConnectionEvent;
import java.util.List;

/** Words what is told of handlers that do not return: the one thing in the log that takes more than a line. */
final class BlockedText {
    /** Frames of a stack; one that recurses has thousands, and what matters stands at the top. */
    private static final int MOST_FRAMES = 50;

    private BlockedText() {}

    static String of(ConnectionEvent.HandlerBlocked blocked) {
        return "#" + blocked.id() + " " + Addresses.show(blocked.remote()) + " blocks " + blocked.thread()
                + ": its handler has not returned for " + EventText.show(blocked.blocked())
                + (blocked.stack().isEmpty() ? "" : "; it is") + stack(blocked.stack());
    }

    static String of(ConnectionEvent.HandlerReturned returned) {
        return "#" + returned.id() + " " + Addresses.show(returned.remote()) + " blocks " + returned.thread()
                + " no longer: its handler has returned after " + EventText.show(returned.blocked());
    }

    private static String stack(List<StackTraceElement> frames) {
        StringBuilder text = new StringBuilder();
        for (StackTraceElement frame : frames.subList(0, Math.min(frames.size(), MOST_FRAMES))) {
            text.append(System.lineSeparator()).append("\tat ").append(frame);
        }
        if (frames.size() > MOST_FRAMES) {
            text.append(System.lineSeparator())
                    .append("\t... ")
                    .append(frames.size() - MOST_FRAMES)
                    .append(" more");
        }
        return text.toString();
    }
}
