package io.edgewire.bench.soak;

import io.edgewire.bench.soak.Herd.Pace;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Real traffic, churn and faults for as long as asked; ends with 1 if anything grew or went wrong. */
@Command(
        name = "soak",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Runs edgewire serve in a JVM of 64 MiB under mixed traffic, churn and faults, and checks every byte.",
            "",
            "Clients converse, stay and answer heartbeats, read slowly, half-close, reset, say nothing, never read, leave"
                    + " at once, send garbage and come in floods; a process of them is stopped and killed again and"
                    + " again; the simulated Wi-Fi is lost and comes back. Prints what the server holds after a"
                    + " full collection. Ends with 1, and says why, if that grows from the first third of the run to"
                    + " the last, or has not gone back when all have left; at the first wrong byte; and when a client"
                    + " that comes every second is not served within 30 s. Needs Linux and a JDK."
        })
public final class Soak implements Callable<Integer> {
    private static final Duration LONGEST_BETWEEN_SAMPLES = Duration.ofMinutes(1);
    private static final int SAMPLES = 20;
    /** The first fifth is not compared: the population is still growing. */
    private static final double WARM_UP = 0.2;

    private static final Duration LEAST_BETWEEN_SAMPLES = Duration.ofSeconds(2);
    private static final Duration FINISH_LIMIT = Duration.ofSeconds(45);
    private static final Duration END_LIMIT = Duration.ofSeconds(20);
    private static final Duration LONGEST_OUTAGE = Duration.ofSeconds(60);
    private static final int TOGETHER = 600;

    @Option(
            names = "--transport",
            paramLabel = "NAME",
            defaultValue = "nio",
            description = "nio or bio (default: ${DEFAULT-VALUE})")
    private String transport = "nio";

    @Option(
            names = "--minutes",
            paramLabel = "N",
            defaultValue = "20",
            description = "how long, also a fraction (default: ${DEFAULT-VALUE})")
    private double minutes = 20;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "60",
            description = "connections begun in a second (default: ${DEFAULT-VALUE})")
    private double rate = 60;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "draws who comes and what they say")
    private long seed = 1;

    private final Report report;

    /** A run that prints there. */
    Soak(PrintStream out) {
        report = new Report(out);
    }

    /** Runs it and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Soak(System.out)).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Duration length = Duration.ofMillis((long) (minutes * 60_000));
        report.say(
                "Soak of %s: %.1f minutes, %.0f connections a second, seed %d, Java %s",
                transport, minutes, rate, seed, System.getProperty("java.version"));
        List<String> found;
        try (Trial trial = new Trial(transport, faults(length), seed)) {
            report.rest("Before", trial.before);
            found = run(trial, length);
        }
        found.forEach(what -> report.say("WRONG: %s", what));
        report.say(found.isEmpty() ? "Nothing grew, nothing was lost." : "Failed.");
        return found.isEmpty() ? 0 : 1;
    }

    private List<String> run(Trial trial, Duration length) throws IOException, InterruptedException {
        Herd herd = trial.herd(new Pace(rate, TOGETHER, Long.MAX_VALUE), Cast::everybody);
        ControlClient control = new ControlClient(trial.server.address(), trial.outages, trial.findings);
        Thread visitors = Trial.start(herd);
        Thread visitor = Trial.start(control);
        List<Vitals> series;
        try (VictimProcess victim = new VictimProcess(trial.server.address(), trial.limits, seed, trial.findings)) {
            series = watch(trial, control, victim, length);
            report.say(
                    "%d visits of the control client; %d connections turned away, %d dismissed; %d times vanished clients were"
                            + " let go; %d losses of the link, %d longer than its grace, which cut off %d connections",
                    control.served(),
                    trial.tally.refused.sum(),
                    trial.tally.dismissed.sum(),
                    victim.vanished(),
                    trial.outages.losses(),
                    trial.outages.count(),
                    trial.findings.excused());
        }
        control.close();
        herd.finish();
        visitors.join(Math.min(FINISH_LIMIT.toMillis(), length.toMillis() / 4));
        herd.end();
        trial.join(visitors, END_LIMIT);
        trial.join(visitor, END_LIMIT);
        return trial.verdict(series, report);
    }

    /** Looks every second, samples every minute. */
    private List<Vitals> watch(Trial trial, ControlClient control, VictimProcess victim, Duration length)
            throws IOException, InterruptedException {
        List<Vitals> series = new ArrayList<>();
        long begun = System.nanoTime();
        long step = Math.max(
                LEAST_BETWEEN_SAMPLES.toNanos(),
                Math.min(length.toNanos() / SAMPLES, LONGEST_BETWEEN_SAMPLES.toNanos()));
        long next = begun + step;
        report.heading(trial.probe.cpuMillis() + ownCpuMillis());
        while (System.nanoTime() - begun < length.toNanos() && isFine(trial)) {
            TimeUnit.MILLISECONDS.sleep(500);
            victim.step();
            if (System.nanoTime() - next >= 0) {
                next += step;
                Vitals vitals = trial.probe.read();
                if (System.nanoTime() - begun > length.toNanos() * WARM_UP) {
                    series.add(vitals);
                }
                int wrong = trial.findings.first().isPresent() ? 1 : 0;
                long cpu = vitals.cpuMillis() + ownCpuMillis();
                report.line(trial.tally, vitals, control.worstMillis(), wrong, cpu);
            }
        }
        return series;
    }

    private static boolean isFine(Trial trial) {
        if (!trial.server.isAlive()) {
            trial.findings.wrong("the server has ended by itself");
        }
        if (trial.outages.downFor().compareTo(LONGEST_OUTAGE) > 0) {
            trial.findings.wrong("the server did not come back after its link did");
        }
        return trial.findings.first().isEmpty();
    }

    private static long ownCpuMillis() throws IOException {
        return new Probe(ProcessHandle.current().pid()).cpuMillis();
    }

    /**
     * Losses of the simulated Wi-Fi, every four minutes: in turn for 2 s, which nobody must notice, and for 25 s, after
     * which the port has been given up and comes back. A short run has a short one in its middle.
     */
    private static Map<String, String> faults(Duration length) {
        long every = Math.min(Duration.ofMinutes(4).toSeconds(), Math.max(4, length.toSeconds() / 2));
        StringBuilder list = new StringBuilder("[");
        boolean isShort = true;
        for (long at = every; at < length.toSeconds(); at += every) {
            list.append("{at=")
                    .append(at)
                    .append("s,do=lose},{at=")
                    .append(at + (isShort ? 2 : 25))
                    .append("s,do=return},");
            isShort = !isShort;
        }
        return Map.of("edgewire.device.sim.faults", list.append(']').toString());
    }
}
