package io.edgewire.testkit.sim;

import java.lang.StackWalker.StackFrame;
import java.util.Optional;

/** What a failed seed tells: what broke, how to see it again, on which network, and what led to it. */
final class Report {
    private static final String OURS = Simulation.class.getName();

    private Report() {}

    static String of(Throwable failure, SimulatedNetwork network) {
        String what = failure instanceof AssertionError ? failure.getMessage() : failure.toString();
        return "seed " + network.seed() + " found: " + what + "\n"
                + "Again: " + command(network.seed()) + "run(" + network.seed() + "L)\n"
                + network;
    }

    private static String command(long seed) {
        Optional<StackFrame> test = StackWalker.getInstance()
                .walk(frames -> frames.filter(frame -> !frame.getClassName().equals(OURS))
                        .filter(frame -> !frame.getClassName().equals(Report.class.getName()))
                        .findFirst());
        return test.map(frame -> "mvn test -Dtest=" + frame.getClassName().replaceFirst(".*\\.", "") + "#"
                        + frame.getMethodName().replaceFirst("lambda\\$(.*)\\$.*", "$1") + " -Dedgewire.seed=" + seed
                        + ", or ")
                .orElse("");
    }
}
