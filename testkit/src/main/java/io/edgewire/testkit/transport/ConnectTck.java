package io.edgewire.testkit.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.api.CloseReason;
import io.edgewire.api.ConnectOptions;
import io.edgewire.api.Connection;
import io.edgewire.api.event.ConnectionEvent;
import io.edgewire.testkit.Call;
import io.edgewire.testkit.Peer;
import io.edgewire.testkit.PeerListener;
import io.edgewire.testkit.RecordingHandler;
import io.edgewire.testkit.RecordingProtocol;
import io.edgewire.testkit.Rule;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Outgoing connections: T-10, T-16, and that the other rules hold for them too. */
public abstract class ConnectTck extends TransportFixture {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    /** For subclasses. */
    protected ConnectTck() {}

    @Test
    @Rule("T-10")
    void anEstablishedConnectionHearsOnOpenAndCarriesBytesBothWays() {
        PeerListener target = keep(env.listen());

        Connection connection =
                connect(target.address(), handler -> handler.echo().whenOpen(opened -> opened.send("hello")));
        Session session = new Session(keep(target.accept()), protocol.first());

        session.peer().expect("hello");
        assertEchoes(session);
        assertThat(connection.remote()).isEqualTo(target.address());
        assertThat(connection.local().getPort()).isPositive();
        session.peer().close();
        assertThat(session.awaitClosed()).isEqualTo(CloseReason.PEER);
        assertThat(session.handler().calls()).startsWith(Call.OPEN).endsWith(Call.PEER_CLOSED, Call.CLOSED);
    }

    @Test
    @Rule("T-10")
    void aRefusedConnectionHearsOnlyThatItIsUnreachable() {
        Connection connection = connect(env.refusingAddress(), RecordingHandler::echo);

        assertThat(protocol.first().awaitClosed()).isEqualTo(CloseReason.UNREACHABLE);
        assertThat(protocol.first().calls()).containsExactly(Call.CLOSED);
        assertThat(connection.send("x")).isFalse();
    }

    @Test
    @Rule("T-10")
    void aSilentAddressIsUnreachableAfterTheTimeout() {
        Connection connection = connect(env.silentAddress(), RecordingHandler::echo);
        assertThat(connection.send("x")).isFalse();
        assertThat(connection.writable()).isFalse();
        await.settle();
        advance(LIMIT.minusNanos(1));
        await.settle();
        assertThat(protocol.handlers())
                .allSatisfy(handler -> assertThat(handler.calls()).isEmpty());

        advance(Duration.ofNanos(1));

        assertThat(protocol.first().awaitClosed()).isEqualTo(CloseReason.UNREACHABLE);
        assertThat(protocol.first().calls()).containsExactly(Call.CLOSED);
    }

    @Test
    @Rule("T-13")
    void oneThatNeverOpenedIsToldOnlyAsClosed() {
        InetSocketAddress nobody = env.refusingAddress();
        Connection connection = connect(nobody, RecordingHandler::echo);

        ConnectionEvent.Closed closed = closedEvent(connection.id());

        assertThat(closed.reason()).isEqualTo(CloseReason.UNREACHABLE);
        assertThat(closed.remote()).isEqualTo(nobody);
        assertThat(closed.detail()).isNotEmpty();
        protocol.first().await(Call.CLOSED);
        assertThat(connection.detail()).isEqualTo(closed.detail());
        assertThat(closed.bytesIn() + closed.bytesOut() + closed.bytesUnsent()).isZero();
        assertThat(events.all(ConnectionEvent.class)).containsExactly(closed);
    }

    @Test
    @Rule("T-10")
    void theConnectTimeoutIsOverWithTheOpening() {
        PeerListener target = keep(env.listen());
        connect(target.address(), RecordingHandler::echo);
        Session session = new Session(keep(target.accept()), protocol.first());
        session.handler().await(Call.OPEN);

        advance(LIMIT.multipliedBy(2));

        assertEchoes(session);
    }

    @Test
    @Rule("T-10")
    @Rule("C-28")
    void oneThatIsAbortedBeforeItOpensNeverOpens() {
        Connection connection = connect(env.silentAddress(), RecordingHandler::echo);

        connection.abort(CloseReason.LINK_LOST);

        assertThat(protocol.first().awaitClosed()).isEqualTo(CloseReason.LINK_LOST);
        assertThat(protocol.first().calls()).containsExactly(Call.CLOSED);
    }

    @Test
    @Rule("T-16")
    void aConnectionComesFromTheAddressAndPortThatWereAskedFor() {
        PeerListener target = keep(env.listen());
        InetSocketAddress source = env.refusingAddress(); // its port is free

        Connection connection = connectFrom(source, target.address());
        Peer peer = keep(target.accept());
        protocol.first().await(Call.OPEN);

        assertThat(peer.remote()).isEqualTo(source);
        assertThat(connection.local()).isEqualTo(source);
    }

    @Test
    @Rule("T-16")
    void withPortZeroTheAddressAloneIsAskedFor() {
        PeerListener target = keep(env.listen());
        InetSocketAddress source = env.anyPort();

        connectFrom(source, target.address());
        Peer peer = keep(target.accept());

        assertThat(peer.remote().getAddress()).isEqualTo(source.getAddress());
        assertThat(peer.remote().getPort()).isPositive();
    }

    @Test
    @Rule("T-16")
    void whatCannotBeTheSourceMakesTheConnectionUnreachableAndIsNamed() {
        PeerListener target = keep(env.listen());
        PeerListener taken = keep(env.listen());

        for (InetSocketAddress source : new InetSocketAddress[] {env.foreignAddress(), taken.address()}) {
            Connection connection = connectFrom(source, target.address());

            assertThat(protocol.first().awaitClosed()).isEqualTo(CloseReason.UNREACHABLE);
            assertThat(protocol.first().calls()).containsExactly(Call.CLOSED);
            assertThat(connection.detail()).contains(source.getAddress().getHostAddress() + ":" + source.getPort());
        }
    }

    @Test
    @Rule("T-9")
    void closeOfTheTransportEndsOutgoingConnections() {
        PeerListener target = keep(env.listen());
        connect(target.address(), RecordingHandler::echo);
        Session open = new Session(keep(target.accept()), protocol.first());
        open.handler().await(Call.OPEN);
        connect(env.silentAddress(), RecordingHandler::echo);
        RecordingHandler opening = protocol.first();

        transport.close();

        assertThat(open.handler().closed()).contains(CloseReason.SHUTDOWN);
        assertThat(opening.closed()).contains(CloseReason.SHUTDOWN);
        open.peer().expectReset();
        await.until("every thread has ended", () -> threads.alive().isEmpty());
    }

    @Test
    @Rule("C-21")
    void anOutgoingConnectionClosesInOrderToo() {
        PeerListener target = keep(env.listen());
        Connection connection = connect(
                target.address(),
                handler -> handler.whenOpen(opened -> {
                    opened.send("bye");
                    opened.close();
                }));
        Peer peer = keep(target.accept());
        peer.send("never read");

        assertThat(new String(peer.receiveAll())).isEqualTo("bye");
        peer.close();

        assertThat(protocol.first().awaitClosed()).isEqualTo(CloseReason.LOCAL);
        assertThat(connection.send("x")).isFalse();
    }

    private Connection connectFrom(InetSocketAddress source, InetSocketAddress address) {
        protocol = new RecordingProtocol(await, RecordingHandler::echo);
        return transport.connect(ConnectOptions.to(address).withSource(source), guard.wrap(protocol));
    }

    private Connection connect(InetSocketAddress address, Consumer<RecordingHandler> setUp) {
        protocol = new RecordingProtocol(await, setUp);
        return transport.connect(ConnectOptions.to(address).withConnectTimeout(LIMIT), guard.wrap(protocol));
    }
}
