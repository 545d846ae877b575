package io.edgewire.examples.cli;

import com.google.inject.Module;
import io.edgewire.server.EdgewireModule;
import io.edgewire.wiring.EdgewireConfig;
import io.edgewire.wiring.EdgewireInjector;
import io.edgewire.wiring.EffectiveSetting;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code edgewire config}: what is in force, and where it comes from. */
@Command(
        name = "config",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Prints the configuration in force as HOCON, with where each value stands; secrets are masked.",
            "",
            "Checks it as serve would, and exits with 2 if something is wrong with it."
        })
final class ConfigCommand implements Callable<Integer> {
    @Mixin
    private ServerSelection selection = new ServerSelection();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        EdgewireConfig config = selection.load();
        check(config);
        for (EffectiveSetting setting : config.effective()) {
            spec.commandLine().getOut().println(setting.key() + " = " + setting.value() + "  # " + origin(setting));
        }
        return ExitCode.DONE;
    }

    /** The single jar has all defaults in one file, put together by the build: its lines help nobody. */
    private static String origin(EffectiveSetting setting) {
        return setting.origin().startsWith("default (") ? "default" : setting.origin();
    }

    /** Making the injector reads every section into its record, and starts nothing. */
    private static void check(EdgewireConfig config) {
        List<Module> modules = new ArrayList<>(Modules.all());
        modules.add(new EdgewireModule(config));
        EdgewireInjector.create(modules);
    }
}
