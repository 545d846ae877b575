package io.edgewire.testkit.wlan;

import io.edgewire.api.Clock;
import io.edgewire.api.wlan.Credentials;
import io.edgewire.api.wlan.IfConfig;
import io.edgewire.api.wlan.JoinFailure;
import io.edgewire.api.wlan.WlanDevice;
import io.edgewire.testkit.Await;
import io.edgewire.testkit.ManualClock;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** An air in which everything happens at once. */
final class ToyAir implements WlanEnvironment {
    private static final IfConfig LEASE = IfConfig.of(InetAddress.getLoopbackAddress(), 8);

    final List<ScriptedAccessPoint> points = new CopyOnWriteArrayList<>();
    final ManualClock clock = new ManualClock();
    volatile boolean touched;
    private final Function<ToyAir, ToyWlan> maker;
    private volatile boolean lost;
    private volatile boolean dhcp = true;
    private volatile Optional<ToyWlan> device = Optional.empty();

    ToyAir(Function<ToyAir, ToyWlan> maker) {
        this.maker = maker;
    }

    /** Why these credentials join nothing here; empty if they do. */
    Optional<JoinFailure> refusal(Credentials offered) {
        touched = true;
        Optional<ScriptedAccessPoint> found = points.stream()
                .filter(point -> !lost && point.admits().ssid().equals(offered.ssid()))
                .findFirst();
        if (found.isEmpty()) {
            return Optional.of(JoinFailure.NOT_FOUND);
        }
        if (found.get().admission() == ScriptedAccessPoint.Admission.NOBODY) {
            return Optional.of(JoinFailure.REFUSED);
        }
        boolean same = found.get().admits().withKey(mine -> offered.withKey(theirs -> Arrays.equals(mine, theirs)));
        return same ? Optional.empty() : Optional.of(JoinFailure.WRONG_KEY);
    }

    IfConfig lease() {
        return dhcp ? LEASE : IfConfig.NONE;
    }

    @Override
    public WlanDevice newDevice() {
        ToyWlan made = maker.apply(this);
        device = Optional.of(made);
        return made;
    }

    @Override
    public boolean touched() {
        return touched;
    }

    @Override
    public void add(ScriptedAccessPoint point) {
        points.add(point);
    }

    @Override
    public void lose() {
        lost = true;
        device.ifPresent(ToyWlan::apLost);
    }

    @Override
    public void comeBack() {
        lost = false;
    }

    @Override
    public void stopDhcp() {
        dhcp = false;
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public Await await() {
        return Await.realTime(Duration.ofMillis(300));
    }

    @Override
    public void close() {}
}
