package io.edgewire.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.AbstractModule;
import com.google.inject.Module;
import com.google.inject.multibindings.Multibinder;
import io.edgewire.api.Connection;
import io.edgewire.api.ProtocolHandler;
import io.edgewire.api.StopOutcome;
import io.edgewire.api.event.ConnectionEvent;
import io.edgewire.api.event.ConnectionEvent.Limit;
import io.edgewire.api.event.EdgeEvent;
import io.edgewire.api.event.EventSink;
import io.edgewire.api.event.ServerEvent;
import io.edgewire.api.wlan.Station;
import io.edgewire.wiring.ConfigurationException;
import io.edgewire.wiring.EdgewireConfig;
import io.edgewire.wiring.ProtocolBinder;
import io.edgewire.wiring.TransportBinder;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class EdgewireTest {
    /** The names of the events that an observer heard. */
    private final List<String> heard = new CopyOnWriteArrayList<>();

    private final ScriptedStation station = new ScriptedStation();
    private final ScriptedTransport transport = new ScriptedTransport();

    static final class Silent implements ProtocolHandler {
        @Override
        public void onBytes(Connection connection, ByteBuffer in) {}
    }

    EdgewireTest() {
        transport.onClose = () -> transport.calls.add("transport closed");
        station.onClose = () -> transport.calls.add("station closed");
    }

    @Test
    void theConfiguredServerListensOnTheConfiguredPort() {
        station.up("10.0.0.1");
        try (Edgewire edgewire = Edgewire.start(config("server.port=4711"), module())) {
            assertThat(edgewire.awaitListening()).isEqualTo(at(4711));
            assertThat(edgewire.server().address()).contains(at(4711));
        }
    }

    @Test
    void nothingIsStartedByWiringAlone() {
        station.up("10.0.0.1");
        Edgewire edgewire = Edgewire.create(config(), module());
        assertThat(station.joins).isZero();
        assertThat(edgewire.stop(Duration.ZERO)).isEqualTo(StopOutcome.NOT_RUNNING);
        assertThat(transport.calls).containsExactly("transport closed", "station closed");
    }

    @Test
    void stopDrainsFirstAndThenClosesTransportAndStation() {
        station.up("10.0.0.1");
        Edgewire edgewire = Edgewire.start(config(), module());
        edgewire.awaitListening();
        assertThat(edgewire.stop(Duration.ofSeconds(1))).isEqualTo(StopOutcome.DRAINED);
        assertThat(transport.calls)
                .containsExactly(
                        "listen 10.0.0.1:8080", "stop 10.0.0.1:8080 1000 ms", "transport closed", "station closed");
    }

    @Test
    void theLogIsLastAndHearsWhatHappensWhileTheRestCloses() {
        station.up("10.0.0.1");
        CompletableFuture<EventSink> sink = new CompletableFuture<>();
        station.onClose = () -> sink.join().accept(new ServerEvent.Stopped("late", StopOutcome.DRAINED));
        Edgewire edgewire = Edgewire.start(config(), module());
        sink.complete(edgewire.injector().getInstance(EventSink.class));
        edgewire.awaitListening();
        edgewire.close();
        assertThat(heard).containsExactly("Listening", "Stopping", "Stopped", "late");
    }

    @Test
    void whatTheQueueDropsIsCountedAllTheSame() {
        Edgewire edgewire = Edgewire.create(config("log.queue=16"), module());
        EventSink sink = edgewire.injector().getInstance(EventSink.class);
        InetSocketAddress peer = at(4711);
        for (int i = 0; i < 100_000; i++) {
            sink.accept(new ConnectionEvent.Refused(peer, peer.getAddress(), Limit.ACCEPT_RATE, 5));
        }
        edgewire.close();
        assertThat(heard).hasSizeLessThan(100_000);
        ConnectionCounters counters = edgewire.injector().getInstance(ConnectionCounters.class);
        assertThat(counters.counts().refused()).containsEntry(Limit.ACCEPT_RATE, 100_000L);
    }

    @Test
    void aStationIsWaitedForUntilItsDeviceHasClosed() {
        station.up("10.0.0.1");
        station.closed = new CompletableFuture<>() {
            @Override
            public Void get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException {
                transport.calls.add("waits for " + unit.toSeconds(timeout) + " s");
                complete(null);
                return super.get();
            }
        };
        Edgewire edgewire = Edgewire.start(config(), module());
        edgewire.awaitListening();
        edgewire.close();
        assertThat(transport.calls).endsWith("transport closed", "station closed", "waits for 30 s");
    }

    @Test
    void aStationWhoseDeviceFailedToCloseIsNoFailureOfTheStop() {
        station.closed = CompletableFuture.failedFuture(new IllegalStateException("unplugged"));
        Edgewire edgewire = Edgewire.create(config(), module());
        assertThat(edgewire.stop(Duration.ZERO)).isEqualTo(StopOutcome.NOT_RUNNING);
    }

    @Test
    void aStationThatNeverClosesIsLeftAfterTheLeaveTimeout() {
        station.closed = new CompletableFuture<>();
        Edgewire edgewire = Edgewire.create(config("server.leave-timeout=50ms"), module());
        assertThat(edgewire.stop(Duration.ZERO)).isEqualTo(StopOutcome.NOT_RUNNING);
        assertThat(transport.calls).containsExactly("transport closed", "station closed");
    }

    @Test
    void oneThatDoesNotCloseKeepsNoOtherOpen() {
        station.up("10.0.0.1");
        transport.onClose = () -> {
            throw new IllegalStateException("stuck");
        };
        Edgewire edgewire = Edgewire.start(config(), module());
        edgewire.awaitListening();
        assertThatThrownBy(edgewire::close)
                .hasMessage("not everything closed in order")
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
        assertThat(transport.calls).endsWith("station closed");
        assertThat(heard).endsWith("Stopped");
    }

    @Test
    void aSecondStopDoesNotWaitForAFirstThatFailed() {
        transport.onClose = () -> {
            throw new IllegalStateException("stuck");
        };
        Edgewire edgewire = Edgewire.create(config(), module());
        assertThatThrownBy(edgewire::close).hasMessage("not everything closed in order");
        assertThat(edgewire.stop(Duration.ZERO)).isEqualTo(StopOutcome.NOT_RUNNING);
    }

    @Test
    void whoStartsAfterTheEndHearsThatItIsTheEnd() {
        Edgewire edgewire = Edgewire.create(config(), module());
        edgewire.close();
        assertThatThrownBy(edgewire::awaitListening)
                .isInstanceOfSatisfying(
                        EdgeServerException.class,
                        e -> assertThat(e.kind()).isEqualTo(EdgeServerException.Kind.STOPPED));
        assertThatThrownBy(() -> edgewire.addServer("late", EdgeServerOptions.DEFAULTS, Silent::new))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("late cannot be added: everything has been stopped");
        assertThat(edgewire.server().stop(Duration.ZERO)).isEqualTo(StopOutcome.NOT_RUNNING);
    }

    @Test
    void aSecondStopIsHarmless() {
        station.up("10.0.0.1");
        Edgewire edgewire = Edgewire.start(config(), module());
        edgewire.awaitListening();
        transport.outcome = StopOutcome.FORCED;
        assertThat(edgewire.stop(Duration.ZERO)).isEqualTo(StopOutcome.FORCED);
        assertThat(edgewire.stop(Duration.ZERO)).isEqualTo(StopOutcome.FORCED);
        edgewire.close();
        assertThat(transport.calls).containsOnlyOnce("transport closed");
    }

    @Test
    void severalServersShareStationAndTransport() throws Exception {
        station.up("10.0.0.1");
        try (Edgewire edgewire = Edgewire.start(config(), module())) {
            edgewire.awaitListening();
            EdgeServer second = edgewire.addServer("second", EdgeServerOptions.DEFAULTS.withPort(8443), Silent::new);
            assertThat(second.start().get(10, TimeUnit.SECONDS)).isEqualTo(at(8443));
        }
        assertThat(transport.calls).contains("stop 10.0.0.1:8080 10000 ms", "stop 10.0.0.1:8443 10000 ms");
    }

    @Test
    void aNameThatNothingBindsIsAFaultOfTheConfiguration() {
        assertThatThrownBy(() -> Edgewire.create(config("server.transport=bio"), module()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("edgewire.server.transport is \"bio\" (--set), but must be one of the transports that are"
                        + " bound (scripted); to have bio, add io.edgewire:edgewire-transport-bio and its"
                        + " BioTransportModule; the default is \"nio\"");
    }

    @Test
    void aFaultOfTheStartIsThrownAsItIs() {
        Edgewire edgewire = Edgewire.start(config(), module());
        CompletableFuture<Void> stopping = CompletableFuture.runAsync(() -> edgewire.stop(Duration.ZERO));
        assertThatThrownBy(edgewire::awaitListening)
                .isInstanceOf(EdgeServerException.class)
                .hasMessage("server: stopped before it could listen");
        stopping.join();
    }

    @Test
    void whoAsksForTheStartAfterTheEndHearsHowItWent() {
        Edgewire edgewire = Edgewire.start(config(), module());
        edgewire.stop(Duration.ZERO);
        assertThatThrownBy(edgewire::awaitListening)
                .isInstanceOf(EdgeServerException.class)
                .hasMessage("server: stopped before it could listen");
    }

    private static EdgewireConfig config(String... assignments) {
        var loader = EdgewireConfig.loader()
                .set("edgewire.server.transport=scripted")
                .set("edgewire.server.protocol=silent");
        for (String assignment : assignments) {
            loader.set("edgewire." + assignment);
        }
        return loader.load();
    }

    private Module module() {
        return new AbstractModule() {
            @Override
            protected void configure() {
                bind(Station.class).toInstance(station);
                TransportBinder.of(binder()).bind("scripted").toInstance(transport);
                ProtocolBinder.of(binder()).bind("silent").to(Silent.class);
                Multibinder.newSetBinder(binder(), EventSink.class).addBinding().toInstance(EdgewireTest.this::hear);
            }
        };
    }

    private void hear(EdgeEvent event) {
        boolean late =
                event instanceof ServerEvent.Stopped stopped && stopped.server().equals("late");
        heard.add(late ? "late" : event.getClass().getSimpleName());
    }

    private static InetSocketAddress at(int port) {
        return new InetSocketAddress(ScriptedStation.address("10.0.0.1"), port);
    }
}
