package io.edgewire.examples.cli;

/**
 * One line for the terminal.
 *
 * @param kind what lines of this kind are counted as when there are too many of them; empty for one that is always
 *     shown
 * @param isError whether it belongs on the standard error
 * @param text without a line end, safe for a terminal
 */
record Line(String kind, boolean isError, String text) {
    /** A line that is always shown. */
    static Line always(String text) {
        return new Line("", false, text);
    }

    /** A line that is counted when there are too many. */
    static Line counted(String kind, String text) {
        return new Line(kind, false, text);
    }

    /** Something that a person should look at. */
    static Line error(String kind, String text) {
        return new Line(kind, true, text);
    }
}
