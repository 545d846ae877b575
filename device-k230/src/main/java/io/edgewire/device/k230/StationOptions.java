package io.edgewire.device.k230;

import io.edgewire.api.Backoff;
import io.edgewire.api.wlan.IfConfig;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How a {@link WlanStation} joins and watches.
 *
 * @param pollInterval how often the device is asked for its link and address, more than zero
 * @param connectTimeout how long one attempt to associate may take, more than zero; a CanMV board needs up to 45 s
 * @param leaseTimeout how long an address may take after association, more than zero
 * @param callTimeout how long any other device call may take before it is told as overdue, more than zero
 * @param reconnectGrace how long a device that reconnects by itself is given to do so after a loss; zero for not at all
 * @param backoff the waits between attempts
 * @param maxAttempts after how many failed attempts in a row the station rests; 0 for never
 * @param fixedAddress the address to use; empty for DHCP
 */
public record StationOptions(
        Duration pollInterval,
        Duration connectTimeout,
        Duration leaseTimeout,
        Duration callTimeout,
        Duration reconnectGrace,
        Backoff backoff,
        int maxAttempts,
        Optional<IfConfig> fixedAddress) {
    /** Polls every 500 ms; 60 s to associate, 30 s for a lease; tries for ever; DHCP. */
    public static final StationOptions DEFAULTS = new StationOptions(
            Duration.ofMillis(500),
            Duration.ofSeconds(60),
            Duration.ofSeconds(30),
            Duration.ofSeconds(15),
            Duration.ofSeconds(10),
            Backoff.DEFAULTS,
            0,
            Optional.empty());

    /** Checks the ranges. */
    public StationOptions {
        positive(pollInterval, "pollInterval");
        positive(connectTimeout, "connectTimeout");
        positive(leaseTimeout, "leaseTimeout");
        positive(callTimeout, "callTimeout");
        Objects.requireNonNull(reconnectGrace, "reconnectGrace");
        Objects.requireNonNull(backoff, "backoff");
        Objects.requireNonNull(fixedAddress, "fixedAddress");
        if (reconnectGrace.isNegative()) {
            throw new IllegalArgumentException("reconnectGrace is " + reconnectGrace + ", but must be zero or more");
        }
        if (maxAttempts < 0) {
            throw new IllegalArgumentException("maxAttempts is " + maxAttempts + ", but must be 0 or more");
        }
        if (fixedAddress.isPresent() && !fixedAddress.get().hasAddress()) {
            throw new IllegalArgumentException(
                    "fixedAddress is 0.0.0.0, but must be an address; leave it out for DHCP");
        }
    }

    /** A copy that polls at another interval. */
    public StationOptions withPollInterval(Duration interval) {
        return new StationOptions(
                interval,
                connectTimeout,
                leaseTimeout,
                callTimeout,
                reconnectGrace,
                backoff,
                maxAttempts,
                fixedAddress);
    }

    /** A copy with another limit for one attempt to associate. */
    public StationOptions withConnectTimeout(Duration timeout) {
        return new StationOptions(
                pollInterval, timeout, leaseTimeout, callTimeout, reconnectGrace, backoff, maxAttempts, fixedAddress);
    }

    /** A copy with another limit for the lease. */
    public StationOptions withLeaseTimeout(Duration timeout) {
        return new StationOptions(
                pollInterval, connectTimeout, timeout, callTimeout, reconnectGrace, backoff, maxAttempts, fixedAddress);
    }

    /** A copy with another limit for calls that are not {@code connect}. */
    public StationOptions withCallTimeout(Duration timeout) {
        return new StationOptions(
                pollInterval,
                connectTimeout,
                leaseTimeout,
                timeout,
                reconnectGrace,
                backoff,
                maxAttempts,
                fixedAddress);
    }

    /** A copy that gives another time to a device that reconnects by itself. */
    public StationOptions withReconnectGrace(Duration grace) {
        return new StationOptions(
                pollInterval, connectTimeout, leaseTimeout, callTimeout, grace, backoff, maxAttempts, fixedAddress);
    }

    /** A copy with other waits between attempts. */
    public StationOptions withBackoff(Backoff other) {
        return new StationOptions(
                pollInterval,
                connectTimeout,
                leaseTimeout,
                callTimeout,
                reconnectGrace,
                other,
                maxAttempts,
                fixedAddress);
    }

    /** A copy that rests after so many failures in a row; 0 for never. */
    public StationOptions withMaxAttempts(int attempts) {
        return new StationOptions(
                pollInterval,
                connectTimeout,
                leaseTimeout,
                callTimeout,
                reconnectGrace,
                backoff,
                attempts,
                fixedAddress);
    }

    /** A copy that uses this address instead of DHCP. */
    public StationOptions withFixedAddress(IfConfig config) {
        return new StationOptions(
                pollInterval,
                connectTimeout,
                leaseTimeout,
                callTimeout,
                reconnectGrace,
                backoff,
                maxAttempts,
                Optional.of(config));
    }

    private static void positive(Duration value, String name) {
        Objects.requireNonNull(value, name);
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " is " + value + ", but must be more than zero");
        }
    }
}
