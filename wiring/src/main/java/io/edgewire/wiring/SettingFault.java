package io.edgewire.wiring;

import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import org.jspecify.annotations.Nullable;

/** Words the faults of single values: key, value, origin, what is allowed, and the default to go back to. */
final class SettingFault {
    private static final int LONGEST_LIST = 60;

    private SettingFault() {}

    static ConfigurationException of(
            String path, String name, ConfigValue value, String mustBe, @Nullable ConfigValue byDefault) {
        StringBuilder message = new StringBuilder()
                .append(path)
                .append(" is ")
                .append(show(name, value))
                .append(" (")
                .append(Origins.describe(value.origin()))
                .append("), but must be ")
                .append(mustBe);
        if (byDefault != null && byDefault.valueType() != ConfigValueType.OBJECT && !byDefault.equals(value)) {
            message.append("; the default is ").append(show(name, byDefault));
        }
        return new ConfigurationException(message.toString());
    }

    static ConfigurationException missing(String path, String mustBe) {
        return new ConfigurationException(path + " is set nowhere, but must be " + mustBe
                + ": its default belongs into the reference.conf of the module that reads it, and a single jar must hold"
                + " the reference.conf of every module, one after the other");
    }

    private static String show(String name, ConfigValue value) {
        return switch (value.valueType()) {
            case OBJECT -> "a section";
            case LIST -> list(Secrets.masked(name, value).render(ConfigRenderOptions.concise()));
            default -> Secrets.masked(name, value).render(ConfigRenderOptions.concise());
        };
    }

    /** One that is read at a glance. */
    private static String list(String rendered) {
        return rendered.length() <= LONGEST_LIST && rendered.indexOf('{') < 0 ? rendered : "a list";
    }
}
