package io.edgewire.wiring;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Which keys hold secrets, by their names: those values are never shown. */
final class Secrets {
    static final String MASK = "***";

    private static final List<String> NAMES = List.of("password", "passphrase", "psk", "secret", "token");

    private Secrets() {}

    /** Whether a key of this name, without its path, holds a secret: {@code password}, {@code keystore-password}. */
    static boolean isSecret(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        for (String secret : NAMES) {
            if (lower.equals(secret) || lower.endsWith("-" + secret)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a piece of a file, which may not even be HOCON, names a secret. */
    static boolean isNamedIn(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        for (String secret : NAMES) {
            if (lower.contains(secret)) {
                return true;
            }
        }
        return false;
    }

    /** The value of a key as it may be shown: secrets masked, also those within it. */
    static ConfigValue masked(String name, ConfigValue value) {
        if (isSecret(name) && !isEmptyText(value)) {
            return ConfigValueFactory.fromAnyRef(MASK);
        }
        if (value instanceof ConfigObject object) {
            ConfigObject shown = object;
            for (Map.Entry<String, ConfigValue> entry : object.entrySet()) {
                shown = shown.withValue(entry.getKey(), masked(entry.getKey(), entry.getValue()));
            }
            return shown;
        }
        if (value instanceof ConfigList list) {
            List<ConfigValue> shown = new ArrayList<>();
            for (ConfigValue element : list) {
                shown.add(masked("", element));
            }
            return ConfigValueFactory.fromIterable(shown);
        }
        return value;
    }

    /** The name of a secret in a value, if it has one. */
    static Optional<String> within(String name, ConfigValue value) {
        if (isSecret(name)) {
            return Optional.of(name);
        }
        Optional<String> found = Optional.empty();
        if (value instanceof ConfigObject object) {
            for (Map.Entry<String, ConfigValue> entry : object.entrySet()) {
                found = found.or(() -> within(entry.getKey(), entry.getValue()));
            }
        }
        if (value instanceof ConfigList list) {
            for (ConfigValue element : list) {
                found = found.or(() -> within("", element));
            }
        }
        return found;
    }

    /** That no secret is set is no secret. */
    private static boolean isEmptyText(ConfigValue value) {
        return "".equals(value.unwrapped());
    }
}
