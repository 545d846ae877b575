package io.edgewire.examples.netns;

import java.io.IOException;

/** A slow first wire, from the server to the clients. */
final class Bottleneck {
    private Bottleneck() {}

    /** @param rate as in {@code 1mbit} */
    static void begin(TwoMachines machines, String rate) throws IOException, InterruptedException {
        machines.onServer(
                "tc", "qdisc", "add", "dev", "wire0", "root", "tbf", "rate", rate, "burst", "10kb", "latency", "400ms");
    }
}
