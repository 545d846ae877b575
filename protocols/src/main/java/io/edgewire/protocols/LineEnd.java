package io.edgewire.protocols;

/** Texts of the configuration end with a line end for people who read the stream; a message has an end of its own. */
final class LineEnd {
    private LineEnd() {}

    /** The text, without one line end at its end if it becomes a message; one that is nothing else becomes empty. */
    static String cut(String text, boolean message) {
        if (!message || !text.endsWith("\n")) {
            return text;
        }
        return text.substring(0, text.length() - (text.endsWith("\r\n") ? 2 : 1));
    }
}
