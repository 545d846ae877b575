package io.edgewire.bench.soak;

import java.io.PrintStream;
import java.util.Locale;

/** The figures for people, a line at a time. */
final class Report {
    private static final double MIB = 1024 * 1024;
    private static final String HEADING =
            "   time  open    total  messages  verified  heartb.  wrong  worst   heap    RSS   fds  thr  direct  objects  cpu";
    private static final String UNITS =
            "    min                                 MiB                    ms    MiB    MiB                MiB             %";

    private final PrintStream out;
    private final long begun = System.nanoTime();
    private long lastAt = begun;
    private long lastCpu;

    Report(PrintStream out) {
        this.out = out;
    }

    void say(String text, Object... values) {
        out.printf(Locale.ROOT, text + "%n", values);
    }

    void heading(long cpuMillis) {
        lastCpu = cpuMillis;
        out.println(HEADING);
        out.println(UNITS);
    }

    /** One line. The processor time is of server and clients together, as a share of one core. */
    void line(Tally tally, Vitals vitals, long worstMillis, int wrong, long cpuMillis) {
        long now = System.nanoTime();
        double cpu = (cpuMillis - lastCpu) * 1e8 / Math.max(1, now - lastAt);
        lastAt = now;
        lastCpu = cpuMillis;
        say(
                "%7.1f %5d %8d %9d %9.1f %8d %6d %6d %6.1f %6.1f %5d %4d %7.2f %8d %4.0f",
                (now - begun) / 6e10,
                tally.open.sum(),
                tally.begun.sum(),
                tally.messages.sum(),
                tally.verified.sum() / MIB,
                tally.heartbeats.sum(),
                wrong,
                worstMillis,
                vitals.heap() / MIB,
                vitals.resident() / MIB,
                vitals.descriptors(),
                vitals.threads(),
                vitals.direct() / MIB,
                vitals.objects(),
                cpu);
    }

    void rest(String when, Vitals vitals) {
        say(
                "%s, at rest: heap %.2f MiB, RSS %.1f MiB, %d descriptors, %d threads, %.2f MiB direct, %d objects of ours",
                when,
                vitals.heap() / MIB,
                vitals.resident() / MIB,
                vitals.descriptors(),
                vitals.threads(),
                vitals.direct() / MIB,
                vitals.objects());
    }
}
