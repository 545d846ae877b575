package io.edgewire.examples.netns;

import io.edgewire.examples.ChildProcess;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A wire that loses some packets, or is slow: nothing is lost, and nobody is cut off. */
@Netns
class PoorWireTest {
    @ParameterizedTest
    @ValueSource(strings = {"nio", "bio"})
    void throughThirtyPercentOfLossEveryByteComesBack(String transport) throws Exception {
        try (Scenario scenario = Scenario.onBothWires(transport, Clients.NOTHING_ADDED)) {
            scenario.fault("30 % random loss each way", machines -> Loss.BOTH_WAYS.begin(machines, 30));
            everyByteComesBack(scenario, 32 << 10);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nio", "bio"})
    void throughABottleneckEveryByteComesBack(String transport) throws Exception {
        try (Scenario scenario = Scenario.onBothWires(transport, Clients.NOTHING_ADDED)) {
            scenario.fault("1 Mbit/s bottleneck", machines -> Bottleneck.begin(machines, "1mbit"));
            everyByteComesBack(scenario, 512 << 10);
        }
    }

    private static void everyByteComesBack(Scenario scenario, int size) throws Exception {
        ChildProcess client = scenario.client(Clients.verifying(size));
        client.awaitOut("verified " + size);
        scenario.server().awaitOut(", PEER, " + size + " bytes in, " + size + " out");
        scenario.expect("every byte, then PEER", size / 1024 + " KiB verified");
    }
}
