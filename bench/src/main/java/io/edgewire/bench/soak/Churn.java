package io.edgewire.bench.soak;

import io.edgewire.bench.soak.Herd.Pace;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Many short connections in little time; ends with 1 if the server holds more afterwards than before. */
@Command(
        name = "churn",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Opens and ends connections to edgewire serve, as many as asked, as fast as they go, 64 at a time.",
            "",
            "They end by FIN of either side, by RST, by RST with data queued, are refused by a limit, and all leave timers"
                    + " behind that must go with them. Then descriptors, threads, direct memory, the heap, and the objects"
                    + " that stand for connections, timers and sockets must be what they were before. Needs Linux and"
                    + " a JDK."
        })
public final class Churn implements Callable<Integer> {
    private static final int TOGETHER = 64;
    private static final Duration LIMIT = Duration.ofMinutes(15);

    private static final Duration END_LIMIT = Duration.ofSeconds(20);
    private static final int LOOK_MILLIS = 500;

    @Option(
            names = "--transport",
            paramLabel = "NAME",
            defaultValue = "nio",
            description = "nio or bio (default: ${DEFAULT-VALUE})")
    private String transport = "nio";

    @Option(
            names = "--connections",
            paramLabel = "N",
            defaultValue = "100000",
            description = "how many (default: ${DEFAULT-VALUE})")
    private long connections = 100_000;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "draws who comes and what they say")
    private long seed = 1;

    private final Report report;

    /** A run that prints there. */
    Churn(PrintStream out) {
        report = new Report(out);
    }

    /** Runs it and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Churn(System.out)).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        report.say(
                "Churn of %s: %d connections, seed %d, Java %s",
                transport, connections, seed, System.getProperty("java.version"));
        List<String> found;
        try (Trial trial = new Trial(transport, Map.of(), seed)) {
            report.rest("Before", trial.before);
            long begun = System.nanoTime();
            Pace pace = new Pace(1e9, TOGETHER, connections);
            Herd herd = trial.herd(pace, Cast::shortVisits);
            Thread visitors = Trial.start(herd);
            while (visitors.isAlive() && isFine(trial, begun)) {
                visitors.join(LOOK_MILLIS);
            }
            herd.end();
            trial.join(visitors, END_LIMIT);
            report.say(
                    "%d connections in %.1f s; %d messages, %.1f MiB verified, %d turned away",
                    trial.tally.begun.sum(),
                    (System.nanoTime() - begun) / 1e9,
                    trial.tally.messages.sum(),
                    trial.tally.verified.sum() / (1024.0 * 1024.0),
                    trial.tally.refused.sum());
            found = trial.verdict(List.of(), report);
        }
        found.forEach(what -> report.say("WRONG: %s", what));
        report.say(found.isEmpty() ? "Nothing is left." : "Failed.");
        return found.isEmpty() ? 0 : 1;
    }

    private static boolean isFine(Trial trial, long begun) {
        if (System.nanoTime() - begun > LIMIT.toNanos()) {
            trial.findings.wrong("the connections were not done within " + LIMIT.toMinutes() + " minutes");
        }
        return trial.findings.first().isEmpty();
    }
}
