package io.edgewire.examples.cli;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * Ctrl-C and SIGTERM as calls. A shutdown hook would end the process with 143 and see no second signal;
 * {@code sun.misc.Signal} does both, and is reached by reflection because its very mention is a compiler warning.
 */
final class Signals {
    private static final String[] NAMES = {"INT", "TERM"};

    private Signals() {}

    /** Calls the task for each signal to end, instead of ending; does nothing on a JVM without signals. */
    static void onTermination(Runnable task) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Method handle = signal.getMethod("handle", signal, handler);
            Object ours = Proxy.newProxyInstance(
                    handler.getClassLoader(), new Class<?>[] {handler}, (proxy, method, args) -> {
                        if (method.getName().equals("handle")) {
                            task.run();
                        }
                        return null;
                    });
            for (String name : NAMES) {
                handle.invoke(null, signal.getConstructor(String.class).newInstance(name), ours);
            }
        } catch (ReflectiveOperationException e) {
            // A JVM without sun.misc.Signal, or run with -Xrs: signals end the process without a drain, as they would
            // without us.
            return;
        }
    }
}
