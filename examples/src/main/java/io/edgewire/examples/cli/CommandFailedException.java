package io.edgewire.examples.cli;

/** Ends a command with one sentence for the user and an exit code. */
final class CommandFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private CommandFailedException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** What was asked for was tried and did not work. */
    static CommandFailedException failed(String message) {
        return new CommandFailedException(ExitCode.FAILED, message);
    }

    /** What was asked for makes no sense. */
    static CommandFailedException usage(String message) {
        return new CommandFailedException(ExitCode.USAGE, message);
    }

    int exitCode() {
        return exitCode;
    }
}
