package io.edgewire.examples.netns;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.api.CloseReason;
import io.edgewire.examples.ChildProcess;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The interface loses its address, and gets another. */
@Netns
class AddressTest {
    private static final String GONE = "10.77.0.1/24";
    private static final String NEXT = "10.77.0.9/24";
    private static final String GRACE_OVER = "in 1.1 s (poll interval, link grace)";
    private static final Duration GRACE = Duration.ofMillis(1100);

    @ParameterizedTest
    @ValueSource(strings = {"nio", "bio"})
    void whenTheAddressGoesAndAnotherComesTheServerFollowsIt(String transport) throws Exception {
        try (Scenario scenario = Scenario.onTheStationsAddress(transport, "edgewire.server.link-grace=1s")) {
            scenario.client("nc", Scenario.SERVER, Scenario.PORT).awaitOut("Hello!");
            scenario.fault("the station's address removed", AddressTest::removeTheAddress);
            scenario.expect(CloseReason.LINK_LOST, GRACE_OVER, GRACE);
            assertThat(scenario.server().awaitErr("stopped listening"))
                    .isEqualTo("Link lost: stopped listening on 10.77.0.1:8080, 1 connection closed");
            scenario.fault("another address added", AddressTest::addTheNext);
            listensOnTheNext(scenario);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nio", "bio"})
    void whenTheAddressIsReplacedTheServerMovesAtOnce(String transport) throws Exception {
        try (Scenario scenario = Scenario.onTheStationsAddress(transport, "edgewire.server.link-grace=1h")) {
            scenario.client("nc", Scenario.SERVER, Scenario.PORT).awaitOut("Hello!");
            scenario.fault("the station's address replaced", machines -> {
                machines.onServer("sysctl", "-q", "-w", "net.ipv4.conf.wire0.promote_secondaries=1");
                addTheNext(machines);
                removeTheAddress(machines);
            });
            scenario.expect(CloseReason.LINK_LOST, "in 0.1 s (poll interval)", Duration.ofMillis(100));
            listensOnTheNext(scenario);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nio", "bio"})
    void aServerOnEveryAddressKeepsItsPortAndItsOtherClients(String transport) throws Exception {
        try (Scenario scenario = Scenario.onBothWiresOfTheFirst(transport, "edgewire.server.link-grace=1s")) {
            scenario.client("nc", Scenario.SERVER, Scenario.PORT).awaitOut("Hello!");
            scenario.fault("the station's address removed, bind = any", AddressTest::removeTheAddress);
            scenario.expect(CloseReason.LINK_LOST, GRACE_OVER, GRACE);
            scenario.fault("another address added, bind = any", AddressTest::addTheNext);
            greetsOnTheNext(scenario);
        }
    }

    private static void removeTheAddress(TwoMachines machines) throws Exception {
        machines.onServer("ip", "address", "delete", GONE, "dev", "wire0");
    }

    private static void addTheNext(TwoMachines machines) throws Exception {
        machines.onServer("ip", "address", "add", NEXT, "dev", "wire0");
    }

    private static void listensOnTheNext(Scenario scenario) throws Exception {
        scenario.server().awaitOut("TCP server running on 10.77.0.9:8080");
        greetsOnTheNext(scenario);
    }

    private static void greetsOnTheNext(Scenario scenario) throws Exception {
        ChildProcess next = scenario.client("nc", "10.77.0.9", Scenario.PORT);
        next.awaitOut("Hello!");
        scenario.expect("a client of the new address is greeted", "greeted");
    }
}
