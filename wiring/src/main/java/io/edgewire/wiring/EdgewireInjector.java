package io.edgewire.wiring;

import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Module;
import com.google.inject.ProvisionException;
import com.google.inject.spi.Message;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Makes the injector as Edgewire wants it. Who makes it by Guice itself loses only what is said here. */
public final class EdgewireInjector {
    private static final String BYTECODE_OPTION = "guice_bytecode_gen_option";

    private EdgewireInjector() {}

    /** {@link #create(List)} of these modules. */
    public static Injector create(Module... modules) {
        return create(List.of(modules));
    }

    /**
     * An injector of these modules. Guice's generation of bytecode is switched off, unless somebody has decided
     * otherwise or Guice is in use already: it serves interception, which Edgewire does not use, takes time at the
     * start and makes newer JDKs warn.
     *
     * @throws ConfigurationException if a module found a fault in the configuration; Guice would bury it
     */
    public static Injector create(List<? extends Module> modules) {
        if (System.getProperty(BYTECODE_OPTION) == null) {
            System.setProperty(BYTECODE_OPTION, "DISABLED");
        }
        try {
            return Guice.createInjector(modules);
        } catch (CreationException e) {
            throw fault(e.getErrorMessages()).orElseThrow(() -> e);
        }
    }

    /**
     * An instance of a bound type.
     *
     * @throws ConfigurationException if the configuration keeps it from being made; Guice would bury it
     */
    public static <T> T get(Injector injector, Class<T> type) {
        try {
            return injector.getInstance(type);
        } catch (ProvisionException e) {
            throw fault(e.getErrorMessages()).orElseThrow(() -> e);
        }
    }

    private static Optional<ConfigurationException> fault(Collection<Message> messages) {
        for (Message message : messages) {
            if (message.getCause() instanceof ConfigurationException fault) {
                return Optional.of(fault);
            }
        }
        return Optional.empty();
    }
}
