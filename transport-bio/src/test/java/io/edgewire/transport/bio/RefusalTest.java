package io.edgewire.transport.bio;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.api.ListenOptions;
import io.edgewire.api.event.ConnectionEvent;
import io.edgewire.testkit.Call;
import io.edgewire.testkit.RecordingProtocol;
import io.edgewire.testkit.SocketPeer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RefusalTest extends BioFixture {
    @Test
    void aRefusedPeerThatStaysIsLeftAfterAWhile() {
        listenForOne();
        SocketPeer refused = dial();
        events.await(ConnectionEvent.Refused.class);
        refused.expectEof();

        await.until("the socket is closed", () -> {
            clock.advance(Duration.ofSeconds(1));
            return resetOnSend(refused);
        });
    }

    @Test
    void aRefusedPeerThatGoesOnSendingIsLeftAtOnce() {
        listenForOne();
        SocketPeer refused = dial();
        events.await(ConnectionEvent.Refused.class);

        await.until("the socket is closed", () -> resetOnSend(refused, "x".repeat(4096)));
    }

    @Test
    void onlySoManyRefusedPeersLingerAtATimeAndTheEldestMakesRoom() {
        listenForOne();
        SocketPeer eldest = dial();
        eldest.expectEof();
        SocketPeer next = dial();
        next.expectEof();
        for (int i = 2; i < Refusals.MOST; i++) {
            dial().expectEof();
        }

        SocketPeer oneTooMany = dial();

        oneTooMany.expectEof();
        await.until("the eldest's socket is closed", () -> resetOnSend(eldest));
        assertThat(resetOnSend(next)).isFalse();
        assertThat(resetOnSend(oneTooMany)).isFalse();
    }

    /** Fills the listener's one place. */
    private void listenForOne() {
        protocol = new RecordingProtocol(await, handler -> {});
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        listener = transport.listen(ListenOptions.on(anyPort).withMaxConnections(1), protocol);
        dial();
        protocol.handler(0).await(Call.OPEN);
        assertThat(listener.connections()).isEqualTo(1);
    }

    private static boolean resetOnSend(SocketPeer peer) {
        return resetOnSend(peer, "x");
    }

    private static boolean resetOnSend(SocketPeer peer, String text) {
        try {
            peer.send(text);
            return false;
        } catch (AssertionError e) {
            return true; // the other end is gone
        }
    }
}
