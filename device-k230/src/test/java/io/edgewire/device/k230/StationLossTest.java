package io.edgewire.device.k230;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.api.wlan.Capabilities;
import io.edgewire.api.wlan.Capabilities.Capability;
import io.edgewire.api.wlan.IfConfig;
import io.edgewire.api.wlan.StationState.Acquiring;
import io.edgewire.api.wlan.StationState.Associating;
import io.edgewire.api.wlan.StationState.LossCause;
import io.edgewire.api.wlan.StationState.Lost;
import io.edgewire.api.wlan.StationState.Up;
import io.edgewire.testkit.Rule;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How a station notices that it has lost its link or address, and how it comes back. */
class StationLossTest {
    private static final Duration MILLI = Duration.ofMillis(1);

    private final StrictWlan device = new StrictWlan();

    @Test
    @Rule("S-8")
    void aLossIsNoticedWithinOnePollInterval() {
        Life life = Life.up(device);
        device.goDown();
        device.onConnect = () -> {};

        life.after(Life.OPTIONS.pollInterval().minus(MILLI));
        assertThat(life.states).isEmpty();
        life.after(MILLI);
        assertThat(life.states).startsWith(new Lost(LossCause.LINK_DOWN), new Associating(1));
    }

    @Test
    @Rule("S-8")
    void aDeviceThatSignalsIsLookedAtAtOnceAndOnceForManySignals() {
        Life life = Life.up(device);
        device.goDown();
        device.onConnect = () -> {};
        int before = life.scheduler.waiting();
        device.wakes.get(0).run();
        device.wakes.get(0).run();

        assertThat(life.scheduler.waiting()).isEqualTo(before + 1);
        life.run();
        assertThat(life.states).startsWith(new Lost(LossCause.LINK_DOWN));
    }

    @Test
    @Rule("S-8")
    void anAddressThatIsGoneIsToldAsSuchAndAwaitedAgainWithoutConnect() {
        Life life = Life.up(device);
        device.ifconfig = IfConfig.NONE;
        life.poll();
        device.ifconfig = StrictWlan.FIRST;
        life.poll();

        assertThat(life.states)
                .containsExactly(
                        new Lost(LossCause.ADDRESS_GONE),
                        new Associating(1),
                        new Acquiring(),
                        new Up(StrictWlan.FIRST));
        assertThat(device.connects()).isEqualTo(1);
    }

    @Test
    @Rule("S-9")
    void aDeviceThatReconnectsIsGivenTimeToDoSo() {
        device.capabilities = Capabilities.of(Capability.RADIO, Capability.RECONNECTS);
        Life life = Life.up(device);
        device.goDown();
        life.after(Life.OPTIONS.reconnectGrace());
        assertThat(device.connects()).isEqualTo(1);

        device.goUp(StrictWlan.FIRST);
        life.poll();
        assertThat(device.connects()).isEqualTo(1);
        assertThat(life.names()).containsExactly("Lost", "Associating", "Acquiring", "Up");
    }

    @Test
    @Rule("S-9")
    void aDeviceThatDoesNotComeBackInItsTimeIsConnected() {
        device.capabilities = Capabilities.of(Capability.RADIO, Capability.RECONNECTS);
        Life life = Life.up(device);
        device.goDown();
        life.poll().after(Life.OPTIONS.reconnectGrace().minus(MILLI));
        assertThat(device.connects()).isEqualTo(1);
        life.after(MILLI);

        assertThat(device.connects()).isEqualTo(2);
    }

    @Test
    @Rule("S-9")
    void aDeviceThatDoesNotReconnectIsConnectedAtOnce() {
        Life life = Life.up(device);
        device.goDown();
        life.poll();

        assertThat(device.connects()).isEqualTo(2);
        assertThat(life.names()).containsExactly("Lost", "Associating", "Acquiring", "Up");
    }

    @Test
    @Rule("S-10")
    void aChangedAddressIsALossAndThenUpWithTheNewOne() {
        Life life = Life.up(device);
        device.ifconfig = StrictWlan.SECOND;
        life.poll();

        assertThat(life.states)
                .containsExactly(
                        new Lost(LossCause.ADDRESS_CHANGED),
                        new Associating(1),
                        new Acquiring(),
                        new Up(StrictWlan.SECOND));
        assertThat(device.connects()).isEqualTo(1);
    }
}
