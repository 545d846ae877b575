package io.edgewire.bench.soak;

import io.edgewire.bench.soak.Herd.Pace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** A process of a few clients that somebody stops or kills from outside. Ends with its input. */
final class Victim {
    /** The second number of its addresses. */
    static final int NETWORK = 200;

    static final int CLIENTS = 20;

    private Victim() {}

    public static void main(String[] args) throws IOException {
        InetSocketAddress server = new InetSocketAddress(InetAddress.getByName(args[0]), Integer.parseInt(args[1]));
        Outages outages = new Outages();
        // What goes wrong here is what we are stopped for: nobody looks.
        Herd herd = new Herd(
                server,
                Limits.SOAK,
                new Pace(CLIENTS, CLIENTS, Long.MAX_VALUE),
                Cast::regulars,
                NETWORK,
                Long.parseLong(args[2]),
                new Tally(),
                outages,
                new Findings(outages));
        Thread clients = new Thread(herd, "soak-victim");
        clients.setDaemon(true);
        clients.start();
        System.in.transferTo(System.out);
    }
}
