package io.edgewire.wiring;

import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Module;
import com.google.inject.spi.Message;
import java.util.List;

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
            for (Message message : e.getErrorMessages()) {
                if (message.getCause() instanceof ConfigurationException fault) {
                    throw fault;
                }
            }
            throw e;
        }
    }
}
