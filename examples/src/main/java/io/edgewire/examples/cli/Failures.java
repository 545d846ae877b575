package io.edgewire.examples.cli;

import com.google.inject.ProvisionException;
import io.edgewire.api.TransportException;
import io.edgewire.examples.text.Printable;
import io.edgewire.server.EdgeServerException;
import io.edgewire.wiring.ConfigurationException;
import org.tinylog.Logger;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what a command threw into one sentence and an exit code; a stack trace only for what is our own fault. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
    @Override
    public int handleParseException(ParameterException failure, String[] args) {
        CommandLine command = failure.getCommandLine();
        tell(command, message(failure) + "; see: " + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE;
    }

    /** What stands first, and is no option, was meant as a command. */
    private static String message(ParameterException failure) {
        CommandLine command = failure.getCommandLine();
        if (failure instanceof UnmatchedArgumentException unmatched
                && command.getParent() == null
                && !unmatched.isUnknownOption()) {
            String given = unmatched.getUnmatched().get(0);
            return "there is no command " + Printable.text(given) + ", but "
                    + String.join(", ", command.getSubcommands().keySet())
                    + unmatched.getSuggestions().stream()
                            .findFirst()
                            .map(name -> "; did you mean " + name + "?")
                            .orElse("");
        }
        return String.valueOf(failure.getMessage());
    }

    @Override
    public int handleExecutionException(Exception thrown, CommandLine command, ParseResult result) {
        Throwable failure = thrown;
        while (failure instanceof ProvisionException && failure.getCause() != null) {
            failure = failure.getCause();
        }
        int code = exitCode(failure);
        if (code < 0) {
            Logger.error(failure, "this should not have happened");
            return ExitCode.FAILED;
        }
        tell(command, String.valueOf(failure.getMessage()));
        return code;
    }

    private static int exitCode(Throwable failure) {
        if (failure instanceof CommandFailedException failed) {
            return failed.exitCode();
        }
        if (failure instanceof TransportException transport) {
            return transport.kind() == TransportException.Kind.ADDRESS_NOT_LOCAL ? ExitCode.USAGE : ExitCode.FAILED;
        }
        if (failure instanceof ConfigurationException || failure instanceof IllegalArgumentException) {
            return ExitCode.USAGE;
        }
        return failure instanceof EdgeServerException ? ExitCode.FAILED : -1;
    }

    private static void tell(CommandLine command, String message) {
        command.getErr().println("edgewire: " + message);
    }
}
