package io.edgewire.api.wlan;

import java.util.Objects;
import java.util.Optional;

/**
 * The association with an access point, as the board reports it.
 *
 * @param phase how far it is
 * @param failure why the last join failed; present only in {@link Phase#DOWN}, and only after a failed join
 */
public record LinkState(Phase phase, Optional<JoinFailure> failure) {
    /** How far an association is. */
    public enum Phase {
        /** Not associated, and no attempt is under way. */
        DOWN,
        /** An attempt is under way. */
        JOINING,
        /** Associated and authenticated; there may be no address yet. */
        UP
    }

    /** Not associated. */
    public static final LinkState DOWN = new LinkState(Phase.DOWN, Optional.empty());
    /** An attempt is under way. */
    public static final LinkState JOINING = new LinkState(Phase.JOINING, Optional.empty());
    /** Associated. */
    public static final LinkState UP = new LinkState(Phase.UP, Optional.empty());

    /** Checks that only a link that is down has a failure. */
    public LinkState {
        Objects.requireNonNull(phase, "phase");
        Objects.requireNonNull(failure, "failure");
        if (failure.isPresent() && phase != Phase.DOWN) {
            throw new IllegalArgumentException(
                    "a link in phase " + phase + " has no failure, but got " + failure.get());
        }
    }

    /** Down after a join that failed. */
    public static LinkState failed(JoinFailure failure) {
        return new LinkState(Phase.DOWN, Optional.of(failure));
    }

    /** Whether the station is associated. */
    public boolean isUp() {
        return phase == Phase.UP;
    }
}
