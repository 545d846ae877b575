package io.edgewire.testkit.sim;

import io.edgewire.api.wlan.WlanDevice;
import io.edgewire.api.wlan.WlanException;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * What the simulated machine has of addresses: those of the loopback interface always, and that of a board's interface
 * for as long as the board has it. Through the air bytes pass only while the link is up.
 */
final class Radio {
    /** Where the peers live that come through the air: 198.51.100.0/24, which is for examples. */
    private static final int[] ELSEWHERE = {198, 51, 100};

    private @Nullable WlanDevice board;

    void follow(WlanDevice device) {
        board = device;
    }

    /** An address of someone who comes through the air. */
    static InetAddress elsewhere(int last) {
        return SimulatedNetwork.address(ELSEWHERE[0], ELSEWHERE[1], ELSEWHERE[2], last);
    }

    /** Whether a socket can be bound to it. */
    boolean isOurs(InetAddress address) {
        return address.isLoopbackAddress() || address.isAnyLocalAddress() || has(address);
    }

    /** Whether bytes to and from it have to go through the air. */
    static boolean isInTheAir(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean elsewhere =
                bytes[0] == (byte) ELSEWHERE[0] && bytes[1] == (byte) ELSEWHERE[1] && bytes[2] == (byte) ELSEWHERE[2];
        return !elsewhere && !address.isLoopbackAddress() && !address.isAnyLocalAddress();
    }

    /** Whether bytes to and from this address of ours pass now. */
    boolean passes(InetAddress address) {
        return !isInTheAir(address) || linkUp() && has(address);
    }

    /** Whether the board has a link. */
    boolean linkUp() {
        try {
            return board != null && board.link().isUp();
        } catch (WlanException e) {
            return false; // a board that was closed has no link
        }
    }

    private boolean has(InetAddress address) {
        try {
            return board != null && board.ifconfig().address().equals(address);
        } catch (WlanException e) {
            return false; // and no address
        }
    }
}
