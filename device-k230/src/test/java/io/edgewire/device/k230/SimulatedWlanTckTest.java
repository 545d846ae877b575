package io.edgewire.device.k230;

import io.edgewire.api.Clock;
import io.edgewire.api.wlan.AccessPoint;
import io.edgewire.api.wlan.AccessPoint.Security;
import io.edgewire.api.wlan.Credentials;
import io.edgewire.api.wlan.MacAddress;
import io.edgewire.api.wlan.Ssid;
import io.edgewire.api.wlan.WlanDevice;
import io.edgewire.device.k230.SimulatedAccessPoint.Admission;
import io.edgewire.testkit.Await;
import io.edgewire.testkit.ManualScheduler;
import io.edgewire.testkit.wlan.ScriptedAccessPoint;
import io.edgewire.testkit.wlan.WlanDeviceTck;
import io.edgewire.testkit.wlan.WlanEnvironment;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** The contract of devices on the ideal board; the other profile falls short of D-6, D-9 and D-14, as the real board. */
class SimulatedWlanTckTest extends WlanDeviceTck {
    @Override
    protected WlanEnvironment newEnvironment() {
        return new Simulation();
    }

    private static final class Simulation implements WlanEnvironment {
        private static final Ssid NOBODY = Ssid.parse("nobody is there");

        private final ManualScheduler scheduler = new ManualScheduler();
        private final SimulatedWlan board = new SimulatedWlan(
                SimulatedWlanOptions.DEFAULTS.withAccessPoints(SimulatedAccessPoint.open(NOBODY)), scheduler);

        Simulation() {
            board.air().remove(NOBODY);
        }

        @Override
        public WlanDevice newDevice() {
            return board;
        }

        @Override
        public boolean touched() {
            return scheduler.waiting() > 0;
        }

        @Override
        public void add(ScriptedAccessPoint point) {
            Credentials admits = point.admits();
            AccessPoint seen = new AccessPoint(
                    admits.ssid(), new MacAddress(1), 1, point.rssi(), admits.isOpen() ? Security.OPEN : Security.WPA2);
            board.air()
                    .add(new SimulatedAccessPoint(
                            seen,
                            admits,
                            switch (point.admission()) {
                                case BY_KEY -> Admission.BY_KEY;
                                case NOBODY -> Admission.NOBODY;
                            }));
        }

        @Override
        public void lose() {
            board.air().lose();
        }

        @Override
        public void comeBack() {
            board.air().comeBack();
        }

        @Override
        public void stopDhcp() {
            board.air().stopDhcp();
        }

        @Override
        public Clock clock() {
            return scheduler;
        }

        @Override
        public Await await() {
            return new VirtualAwait(scheduler);
        }

        @Override
        public void close() {
            board.close();
        }
    }

    /**
     * Moves time while a test waits: in steps so small that a call on another thread, which takes no virtual time, has
     * long returned before the time that a test measures has passed.
     *
     * @param scheduler moved by the thread that waits
     */
    private record VirtualAwait(ManualScheduler scheduler) implements Await {
        private static final Duration STEP = Duration.ofMillis(1);
        private static final Duration SETTLED = Duration.ofSeconds(5);

        @Override
        public void until(String what, BooleanSupplier condition) {
            Await.stepping(() -> scheduler.advance(STEP)).until(what, condition);
        }

        @Override
        public void settle() {
            scheduler.advance(SETTLED);
        }
    }
}
