package io.edgewire.transport.nio;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.testkit.RuleRun;
import io.edgewire.testkit.transport.AdmissionTck;
import io.edgewire.testkit.transport.BackPressureTck;
import io.edgewire.testkit.transport.BlockedHandlerTck;
import io.edgewire.testkit.transport.CloseTck;
import io.edgewire.testkit.transport.ConnectTck;
import io.edgewire.testkit.transport.DeliveryTck;
import io.edgewire.testkit.transport.DrainTck;
import io.edgewire.testkit.transport.FaultTck;
import io.edgewire.testkit.transport.HalfCloseTck;
import io.edgewire.testkit.transport.LifecycleTck;
import io.edgewire.testkit.transport.SerialTck;
import io.edgewire.testkit.transport.TimeoutTck;
import io.edgewire.testkit.transport.TransportEnvironment;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each transport here breaks a rule, and the contract test says which. Takes its time, because what a wrong transport
 * does not do is waited for in vain.
 */
@Tag("heavy")
class BrokenTransportsTest {
    /** The fault of the transport that is under test; tests run one after another. */
    private static Fault current = new Fault();

    @ParameterizedTest
    @EnumSource
    void theContractTestFindsTheBrokenRule(Faults broken) {
        current = broken.fault();

        RuleRun run = RuleRun.of(broken.family());

        assertThat(run.tests()).isPositive();
        assertThat(run.brokenRules()).isEqualTo(broken.rules());
    }

    /** By itself, because which other tests it breaks is a matter of chance. */
    @Test
    void whoRunsTasksOnTheThreadOfTheCallerBreaksC1() {
        current = new Fault() {
            @Override
            FaultyConnection connection(FaultyConnection usual) {
                return new FaultyConnection(usual.correct) {
                    @Override
                    public boolean execute(Runnable task) {
                        task.run();
                        return true;
                    }
                };
            }
        };

        assertThat(RuleRun.of(BrokenSerial.class).brokenRules()).contains("C-1");
    }

    private static TransportEnvironment environment() {
        return new BrokenEnvironment(current);
    }

    static class BrokenLifecycle extends LifecycleTck {
        @Override
        protected TransportEnvironment newEnvironment() {
            return environment();
        }
    }

    static class BrokenAdmission extends AdmissionTck {
        @Override
        protected TransportEnvironment newEnvironment() {
            return environment();
        }
    }

    static class BrokenConnect extends ConnectTck {
        @Override
        protected TransportEnvironment newEnvironment() {
            return environment();
        }
    }

    static class BrokenSerial extends SerialTck {
        @Override
        protected TransportEnvironment newEnvironment() {
            return environment();
        }
    }

    static class BrokenDelivery extends DeliveryTck {
        @Override
        protected TransportEnvironment newEnvironment() {
            return environment();
        }
    }

    static class BrokenBackPressure extends BackPressureTck {
        @Override
        protected TransportEnvironment newEnvironment() {
            return environment();
        }
    }

    static class BrokenTimeout extends TimeoutTck {
        @Override
        protected TransportEnvironment newEnvironment() {
            return environment();
        }
    }

    static class BrokenClose extends CloseTck {
        @Override
        protected TransportEnvironment newEnvironment() {
            return environment();
        }
    }

    static class BrokenFault extends FaultTck {
        @Override
        protected TransportEnvironment newEnvironment() {
            return environment();
        }
    }

    static class BrokenBlockedHandler extends BlockedHandlerTck {
        @Override
        protected TransportEnvironment newEnvironment() {
            return environment();
        }
    }

    static class BrokenHalfClose extends HalfCloseTck {
        @Override
        protected TransportEnvironment newEnvironment() {
            return environment();
        }
    }

    static class BrokenDrain extends DrainTck {
        @Override
        protected TransportEnvironment newEnvironment() {
            return environment();
        }
    }
}
