package io.edgewire.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.api.Connection;
import io.edgewire.testkit.Call;
import io.edgewire.testkit.ManualExecutor;
import io.edgewire.testkit.RecordingProtocol;
import io.edgewire.testkit.Rule;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DialerTest {
    private final World world = World.calm();
    private final RecordingProtocol protocol = new RecordingProtocol(world.await, handler -> {});
    private final List<String> failures = new ArrayList<>();

    @AfterEach
    void close() {
        world.close();
    }

    private Dialing dial(Dialer dialer, String name) {
        return dialer.dial(
                DialOptions.to(name, world.address.getPort()).withLimit(Duration.ofSeconds(10)),
                world.guard.wrap(protocol),
                failures::add);
    }

    private Dialing dial(String name) {
        return dial(world.dialer, name);
    }

    private void awaitFailure() {
        world.await.until("the failure is told", () -> !failures.isEmpty());
    }

    private Connection awaitOpen() {
        world.await.until("there is a handler", () -> !protocol.handlers().isEmpty());
        protocol.first().await(Call.OPEN);
        return protocol.first().connection();
    }

    @Test
    @Rule("R-2")
    void theAddressesOfANameAreTriedInTurnUntilOneAnswers() {
        world.serve();

        dial("127.0.0.2,127.0.0.3,127.0.0.1,127.0.0.4");

        assertThat(awaitOpen().remote()).isEqualTo(world.address);
        assertThat(protocol.handlers()).hasSize(1);
        assertThat(failures).isEmpty();
    }

    @Test
    @Rule("R-2")
    void allFailuresAreToldInOneMessageThatNamesEachAddress() {
        dial("127.0.0.2,192.0.2.1");
        awaitFailure();

        int port = world.address.getPort();
        assertThat(failures)
                .containsExactly("cannot connect to 127.0.0.2,192.0.2.1:" + port + ": 127.0.0.2:" + port
                        + ": Connection refused; 192.0.2.1:" + port + ": no answer within PT10S");
        assertThat(protocol.handlers()).isEmpty();
    }

    @Test
    @Rule("R-2")
    void anAddressThatDoesNotAnswerHasOnlyItsShareOfTheTime() {
        world.serve();
        long start = world.scheduler.nanos();

        dial("192.0.2.1,192.0.2.2,127.0.0.2,127.0.0.1");
        awaitOpen();

        // A quarter of ten seconds, then a third of what was left; the refusal took nothing.
        assertThat(Duration.ofNanos(world.scheduler.nanos() - start)).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    @Rule("R-1")
    void aNameIsLookedUpOnTheExecutorAndNowhereElse() {
        world.serve();
        ManualExecutor executor = new ManualExecutor();
        Dialer dialer = new Dialer(world.clients, world.scheduler, executor, World::addresses);

        dial(dialer, "127.0.0.1");
        world.pass(Duration.ofSeconds(1));
        assertThat(executor.waiting()).isEqualTo(1);
        assertThat(world.events.all()).isEmpty();

        executor.runAll();
        awaitOpen();
    }

    @Test
    @Rule("R-2")
    void aLookupThatHangsEndsTheAttemptAfterHalfItsTimeAndIsNotBegunTwice() {
        ManualExecutor executor = new ManualExecutor();
        Dialer dialer = new Dialer(world.clients, world.scheduler, executor, World::addresses);
        long start = world.scheduler.nanos();

        for (int times = 1; times <= 3; times++) {
            dial(dialer, "127.0.0.1");
            int expected = times;
            world.await.until("the failure is told", () -> failures.size() == expected);
        }

        assertThat(failures.get(2)).contains("the lookup of the name took longer than PT5S");
        assertThat(Duration.ofNanos(world.scheduler.nanos() - start)).isEqualTo(Duration.ofSeconds(15));
        assertThat(executor.waiting()).isEqualTo(1);

        executor.runAll(); // too late for those three; the next one asks anew
        world.serve();
        dial(dialer, "127.0.0.1");
        world.await.until("it is looked up", () -> executor.waiting() == 1);
        executor.runAll();
        awaitOpen();
        assertThat(failures).hasSize(3);
    }

    @Test
    @Rule("R-2")
    void aNameWithoutAnAddressIsAFailure() {
        Dialer unknown = new Dialer(world.clients, world.scheduler, Runnable::run, name -> {
            throw new UnknownHostException(name);
        });
        Dialer empty = new Dialer(world.clients, world.scheduler, Runnable::run, name -> List.<InetAddress>of());
        Dialer closed = new Dialer(
                world.clients,
                world.scheduler,
                task -> {
                    throw new RejectedExecutionException("the executor is closed");
                },
                World::addresses);

        for (Dialer dialer : List.of(unknown, empty, closed)) {
            failures.clear();
            dial(dialer, "nobody");
            awaitFailure();
            assertThat(failures.get(0)).startsWith("cannot connect to nobody:" + world.address.getPort() + ": ");
        }
        assertThat(failures.get(0)).contains("the executor is closed");
    }

    @Test
    @Rule("R-2")
    void whoCancelsHearsNothingMore() {
        world.serve();
        Dialing silent = dial("192.0.2.1,127.0.0.1");
        world.pass(Duration.ofSeconds(1));

        assertThat(silent.cancel()).isTrue();
        assertThat(silent.cancel()).isFalse();
        world.pass(Duration.ofMinutes(1));

        assertThat(failures).isEmpty();
        assertThat(protocol.handlers()).isEmpty();
    }

    @Test
    @Rule("R-2")
    void whatIsConnectedCannotBeCancelled() {
        world.serve();
        Dialing dialing = dial("127.0.0.1");
        awaitOpen();

        assertThat(dialing.cancel()).isFalse();
        world.pass(Duration.ofMinutes(1));
        assertThat(protocol.first().closed()).isEmpty();
    }

    @Test
    @Rule("R-2")
    void aHandlerThatCannotBeMadeIsAFailure() {
        world.serve();

        world.dialer.dial(
                DialOptions.to(world.address),
                () -> {
                    throw new IllegalStateException("planted");
                },
                failures::add);
        awaitFailure();

        assertThat(failures.get(0)).contains("its handler could not be made");
    }

    @Test
    @Rule("R-2")
    void aTransportThatIsClosedIsAFailure() {
        world.clients.close();

        dial("127.0.0.1");
        awaitFailure();

        assertThat(failures.get(0)).contains("the transport is closed");
    }
}
