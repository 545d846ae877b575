package io.edgewire.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.edgewire.api.StopOutcome;
import io.edgewire.testkit.sim.Simulation;
import io.edgewire.testkit.sim.World;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** That the simulation of a server finds what is wrong with one, and tells it so that it can be seen again. */
class BrokenServersTest {
    /** One that does not wait for its grace: it says more than it keeps to. */
    static final class Hasty extends WholeServer {
        Hasty(World world) {
            super(world);
        }

        @Override
        public Duration linkGrace() {
            return super.linkGrace().plusHours(1);
        }
    }

    static final class NeverStopped extends WholeServer {
        NeverStopped(World world) {
            super(world);
        }

        @Override
        public CompletionStage<StopOutcome> stop(Duration limit) {
            super.stop(limit);
            return new CompletableFuture<>();
        }
    }

    static final class NeverStarted extends WholeServer {
        NeverStarted(World world) {
            super(world);
        }

        @Override
        public CompletionStage<InetSocketAddress> start() {
            return new CompletableFuture<>();
        }
    }

    static final class LeftBehind extends WholeServer {
        LeftBehind(World world) {
            super(world);
        }

        @Override
        public void close() {
            // That is the fault: the station goes on.
        }
    }

    @Test
    void aGraceThatIsNotKeptIsFoundAndTheSeedTellsTheSameAgain() {
        AssertionError found = catchThrowableOfType(
                AssertionError.class, () -> simulation().server(Hasty::new).run());

        assertThat(found)
                .hasMessageContaining("although the link was not lost")
                .hasMessageContaining("Again: mvn test -Dtest=BrokenServersTest#")
                .hasMessageContaining("station: up at 192.0.2.");
        long seed = Long.parseLong(found.getMessage().replaceAll("(?s)^seed (\\d+) found:.*", "$1"));
        AssertionError again = catchThrowableOfType(
                AssertionError.class, () -> simulation().server(Hasty::new).run(seed));
        assertThat(again).hasMessage(found.getMessage());
    }

    @Test
    void aStopThatDoesNotEndIsFound() {
        assertThatThrownBy(() -> simulation().server(NeverStopped::new).run())
                .hasMessageContaining("has not ended after");
    }

    @Test
    void aServerThatDoesNotServeIsFound() {
        assertThatThrownBy(() -> simulation().server(NeverStarted::new).run()).hasMessageContaining("does not serve");
    }

    @Test
    void aStationThatIsNotClosedIsFound() {
        assertThatThrownBy(() -> simulation().server(LeftBehind::new).run())
                .hasMessageContaining("does not come to rest");
    }

    private static Simulation simulation() {
        return Simulation.of(() -> (connection, in) -> connection.send(in)).seeds(200);
    }
}
