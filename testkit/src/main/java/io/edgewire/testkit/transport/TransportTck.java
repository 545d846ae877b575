package io.edgewire.testkit.transport;

import org.junit.jupiter.api.Nested;

/**
 * The whole contract test of a transport. Extend it and supply an environment; every rule of
 * {@code docs/spec/transport.md} is then tested, with no list of exceptions:
 *
 * <pre>{@code
 * class NioTransportTckTest extends TransportTck {
 *     @Override
 *     protected TransportEnvironment newEnvironment() {
 *         return new NioEnvironment();
 *     }
 * }
 * }</pre>
 *
 * <p>While a transport is being written, extend one of the families alone, such as {@link LifecycleTck}.
 */
public abstract class TransportTck {
    /** For subclasses. */
    protected TransportTck() {}

    /** The world of one test. */
    protected abstract TransportEnvironment newEnvironment();

    /** See {@link LifecycleTck}. */
    @Nested
    class Lifecycle extends LifecycleTck {
        @Override
        protected TransportEnvironment newEnvironment() {
            return TransportTck.this.newEnvironment();
        }
    }

    /** See {@link AdmissionTck}. */
    @Nested
    class Admission extends AdmissionTck {
        @Override
        protected TransportEnvironment newEnvironment() {
            return TransportTck.this.newEnvironment();
        }
    }

    /** See {@link ConnectTck}. */
    @Nested
    class Connect extends ConnectTck {
        @Override
        protected TransportEnvironment newEnvironment() {
            return TransportTck.this.newEnvironment();
        }
    }

    /** See {@link SerialTck}. */
    @Nested
    class Serial extends SerialTck {
        @Override
        protected TransportEnvironment newEnvironment() {
            return TransportTck.this.newEnvironment();
        }
    }

    /** See {@link DeliveryTck}. */
    @Nested
    class Delivery extends DeliveryTck {
        @Override
        protected TransportEnvironment newEnvironment() {
            return TransportTck.this.newEnvironment();
        }
    }

    /** See {@link BackPressureTck}. */
    @Nested
    class BackPressure extends BackPressureTck {
        @Override
        protected TransportEnvironment newEnvironment() {
            return TransportTck.this.newEnvironment();
        }
    }

    /** See {@link TimeoutTck}. */
    @Nested
    class Timeout extends TimeoutTck {
        @Override
        protected TransportEnvironment newEnvironment() {
            return TransportTck.this.newEnvironment();
        }
    }

    /** See {@link CloseTck}. */
    @Nested
    class Close extends CloseTck {
        @Override
        protected TransportEnvironment newEnvironment() {
            return TransportTck.this.newEnvironment();
        }
    }

    /** See {@link HalfCloseTck}. */
    @Nested
    class HalfClose extends HalfCloseTck {
        @Override
        protected TransportEnvironment newEnvironment() {
            return TransportTck.this.newEnvironment();
        }
    }

    /** See {@link FaultTck}. */
    @Nested
    class Fault extends FaultTck {
        @Override
        protected TransportEnvironment newEnvironment() {
            return TransportTck.this.newEnvironment();
        }
    }

    /** See {@link HostileTck}. */
    @Nested
    class Hostile extends HostileTck {
        @Override
        protected TransportEnvironment newEnvironment() {
            return TransportTck.this.newEnvironment();
        }
    }

    /** See {@link GreedyTck}. */
    @Nested
    class Greedy extends GreedyTck {
        @Override
        protected TransportEnvironment newEnvironment() {
            return TransportTck.this.newEnvironment();
        }
    }

    /** See {@link BlockedHandlerTck}. */
    @Nested
    class BlockedHandler extends BlockedHandlerTck {
        @Override
        protected TransportEnvironment newEnvironment() {
            return TransportTck.this.newEnvironment();
        }
    }

    /** See {@link DrainTck}. */
    @Nested
    class Drain extends DrainTck {
        @Override
        protected TransportEnvironment newEnvironment() {
            return TransportTck.this.newEnvironment();
        }
    }
}
