package io.edgewire.examples.cli;

import com.google.inject.Module;
import io.edgewire.api.Clock;
import io.edgewire.server.Edgewire;
import io.edgewire.server.EdgewireModule;
import io.edgewire.wiring.EdgewireConfig;
import io.edgewire.wiring.EdgewireInjector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code edgewire serve}: joins the network and runs the server until a signal ends it. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Joins the network, waits for an address, listens on it and speaks a protocol.",
            "",
            "Ctrl-C or SIGTERM drains the connections and exits with 0, or 1 if some had to be cut off; a second one"
                    + " cuts them off at once."
        })
final class ServeCommand implements Callable<Integer> {
    @Mixin
    private ServerSelection selection = new ServerSelection();

    @Option(
            names = "--show",
            paramLabel = "text|hex|off",
            defaultValue = "text",
            description = "print what clients send (default: ${DEFAULT-VALUE})")
    private Narrator.Show show = Narrator.Show.TEXT;

    @Option(names = "--quiet", description = "print only where the server runs, and errors")
    private boolean quiet;

    @Override
    public Integer call() {
        return serve(selection.load(), Modules.all(), new Narrator(show, quiet));
    }

    /** Serves with what these modules bind, and returns the exit code. */
    static int serve(EdgewireConfig config, List<Module> bound, Narrator narrator) {
        try (Console console = new Console(narrator, Clock.SYSTEM, System.out, System.err)) {
            List<Module> modules = new ArrayList<>(bound);
            modules.add(com.google.inject.util.Modules.override(new EdgewireModule(config))
                    .with(new ConsoleModule(config, console, narrator)));
            Edgewire edgewire = EdgewireInjector.create(modules).getInstance(Edgewire.class);
            console.start();
            return new Serving(edgewire).run();
        }
    }
}
