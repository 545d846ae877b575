package io.edgewire.testkit.sim;

import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** The random clients of one run. */
final class Guests {
    static final int MOST = 4;
    private static final int MOST_BYTES = 40_000;
    /** A long speech takes about so many segments, however small they are. */
    private static final int MOST_SEGMENTS = 300;

    private static final int SHORT = 200;

    private final SimulatedNetwork network;
    private final Random random;
    private final List<byte[]> words;
    private final List<RandomClient> clients = new ArrayList<>();

    Guests(SimulatedNetwork network, List<byte[]> words) {
        this.network = network;
        this.random = network.random();
        this.words = words;
    }

    /** Some come, each at a moment of its own, to where this tells by then. */
    void invite(Supplier<InetSocketAddress> where) {
        int count = random.nextInt(MOST + 1);
        for (int i = 0; i < count; i++) {
            next().comeTo(where);
        }
    }

    /** One that waits to be called, at a port of its own. */
    InetSocketAddress host() {
        Port port = network.bindForPeers(network.anyPort());
        next().awaitAt(port);
        return port.address();
    }

    private RandomClient next() {
        RandomClient client = new RandomClient(network, clients.size() + 1, speech());
        clients.add(client);
        return client;
    }

    boolean areOver() {
        return clients.stream().allMatch(RandomClient::isOver);
    }

    /** Ends what is still there. */
    void giveUp() {
        clients.forEach(RandomClient::giveUp);
    }

    /** A long one only where it does not take for ever. */
    private byte[] speech() {
        int most = Math.min(MOST_BYTES, MOST_SEGMENTS * network.conditions().usualSegment());
        int size = random.nextInt(random.nextInt(3) == 0 ? most : Math.min(most, SHORT));
        if (words.isEmpty()) {
            byte[] bytes = new byte[size];
            random.nextBytes(bytes);
            return bytes;
        }
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        while (text.size() < size) {
            text.writeBytes(words.get(random.nextInt(words.size())));
        }
        return text.toByteArray();
    }
}
