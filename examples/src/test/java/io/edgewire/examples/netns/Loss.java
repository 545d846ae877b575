package io.edgewire.examples.netns;

import java.io.IOException;
import java.util.Locale;

/** Packets of the first wire that are lost without a word, where they arrive: who sent them knows nothing. */
enum Loss {
    TO_THE_SERVER,
    TO_THE_CLIENT,
    BOTH_WAYS;

    void begin(TwoMachines machines) throws IOException, InterruptedException {
        begin(machines, "drop");
    }

    /**
     * Some packets only. TCP doubles its patience with each loss in a row; where the kernel can be told (6.15), it waits
     * a second at most, or a few unlucky ones in a row would take a minute.
     */
    void begin(TwoMachines machines, int percent) throws IOException, InterruptedException {
        String patience = "net.ipv4.tcp_rto_max_ms=1000";
        machines.onServer("sysctl", "-e", "-q", "-w", patience);
        machines.onClients("sysctl", "-e", "-q", "-w", patience);
        begin(machines, "numgen random mod 100 < " + percent + " drop");
    }

    private void begin(TwoMachines machines, String rule) throws IOException, InterruptedException {
        String filter = "add table ip faults; add chain ip faults in { type filter hook prerouting priority 0; };"
                + " add rule ip faults in iifname wire0 " + rule;
        if (this != TO_THE_CLIENT) {
            machines.onServer("nft", filter);
        }
        if (this != TO_THE_SERVER) {
            machines.onClients("nft", filter);
        }
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
