package io.edgewire.api.wlan;

import java.time.Duration;
import java.util.Objects;

/** Where a {@link Station} is in its life. */
public sealed interface StationState {
    /** Rests: not joined, or left. */
    record Down() implements StationState {}

    /**
     * On its way to an access point.
     *
     * @param attempt which attempt in a row this is, from 1
     */
    record Associating(int attempt) implements StationState {}

    /** Associated, waits for an address. */
    record Acquiring() implements StationState {}

    /**
     * The link is up and there is an address.
     *
     * @param config the address, with {@link IfConfig#hasAddress()}
     */
    record Up(IfConfig config) implements StationState {
        /** Checks that there is an address. */
        public Up {
            if (!config.hasAddress()) {
                throw new IllegalArgumentException("a station that is up has an address");
            }
        }
    }

    /**
     * It was up and is no longer; {@link Associating} follows at once.
     *
     * @param why what was noticed
     */
    record Lost(LossCause why) implements StationState {
        /** Checks for null. */
        public Lost {
            Objects.requireNonNull(why, "why");
        }
    }

    /**
     * Waits before it tries again.
     *
     * @param why the last failure
     * @param attempt which attempt in a row will follow, from 2
     * @param delay how long it waits
     */
    record Retrying(JoinFailure why, int attempt, Duration delay) implements StationState {
        /** Checks for null. */
        public Retrying {
            Objects.requireNonNull(why, "why");
            Objects.requireNonNull(delay, "delay");
        }
    }

    /**
     * Rests, because trying again is pointless or the limit of attempts was reached.
     *
     * @param why the failure that ended it
     */
    record Failed(JoinFailure why) implements StationState {
        /** Checks for null. */
        public Failed {
            Objects.requireNonNull(why, "why");
        }
    }

    /** What showed that a station is no longer up. */
    enum LossCause {
        /** The link went down. */
        LINK_DOWN,
        /** The address is gone although the link is up. */
        ADDRESS_GONE,
        /** The interface has another address now. */
        ADDRESS_CHANGED,
        /** The interface itself failed. */
        DEVICE_FAILED
    }
}
