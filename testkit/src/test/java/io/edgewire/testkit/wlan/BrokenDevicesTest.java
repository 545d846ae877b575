package io.edgewire.testkit.wlan;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.api.Registration;
import io.edgewire.api.wlan.AccessPoint;
import io.edgewire.api.wlan.Credentials;
import io.edgewire.api.wlan.IfConfig;
import io.edgewire.api.wlan.JoinFailure;
import io.edgewire.api.wlan.LinkState;
import io.edgewire.testkit.RuleRun;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Each device here breaks one rule, and the contract test says which. */
class BrokenDevicesTest {
    /** Makes the device that is under test; tests run one after another. */
    private static Function<ToyAir, ToyWlan> current = ToyWlan::new;

    static class Devices extends WlanDeviceTck {
        @Override
        protected WlanEnvironment newEnvironment() {
            return new ToyAir(current);
        }
    }

    @Test
    void aCorrectDevicePasses() {
        assertThat(run(ToyWlan::new).failures()).isEmpty();
    }

    @Test
    void whoUsesTheRadioWhenCreatedBreaksD1() {
        assertBreaks("D-1", air -> {
            air.touched = true;
            return new ToyWlan(air);
        });
    }

    @Test
    void whoIsUpWithoutDhcpAskedBreaksD3() {
        assertBreaks("D-3", air -> new ToyWlan(air) {
            @Override
            public IfConfig ifconfig() {
                IfConfig now = super.ifconfig();
                return link.isUp() && !now.hasAddress() ? IfConfig.of(InetAddress.getLoopbackAddress(), 8) : now;
            }
        });
    }

    @Test
    void whoTellsAnotherFailureBreaksD4() {
        assertBreaks("D-4", air -> new ToyWlan(air) {
            @Override
            void refused(JoinFailure why) {
                super.refused(JoinFailure.UNKNOWN);
            }
        });
    }

    @Test
    void whoTakesLongerThanTheLimitBreaksD5() {
        assertBreaks("D-5", air -> new ToyWlan(air) {
            @Override
            public void connect(Credentials credentials, Duration limit) {
                super.connect(credentials, limit);
                air.clock.advance(limit.plusSeconds(2));
            }
        });
    }

    @Test
    void whoKeepsTheAddressAfterLeavingBreaksD6() {
        assertBreaks("D-6", air -> new ToyWlan(air) {
            @Override
            public void disconnect() {
                requireOpen();
                change(LinkState.DOWN, ifconfig);
            }
        });
    }

    @Test
    void whoScansInAnyOrderBreaksD8() {
        assertBreaks("D-8", air -> new ToyWlan(air) {
            @Override
            public List<AccessPoint> scan(Duration limit) {
                return super.scan(limit).stream()
                        .sorted(Comparator.comparingInt(AccessPoint::rssi))
                        .toList();
            }
        });
    }

    @Test
    void whoForgetsTheFixedAddressBreaksD9() {
        assertBreaks("D-9", air -> new ToyWlan(air) {
            @Override
            void apLost() {
                fixed = Optional.empty();
                super.apLost();
            }
        });
    }

    @Test
    void whoNeverSignalsBreaksD10() {
        assertBreaks("D-10", air -> new ToyWlan(air) {
            @Override
            public Registration onChange(Runnable wake) {
                requireOpen();
                return Registration.NONE;
            }
        });
    }

    @Test
    void whoLivesOnAfterCloseBreaksD11() {
        assertBreaks("D-11", air -> new ToyWlan(air) {
            @Override
            public void close() {}
        });
    }

    @Test
    void whoTakesOnlyTextAsANameBreaksD12() {
        assertBreaks("D-12", air -> new ToyWlan(air) {
            @Override
            public void connect(Credentials credentials, Duration limit) {
                if (credentials.ssid().toString().startsWith("hex:")) {
                    refused(JoinFailure.NOT_FOUND);
                } else {
                    super.connect(credentials, limit);
                }
            }
        });
    }

    @Test
    void whoShowsTheKeyBreaksD13() {
        assertBreaks("D-13", air -> new ToyWlan(air) {
            private String last = "";

            @Override
            public void connect(Credentials credentials, Duration limit) {
                last = credentials.withKey(String::valueOf);
                super.connect(credentials, limit);
            }

            @Override
            public String toString() {
                return "ToyWlan " + last;
            }
        });
    }

    private static RuleRun run(Function<ToyAir, ToyWlan> maker) {
        current = maker;
        return RuleRun.of(Devices.class);
    }

    private static void assertBreaks(String rule, Function<ToyAir, ToyWlan> maker) {
        assertThat(run(maker).brokenRules()).containsExactly(rule);
    }
}
