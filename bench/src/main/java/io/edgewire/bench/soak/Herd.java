package io.edgewire.bench.soak;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * All clients, on one selector: new ones come at a pace, each behaves in its own way until it is done.
 *
 * <p><b>Threads.</b> {@link #run} is a thread's work; {@link #finish}, {@link #end} and the tally are for any.
 */
final class Herd implements Runnable {
    /**
     * How many come.
     *
     * @param perSecond begun in a second, at most
     * @param together open at once, at most
     * @param total begun in all, at most
     */
    record Pace(double perSecond, int together, long total) {}

    private static final long TICK = Duration.ofMillis(50).toNanos();
    private static final int TICK_MILLIS = 20;
    /** What may be made up for in one go after a pause. */
    private static final double BURST = 4;
    /** The herd's own addresses, all of this machine, so that whoever remembers each that came would be found out. */
    private static final int ADDRESSES = 250 * 250;

    private final InetSocketAddress server;
    private final Limits limits;
    private final Pace pace;
    private final Cast cast;
    private final int network;
    private final Random random;
    private final Tally tally;
    private final Outages outages;
    private final Findings findings;
    private final Set<Client> clients = new LinkedHashSet<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);
    private double due;
    private long begun;
    private int floods;
    /** Written by any thread, read by the herd's. */
    private volatile boolean finishing;

    private volatile boolean ending;

    /**
     * A herd that does not move yet.
     *
     * @param network the second number of its addresses, 127.network.x.y
     */
    Herd(
            InetSocketAddress server,
            Limits limits,
            Pace pace,
            Cast cast,
            int network,
            long seed,
            Tally tally,
            Outages outages,
            Findings findings) {
        this.server = server;
        this.limits = limits;
        this.pace = pace;
        this.cast = cast;
        this.network = network;
        this.random = new Random(seed);
        this.tally = tally;
        this.outages = outages;
        this.findings = findings;
    }

    /** No more come; those that are there finish what they do, or are dismissed. */
    void finish() {
        finishing = true;
    }

    /** All leave now. */
    void end() {
        ending = true;
    }

    @Override
    public void run() {
        try (Selector selector = Selector.open()) {
            long last = System.nanoTime();
            long lastTick = last;
            while (!ending && !(isComplete() && clients.isEmpty())) {
                selector.select(this::serve, due < 1 || clients.size() >= pace.together() ? TICK_MILLIS : 1);
                long now = System.nanoTime();
                admit(selector, now - last);
                last = now;
                if (now - lastTick >= TICK) {
                    lastTick = now;
                    List.copyOf(clients).forEach(client -> client.tickNow(now));
                }
            }
            List.copyOf(clients).forEach(Client::reset);
        } catch (IOException | RuntimeException e) {
            findings.wrong("the clients cannot go on: " + e);
        }
    }

    // What clients ask and tell.

    Tally tally() {
        return tally;
    }

    Limits limits() {
        return limits;
    }

    /** Whether visits are to be as short as possible. */
    boolean isHasty() {
        return pace.total() != Long.MAX_VALUE;
    }

    void gone(Client client) {
        if (clients.remove(client)) {
            tally.open.decrement();
        }
    }

    void wrong(Client client, String what) {
        findings.wrong(client + " " + what);
    }

    void suspect(Client client, String what) {
        findings.suspect(client + " " + what, client.begun(), System.nanoTime());
    }

    private boolean isComplete() {
        return finishing || begun >= pace.total();
    }

    private void serve(SelectionKey key) {
        ((Client) key.attachment()).ready(key, buffer);
    }

    private void admit(Selector selector, long elapsed) {
        due = Math.min(due + elapsed * pace.perSecond() / 1e9, Math.max(1, pace.perSecond() / BURST));
        if (outages.isDown()) {
            return;
        }
        while (due >= 1 && !isComplete() && clients.size() < pace.together()) {
            List<? extends Client> next = cast.next(this, random);
            InetAddress from =
                    next.size() > 1 ? address(network + 1, floods++) : address(network, random.nextInt(ADDRESSES));
            next.forEach(client -> begin(client, selector, from));
            due -= next.size();
        }
    }

    private void begin(Client client, Selector selector, InetAddress from) {
        begun++;
        clients.add(client);
        tally.begun.increment();
        tally.open.increment();
        client.begin(selector, new InetSocketAddress(from, 0), server);
    }

    private static InetAddress address(int network, int host) {
        try {
            return InetAddress.getByAddress(
                    new byte[] {127, (byte) network, (byte) (host / 250), (byte) (1 + host % 250)});
        } catch (UnknownHostException e) {
            throw new AssertionError(e); // four bytes are an address
        }
    }
}
