package io.edgewire.transport.bio;

import io.edgewire.transport.bio.BioOptions.ThreadMode;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ThreadFactory;

/**
 * The threads that a {@link BioTransport} lives on. All are daemons, as virtual threads are by nature.
 *
 * <p>Before Java 24 a virtual thread that blocks within {@code synchronized}, as code of a handler may, holds its carrier
 * (JEP 491); so they are chosen by themselves only from there on.
 */
public final class Threads {
    private static final int FIRST_THAT_DOES_NOT_PIN = 24;

    private Threads() {}

    /** A factory of the kind that the options ask for, one thread a connection. */
    public static ThreadFactory perConnection(BioOptions options) {
        boolean virtual = options.threads() == ThreadMode.VIRTUAL
                || options.threads() == ThreadMode.AUTO && Runtime.version().feature() >= FIRST_THAT_DOES_NOT_PIN;
        return virtual ? virtual() : platform(options.stackSize());
    }

    private static ThreadFactory platform(int stackSize) {
        return task -> {
            Thread thread = new Thread(null, task, "edgewire-bio", stackSize);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** {@code Thread.ofVirtual().factory()}, by handle because the code is compiled for Java 17. */
    private static ThreadFactory virtual() {
        try {
            Class<?> builder = Class.forName("java.lang.Thread$Builder");
            Class<?> ofVirtual = Class.forName("java.lang.Thread$Builder$OfVirtual");
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            MethodHandle make = lookup.findStatic(Thread.class, "ofVirtual", MethodType.methodType(ofVirtual));
            MethodHandle factory = lookup.findVirtual(builder, "factory", MethodType.methodType(ThreadFactory.class));
            return (ThreadFactory) factory.invoke(make.invoke());
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(
                    "threads is VIRTUAL, but Java " + Runtime.version().feature()
                            + " has no virtual threads: run on 21 or newer, or use PLATFORM or AUTO",
                    e);
        } catch (Throwable e) {
            throw new IllegalStateException("virtual threads could not be had", e);
        }
    }
}
