package io.edgewire.testkit.sim;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A peer whose doings are drawn: what it sends and in which pieces, how it reads, how long it waits, how it goes. */
final class RandomClient {
    private static final long[] PAUSES = {1_000, 100_000, 10_000_000, 1_000_000_000, 20_000_000_000L};
    private static final long LONGEST_WAIT = 10_000_000_000L;
    private static final int TURNS_AFTER_THE_LAST_WORD = 40;

    private static final int MOST_FAILURES = 4;

    private enum Reading {
        EAGERLY,
        A_LITTLE,
        AT_THE_END,
        NEVER
    }

    private enum Leaving {
        HALF_CLOSE,
        CLOSE,
        RESET,
        VANISH,
        STAY
    }

    private final SimulatedNetwork network;
    private final Random random;
    private final int number;
    private final ByteBuffer words;
    private final Reading reading;
    private final Leaving leaving;
    private final boolean impatient;
    private final long pause;
    private final ByteBuffer into = ByteBuffer.allocate(64 * 1024);
    private @Nullable End end;
    private @Nullable Port mine;
    private boolean said;
    private boolean over;
    private boolean moved;
    private long wait;
    private int turns;
    private int failures;

    RandomClient(SimulatedNetwork network, int number, byte[] words) {
        this.network = network;
        this.number = number;
        this.words = ByteBuffer.wrap(words);
        random = network.random();
        reading = Reading.values()[random.nextInt(Reading.values().length)];
        leaving = Leaving.values()[random.nextInt(Leaving.values().length)];
        impatient = random.nextInt(4) == 0;
        pause = PAUSES[random.nextInt(PAUSES.length)];
        wait = pause;
    }

    /** Connects when its moment has come, and where that fails a few times more. */
    void comeTo(Supplier<InetSocketAddress> server) {
        network.at(network.nanos() + random.nextLong(pause), () -> {
            if (over) {
                return;
            }
            InetSocketAddress to = server.get();
            int neighbour = 1 + random.nextInt(3);
            End.Socket socket = network.socketOfPeer(
                    Radio.isInTheAir(to.getAddress())
                            ? Radio.elsewhere(neighbour)
                            : SimulatedNetwork.address(127, 0, 0, neighbour));
            network.ports().connect(socket, to, (connected, why) -> {
                if (connected != null) {
                    begin(connected);
                } else {
                    trace("cannot reach " + to + ": " + why);
                    over = ++failures == MOST_FAILURES;
                    if (!over) {
                        comeTo(server);
                    }
                }
            });
        });
    }

    /** Waits for one to connect. */
    void awaitAt(Port port) {
        mine = port;
        port.whenCalled(() -> network.at(network.nanos() + random.nextLong(pause), () -> {
            End connected = port.accept();
            port.close().forEach(End::reset);
            if (connected != null) {
                begin(connected);
            }
        }));
    }

    private void begin(End connected) {
        if (over) {
            connected.reset();
            return;
        }
        trace("at port " + connected.local().getPort() + " says " + words.remaining() + " bytes, reads " + reading
                + ", then " + leaving);
        end = connected;
        again();
    }

    boolean isOver() {
        return over;
    }

    /** Ends what is still there. */
    void giveUp() {
        over = true;
        if (end != null) {
            end.reset();
        }
        if (mine != null) {
            mine.close().forEach(End::reset);
        }
    }

    private void again() {
        wait = moved ? pause : Math.min(2 * wait, Math.max(pause, LONGEST_WAIT)); // who waits does not spin
        moved = false;
        network.at(network.nanos() + random.nextLong(wait), this::turn);
    }

    private void turn() {
        End mine = end;
        if (over || mine == null) {
            return;
        }
        try {
            if (impatient && random.nextInt(20) == 0) {
                words.position(words.limit());
            }
            if (words.hasRemaining()) {
                say(mine);
            } else if (!said) {
                said = true;
                leave(mine);
            } else if (++turns > TURNS_AFTER_THE_LAST_WORD) {
                over = true; // stays, and does nothing more
            }
            if (!over) {
                listen(mine);
            }
        } catch (IOException e) {
            trace("sees " + e.getMessage());
            over = true;
            mine.reset();
        }
        if (!over) {
            again();
        }
    }

    private void say(End mine) throws IOException {
        int limit = words.limit();
        int most = random.nextBoolean() ? words.remaining() : 1 + random.nextInt(words.remaining());
        words.limit(words.position() + most);
        try {
            int count = mine.write(words);
            if (count > 0) {
                moved = true;
                trace("sends", count);
            }
        } finally {
            words.limit(limit);
        }
    }

    private void listen(End mine) throws IOException {
        boolean now = switch (reading) {
            case EAGERLY, A_LITTLE -> true;
            case AT_THE_END -> said;
            case NEVER -> false;
        };
        if (!now || !mine.readable()) {
            return;
        }
        into.clear();
        if (reading == Reading.A_LITTLE) {
            into.limit(1 + random.nextInt(100));
        }
        int count = mine.read(into);
        if (count >= 0) {
            trace("receives", count);
            moved = true;
            turns = 0;
        } else {
            trace("receives FIN");
            over = true;
            mine.close();
        }
    }

    private void leave(End mine) throws IOException {
        trace(leaving.toString());
        switch (leaving) {
            case HALF_CLOSE -> mine.shutdownOutput();
            case CLOSE -> mine.close();
            case RESET -> mine.reset();
            case VANISH -> mine.vanish();
            case STAY -> {}
        }
        over = leaving != Leaving.HALF_CLOSE && leaving != Leaving.STAY;
    }

    private void trace(String what) {
        network.trace().add("client", number, what, 0);
    }

    private void trace(String what, int amount) {
        network.trace().add("client", number, what, amount);
    }
}
