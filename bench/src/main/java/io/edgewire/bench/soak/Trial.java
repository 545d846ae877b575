package io.edgewire.bench.soak;

import io.edgewire.bench.soak.Herd.Pace;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One server under observation from its start to its end, and the herds that visit it. */
final class Trial implements AutoCloseable {
    /** Visits before the first look, so that everything is loaded that traffic loads. */
    private static final int WARM_UP = 1500;

    private static final Pace IN_A_HURRY = new Pace(1e9, 64, WARM_UP);
    private static final Duration WARM_UP_LIMIT = Duration.ofMinutes(3);
    private static final Duration REST_LIMIT = Duration.ofSeconds(60);
    /** Of descriptors at rest; a collection or a timer's thread may have one open for a moment. */
    private static final int STRAY = 2;

    private static final int POLL_MILLIS = 100;
    private static final int NETWORK = 10;

    final Outages outages = new Outages();
    final Findings findings = new Findings(outages);
    final Tally tally = new Tally();
    final Limits limits = Limits.SOAK;
    final ServerProcess server;
    final Probe probe;
    final Vitals before;
    private final long seed;
    private int herds;

    /** Starts the server, lets it see a little of everything, and takes its vitals at rest. */
    Trial(String transport, Map<String, String> settings, long seed) throws IOException, InterruptedException {
        this.seed = seed;
        Map<String, String> all = new HashMap<>(settings);
        // So far away that none comes to pass: each is a timer that waits when its connection closes.
        all.put("edgewire.connection.first-byte-timeout", "20m");
        all.put("edgewire.connection.idle-timeout", "30m");
        all.put("edgewire.connection.lifetime", "2h");
        server = ServerProcess.start(transport, limits, all, outages, findings);
        try {
            probe = new Probe(server.pid());
            long cold = probe.descriptors();
            join(start(herd(IN_A_HURRY, Cast::shortVisits)), WARM_UP_LIMIT);
            awaitRest(cold);
            before = probe.read();
        } catch (IOException | InterruptedException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /** More clients, which do not come yet. */
    Herd herd(Pace pace, Cast cast) {
        return new Herd(server.address(), limits, pace, cast, NETWORK, seed + herds++, tally, outages, findings);
    }

    /** Runs on a thread of its own. */
    static Thread start(Runnable what) {
        Thread thread = new Thread(what, "soak-" + what.getClass().getSimpleName());
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Waits for the end of what was started; it is wrong if that does not come. */
    void join(Thread thread, Duration limit) throws InterruptedException {
        thread.join(limit.toMillis());
        if (thread.isAlive()) {
            findings.wrong(thread.getName() + " did not end within " + limit.toSeconds() + " s, with "
                    + tally.open.sum() + " connections open");
        }
    }

    /** When all clients have gone: what did not go with them, and what else was wrong; empty is good. */
    List<String> verdict(List<Vitals> series, Report report) throws IOException, InterruptedException {
        List<String> found = new ArrayList<>(Growth.inTraffic(series));
        awaitRest(before.descriptors());
        Vitals after = probe.read();
        report.rest("After", after);
        found.addAll(Growth.atRest(before, after));
        server.stop();
        findings.last().ifPresent(found::add);
        return found;
    }

    @Override
    public void close() {
        server.close();
    }

    /** Until the descriptors are back; the limit is generous, for the last to go are those that linger or were vanished. */
    private void awaitRest(long descriptors) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        while (probe.descriptors() > descriptors + STRAY && System.nanoTime() - begun < REST_LIMIT.toNanos()) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }
}
