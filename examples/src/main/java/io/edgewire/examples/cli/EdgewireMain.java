package io.edgewire.examples.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.tinylog.provider.ProviderRegistry;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code edgewire} command. */
@Command(
        name = "edgewire",
        mixinStandardHelpOptions = true,
        versionProvider = EdgewireMain.Version.class,
        subcommands = {ServeCommand.class, ConnectCommand.class, ConfigCommand.class},
        description = "A TCP server whose life follows a Wi-Fi station's.",
        footer = {"", "Exit codes: 0 done, 1 failed, 2 usage or configuration."})
public final class EdgewireMain implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private EdgewireMain() {}

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] args) throws InterruptedException {
        System.setOut(Terminal.output());
        System.setErr(Terminal.errors());
        exit(run(ProcessText.arguments(args), writer(System.out), writer(System.err)));
    }

    /** Ends the log, and then the process. */
    static void exit(int code) throws InterruptedException {
        ProviderRegistry.getLoggingProvider().shutdown();
        System.exit(code);
    }

    /** Runs the command; what it says of itself goes to the writers. */
    static int run(String[] args, PrintWriter out, PrintWriter err) {
        Failures failures = new Failures();
        return new CommandLine(new EdgewireMain())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(out)
                .setErr(err)
                .setParameterExceptionHandler(failures)
                .setExecutionExceptionHandler(failures)
                .execute(args);
    }

    /** A writer of its own choice would, on JDK 17, take the locale's character set. */
    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: serve, connect or config");
    }

    /** Read from the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            Package ours = EdgewireMain.class.getPackage();
            String version =
                    Optional.ofNullable(ours.getImplementationVersion()).orElse("(not built as a jar)");
            return new String[] {"edgewire " + version, "Java " + Runtime.version()};
        }
    }
}
