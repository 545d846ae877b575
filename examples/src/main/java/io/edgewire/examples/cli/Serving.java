package io.edgewire.examples.cli;

import io.edgewire.api.StopOutcome;
import io.edgewire.server.EdgeServerException;
import io.edgewire.server.EdgeServerOptions;
import io.edgewire.server.Edgewire;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server from its start to the signal that ends it.
 *
 * <p><b>Threads.</b> {@link #run} waits on the command's; each signal brings its own and gets another for what waits.
 */
final class Serving {
    /** How long what was forced may take before the process ends without it. */
    private static final Duration FORCE_LIMIT = Duration.ofSeconds(3);

    private final Edgewire edgewire;
    private final AtomicInteger signals = new AtomicInteger();
    private final CompletableFuture<StopOutcome> ended = new CompletableFuture<>();

    Serving(Edgewire edgewire) {
        this.edgewire = edgewire;
    }

    int run() {
        Signals.onTermination(this::signalled);
        try {
            edgewire.start();
            edgewire.awaitListening();
        } catch (RuntimeException e) {
            if (!isOurs(e)) {
                edgewire.stop(Duration.ZERO);
                throw e;
            }
        }
        edgewire.server().stopped().thenRun(this::endedByItself);
        StopOutcome outcome = ended.join();
        if (signals.get() == 0) {
            // A process that has lost its port for good is no server: whoever supervises it shall know.
            edgewire.stop(Duration.ZERO);
            return ExitCode.FAILED;
        }
        return outcome == StopOutcome.FORCED ? ExitCode.FAILED : ExitCode.DONE;
    }

    /** On the server's scheduler, so what waits is left to {@link #run}. */
    private void endedByItself() {
        if (signals.get() == 0) {
            ended.complete(StopOutcome.NOT_RUNNING);
        }
    }

    /** Stopped by a signal before it listened: no failure. */
    private boolean isOurs(RuntimeException failure) {
        return signals.get() > 0
                && failure instanceof EdgeServerException stopped
                && stopped.kind() == EdgeServerException.Kind.STOPPED;
    }

    private void signalled() {
        Runnable task = signals.incrementAndGet() == 1 ? this::drain : this::force;
        Thread thread = new Thread(task, "edgewire-signal");
        thread.setDaemon(true);
        thread.start();
    }

    private void drain() {
        Duration limit =
                edgewire.injector().getInstance(EdgeServerOptions.class).drainTimeout();
        try {
            ended.complete(edgewire.stop(limit));
        } catch (RuntimeException e) {
            ended.completeExceptionally(e);
        }
    }

    private void force() {
        CompletableFuture.runAsync(() -> edgewire.stop(Duration.ZERO));
        try {
            ended.get(FORCE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | ExecutionException e) {
            // Whatever it hangs on, the user has asked twice.
            Runtime.getRuntime().halt(ExitCode.FAILED);
        }
    }
}
