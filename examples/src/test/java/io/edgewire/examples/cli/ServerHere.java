package io.edgewire.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.AbstractModule;
import com.google.inject.Module;
import com.google.inject.multibindings.Multibinder;
import io.edgewire.api.StopOutcome;
import io.edgewire.api.event.EdgeEvent;
import io.edgewire.api.event.EventSink;
import io.edgewire.examples.ChildProcess;
import io.edgewire.server.Edgewire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;

/**
 * What {@code edgewire serve} runs, in this process: for tests of what happens on the wire and on the air, which need no
 * virtual machine of their own. Its events are told in the words of the terminal.
 */
final class ServerHere implements AutoCloseable {
    private final Told told = new Told();
    private final Edgewire edgewire;

    private ServerHere(String... options) {
        ServerSelection selection = new ServerSelection();
        new CommandLine(selection).parseArgs(options);
        List<Module> modules = new ArrayList<>(Modules.all());
        modules.add(new AbstractModule() {
            @Override
            protected void configure() {
                Multibinder.newSetBinder(binder(), EventSink.class).addBinding().toInstance(told);
            }
        });
        edgewire = Edgewire.start(selection.load(), modules.toArray(new Module[0]));
    }

    /** A server on any free port. */
    static ServerHere serve(String... options) {
        List<String> args = new ArrayList<>(List.of("--port", "0"));
        args.addAll(List.of(options));
        return new ServerHere(args.toArray(new String[0]));
    }

    int port() {
        return edgewire.awaitListening().getPort();
    }

    /** The first line that has this in it, once it is told. */
    String await(String part) throws InterruptedException {
        return await(part, 1);
    }

    /** The line that has this in it for the given time, counted from 1. */
    String await(String part, int time) throws InterruptedException {
        return told.await(part, time);
    }

    /** What SIGTERM does. */
    StopOutcome drain() {
        return edgewire.stop(Duration.ofSeconds(ChildProcess.LIMIT_SECONDS));
    }

    @Override
    public void close() {
        edgewire.stop(Duration.ZERO);
    }

    /** Written by the thread of the events, read by the test's; both under its lock. */
    private static final class Told implements EventSink {
        private final Narrator narrator = new Narrator(Narrator.Show.OFF, false);
        private final List<String> lines = new ArrayList<>();

        @Override
        public synchronized void accept(EdgeEvent event) {
            narrator.line(event).map(Line::text).ifPresent(lines::add);
            notifyAll();
        }

        synchronized String await(String part, int time) throws InterruptedException {
            long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(ChildProcess.LIMIT_SECONDS);
            while (true) {
                List<String> found =
                        lines.stream().filter(line -> line.contains(part)).toList();
                if (found.size() >= time) {
                    return found.get(time - 1);
                }
                long left = limit - System.nanoTime();
                assertThat(left).as("'%s' is told; told was %s", part, lines).isPositive();
                wait(left / 1_000_000 + 1);
            }
        }
    }
}
