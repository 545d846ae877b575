package io.edgewire.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.edgewire.api.Connection;
import io.edgewire.api.ProtocolHandler;
import io.edgewire.testkit.Peer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** That the simulation passes what is right, finds what is wrong, and repeats itself. */
class SimulationTest {
    private static final Consumer<Peer> HELLO = peer -> {
        peer.send("hello");
        peer.expect("HELLO");
    };

    /** Right wherever TCP cuts. */
    static final class Upper implements ProtocolHandler {
        @Override
        public void onBytes(Connection connection, ByteBuffer in) {
            connection.send(StandardCharsets.US_ASCII.decode(in).toString().toUpperCase(Locale.ROOT));
        }
    }

    /** Takes each read for a message: the mistake that a test on the loopback interface does not find. */
    static final class OneReadOneMessage implements ProtocolHandler {
        @Override
        public void onBytes(Connection connection, ByteBuffer in) {
            String message = StandardCharsets.US_ASCII.decode(in).toString();
            connection.send(message.equals("hello") ? "HELLO" : "what?");
        }
    }

    @Test
    void aProtocolThatDependsOnNothingPassesEverySeed() {
        Simulation.of(Upper::new).client(HELLO).run();
    }

    @Test
    void aProtocolThatTakesAReadForAMessageIsFoundAndTheSeedTold() {
        AssertionError found = catchThrowableOfType(
                AssertionError.class,
                () -> Simulation.of(OneReadOneMessage::new).client(HELLO).run());

        assertThat(found).hasMessageContaining("expected to receive 'HELLO'").hasMessageContaining("onBytes");
        long seed = Long.parseLong(found.getMessage().replaceAll("(?s)^seed (\\d+) found:.*", "$1"));
        assertThatThrownBy(() ->
                        Simulation.of(OneReadOneMessage::new).client(HELLO).run(seed))
                .as("the same seed finds the same")
                .hasMessage(found.getMessage());
    }

    @Test
    void aHandlerThatThrowsIsFound() {
        assertThatThrownBy(() -> Simulation.of(() -> (connection, in) -> {
                            throw new IllegalStateException("cannot read that");
                        })
                        .run())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the handler threw java.lang.IllegalStateException: cannot read that");
    }

    @Test
    void aHandlerThatWaitsForTheNetworkIsTold() {
        assertThatThrownBy(() -> Simulation.on(network -> () -> (connection, in) -> network.dial(connection.local()))
                        .run())
                .hasMessageContaining("a handler must not wait for the network");
    }

    @Test
    void theSameSeedGivesTheSameTrace() {
        for (long seed = 1; seed <= 10; seed++) {
            assertThat(fingerprint(seed)).isEqualTo(fingerprint(seed));
        }
        assertThat(fingerprint(1)).isNotEqualTo(fingerprint(2));
    }

    private static String fingerprint(long seed) {
        List<String> seen = new ArrayList<>();
        chaos().afterEach(network -> seen.add(network.trace().fingerprint())).run(seed);
        return seen.get(0);
    }

    /** Any handler, any limits, calls from any side: whatever they do, the connection keeps its contract. */
    @Test
    void whateverHandlersAndPeersDoTheContractHolds() {
        chaos().seeds(150).run();
    }

    private static Simulation chaos() {
        return Simulation.on(network -> () -> new Chaos(network.random()))
                .drawnLimits(Chaos::limits)
                .meddler(Chaos::meddle)
                .planted(Chaos.Planted.class::isInstance);
    }
}
