package io.edgewire.examples.cli;

/** How a command ended, as the shell sees it. */
final class ExitCode {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;

    private ExitCode() {}
}
