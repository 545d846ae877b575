package io.edgewire.transport.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.api.CloseReason;
import io.edgewire.api.ConnectionOptions;
import io.edgewire.api.event.ConnectionEvent;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** One connection on a fake loop and channel. */
abstract class LoopConnectionFixture {
    static final InetSocketAddress HERE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    static final InetSocketAddress THERE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 2);

    final FakeLoop loop = FakeLoop.withBudget(1_000_000);
    final FakeChannel channel = new FakeChannel();
    final Script script = new Script();
    final List<String> owner = new ArrayList<>();
    final ConnectionOwner counting = new ConnectionOwner() {
        @Override
        public void released(LoopConnection of) {
            owner.add("released");
        }

        @Override
        public void gone(LoopConnection of) {
            owner.add("gone");
        }
    };
    LoopConnection connection = connection(ConnectionOptions.DEFAULTS, channel, script);

    final LoopConnection connection(ConnectionOptions options, FakeChannel on, Script handler) {
        LoopConnection made = new LoopConnection(7, THERE, options, loop, on, counting);
        made.start(() -> handler);
        return made;
    }

    final void open() {
        connection.established(HERE);
        loop.turn();
    }

    final void open(ConnectionOptions options) {
        connection = connection(options, channel, script);
        open();
    }

    final void read() {
        connection.readReady();
        loop.turn();
    }

    final void room(int bytes) {
        channel.room = bytes;
        connection.writeReady();
        loop.turn();
    }

    final LoopConnection.State state() {
        return connection.state();
    }

    final ConnectionEvent.Closed closed() {
        return loop.told(ConnectionEvent.Closed.class).get(0);
    }

    /** What another thread does; it has ended when this returns. */
    final void elsewhere(Runnable work) {
        Thread thread = new Thread(work, "elsewhere");
        thread.start();
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    final void openWithQueued(String text, int taken) {
        open();
        channel.room = taken;
        connection.execute(() -> connection.send(text));
        loop.turn();
        assertThat(channel.writesWanted).isTrue();
    }

    final void assertEnded(CloseReason reason, String... calls) {
        assertThat(state()).isEqualTo(LoopConnection.State.CLOSED);
        assertThat(script.calls).containsExactly(calls);
        assertThat(loop.told(ConnectionEvent.Closed.class)).hasSize(1);
        assertThat(closed().reason()).isEqualTo(reason);
        assertThat(owner).containsExactly("released", "gone");
        assertThat(loop.timers().size()).isZero();
        assertThat(loop.budget.queued()).isZero();
    }
}
