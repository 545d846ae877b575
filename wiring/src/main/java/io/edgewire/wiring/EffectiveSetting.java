package io.edgewire.wiring;

import java.util.Objects;

/**
 * One key of the configuration in force, to be shown.
 *
 * @param key the full path
 * @param value the value as HOCON would write it; a secret is masked
 * @param origin where it stands: a file and line, the option it came by, or the module whose default it is
 */
public record EffectiveSetting(String key, String value, String origin) {
    /** Checks for null. */
    public EffectiveSetting {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(origin, "origin");
    }
}
