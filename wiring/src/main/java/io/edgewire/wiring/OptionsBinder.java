package io.edgewire.wiring;

import com.google.inject.Binder;
import com.google.inject.Provider;
import java.util.function.Function;

/**
 * Binds the options record of a module to the section that it is read from. In a module's {@code configure}:
 * {@code OptionsBinder.of(binder()).bind(NioOptions.class, "edgewire.transport.nio", NioSettings::read)}.
 *
 * <p>The section is read when the injector is made, whether its module is selected or not, so that a fault shows at
 * the start and not on the day on which somebody selects it.
 */
public final class OptionsBinder {
    private final Binder binder;

    private OptionsBinder(Binder binder) {
        this.binder = binder;
    }

    /** A binder for this module. */
    public static OptionsBinder of(Binder binder) {
        return new OptionsBinder(binder.skipSources(OptionsBinder.class));
    }

    /** Binds a record to a section of the configuration. */
    public <T> OptionsBinder bind(Class<T> type, String path, Function<Settings, T> reader) {
        Provider<EdgewireConfig> config = binder.getProvider(EdgewireConfig.class);
        binder.bind(type)
                .toProvider(() -> reader.apply(config.get().settings(path)))
                .asEagerSingleton();
        return this;
    }
}
