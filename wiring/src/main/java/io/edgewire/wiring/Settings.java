package io.edgewire.wiring;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A strict reader of one section of the configuration. Each module turns its section into its options record with it.
 *
 * <p><b>Threads.</b> One at a time.
 *
 * <p><b>Failure.</b> Every fault is a {@link ConfigurationException} whose message names the key, the value, where it
 * stands, what is allowed and the default. A key is the last part of the path only: {@code port}, not
 * {@code server.port}; reach deeper by {@link #section}.
 */
public final class Settings {
    private static final String OFF = "off";
    private static final String SECTION = "a section in { }";

    private final String path;
    private final ConfigObject values;
    private final @Nullable ConfigObject defaults;
    private final Set<String> read = new HashSet<>();

    Settings(String path, ConfigObject values, @Nullable ConfigObject defaults) {
        this.path = path;
        this.values = values;
        this.defaults = defaults;
    }

    /** The full path of this section: {@code edgewire.server}. */
    public String path() {
        return path;
    }

    /** Whether the key has a value here; null is none. */
    public boolean has(String key) {
        read.add(key);
        ConfigValue value = values.get(key);
        return value != null && value.valueType() != ConfigValueType.NULL;
    }

    /** A text, maybe empty. Numbers and {@code true} are texts too. */
    public String text(String key) {
        return scalar(key, "a text");
    }

    /** A whole number from {@code least} to {@code most}. */
    public int integer(String key, int least, int most) {
        return whole(key, least, most, wholeRange(least, most));
    }

    /** A whole number from {@code least} to {@code most}, or {@code off}: empty. */
    public OptionalInt integerOrOff(String key, int least, int most) {
        String mustBe = wholeRange(least, most) + ", or " + OFF;
        return OFF.equals(scalar(key, mustBe)) ? OptionalInt.empty() : OptionalInt.of(whole(key, least, most, mustBe));
    }

    /** A number, maybe with a fraction, from {@code least} to {@code most}. */
    public double decimal(String key, double least, double most) {
        return within(key, least, most, "a number from " + least + " to " + most, SettingParser::decimal);
    }

    /** A number of bytes: {@code 64 KiB}, {@code 1 MiB}, or a bare number. */
    public long bytes(String key, long least, long most) {
        boolean open = most == Long.MAX_VALUE || most == Integer.MAX_VALUE;
        String mustBe =
                "a size from " + Units.show(least) + (open ? " up" : " to " + Units.show(most)) + ", such as 64 KiB";
        return within(key, least, most, mustBe, Units::bytes);
    }

    /** The same for sizes that fit into an int. */
    public int bytes(String key, int least, int most) {
        return (int) bytes(key, (long) least, (long) most);
    }

    /** A duration with its unit: {@code 500ms}, {@code 15s}, {@code 2m}, {@code 1h}. */
    public Duration duration(String key, Duration least, Duration most) {
        return within(key, least, most, durationRange(least, most), Units::duration);
    }

    /** A duration with its unit, or {@code off}: zero. */
    public Duration durationOrOff(String key, Duration least, Duration most) {
        String mustBe = durationRange(least, most) + ", or " + OFF;
        return OFF.equals(scalar(key, mustBe)) ? Duration.ZERO : within(key, least, most, mustBe, Units::duration);
    }

    /** {@code true} or {@code false}, also {@code yes}, {@code no}, {@code on} and {@code off}. */
    public boolean flag(String key) {
        return parsed(key, "true or false", SettingParser::flag);
    }

    /** One of the constants of an enum, written in small letters and with hyphens: {@code RAW_PASTE} as raw-paste. */
    public <E extends Enum<E>> E choice(String key, Class<E> type) {
        E[] constants = type.getEnumConstants();
        List<String> names = new ArrayList<>();
        for (E constant : constants) {
            names.add(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
        return parsed(key, "one of " + String.join(", ", names), text -> {
            int index = names.indexOf(text);
            return index < 0 ? Optional.empty() : Optional.of(constants[index]);
        });
    }

    /** An IPv4 or IPv6 address in digits, or {@code localhost}. Names are not looked up: that could block for long. */
    public InetAddress inetAddress(String key) {
        return inetAddress(key, "");
    }

    /**
     * The same for a key that takes words too.
     *
     * @param otherwise what else is allowed and the caller has looked for: {@code station, any, or }
     */
    public InetAddress inetAddress(String key, String otherwise) {
        String mustBe = otherwise + "an IP address in digits, such as 192.168.1.20 or ::1, or localhost";
        return parsed(key, mustBe, SettingParser::address);
    }

    /** A list of texts. */
    public List<String> texts(String key) {
        String mustBe = "a list of texts in [ ]";
        List<String> texts = new ArrayList<>();
        for (ConfigValue element : list(key, mustBe)) {
            if (element instanceof ConfigObject || element instanceof ConfigList) {
                throw invalid(key, mustBe);
            }
            texts.add(String.valueOf(element.unwrapped()));
        }
        return List.copyOf(texts);
    }

    /** A section below this one. */
    public Settings section(String key) {
        if (value(key, SECTION) instanceof ConfigObject object) {
            return new Settings(path + "." + key, object, byDefault(key) instanceof ConfigObject known ? known : null);
        }
        throw invalid(key, SECTION);
    }

    /**
     * A list of sections. Their keys have no defaults, so each element tells by {@link #has} what was written; call
     * {@link #done} on each when it is read.
     */
    public List<Settings> sections(String key) {
        String mustBe = "a list of sections, [{ }, { }]";
        List<Settings> sections = new ArrayList<>();
        for (ConfigValue element : list(key, mustBe)) {
            if (!(element instanceof ConfigObject object)) {
                throw invalid(key, mustBe);
            }
            sections.add(new Settings(path + "." + key + "[" + sections.size() + "]", object, null));
        }
        return List.copyOf(sections);
    }

    /** Complains of the first key of this section that nobody has asked for: for sections that stand in lists. */
    public void done() {
        for (Map.Entry<String, ConfigValue> entry : new TreeMap<>(values).entrySet()) {
            if (!read.contains(entry.getKey())) {
                throw TreeCheck.unknown(path, entry.getKey(), entry.getValue(), read, List.of());
            }
        }
    }

    /**
     * Makes a value out of what was read; what its constructor refuses becomes a fault of this section.
     *
     * @param maker a record's constructor, which checks how the values fit together
     */
    public <T> T valid(Supplier<T> maker) {
        try {
            return maker.get();
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(
                    path + " (" + Origins.describe(values.origin()) + ") does not fit together: " + e.getMessage(), e);
        }
    }

    /**
     * A fault of one value, for a check of the caller's own.
     *
     * @param mustBe what is allowed, to follow the words "but must be"
     */
    public ConfigurationException invalid(String key, String mustBe) {
        ConfigValue value = values.get(key);
        return value == null
                ? SettingFault.missing(path + "." + key, mustBe)
                : SettingFault.of(path + "." + key, key, value, mustBe, byDefault(key));
    }

    private int whole(String key, long least, long most, String mustBe) {
        return (int) (long) within(key, least, most, mustBe, SettingParser::whole);
    }

    private <T extends Comparable<T>> T within(
            String key, T least, T most, String mustBe, Function<String, Optional<T>> parser) {
        T value = parsed(key, mustBe, parser);
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw invalid(key, mustBe);
        }
        return value;
    }

    private <T> T parsed(String key, String mustBe, Function<String, Optional<T>> parser) {
        return parser.apply(scalar(key, mustBe).strip()).orElseThrow(() -> invalid(key, mustBe));
    }

    private String scalar(String key, String mustBe) {
        return switch (value(key, mustBe).valueType()) {
            case STRING, NUMBER, BOOLEAN -> values.toConfig().getString(ConfigUtil.joinPath(key));
            default -> throw invalid(key, mustBe);
        };
    }

    private ConfigList list(String key, String mustBe) {
        if (value(key, mustBe) instanceof ConfigList list) {
            return list;
        }
        throw invalid(key, mustBe);
    }

    private ConfigValue value(String key, String mustBe) {
        read.add(key);
        ConfigValue value = values.get(key);
        if (value == null) {
            throw SettingFault.missing(path + "." + key, mustBe);
        }
        return value;
    }

    private @Nullable ConfigValue byDefault(String key) {
        return defaults == null ? null : defaults.get(key);
    }

    private static String wholeRange(long least, long most) {
        return "a whole number from " + least + (most == Integer.MAX_VALUE ? " up" : " to " + most);
    }

    private static String durationRange(Duration least, Duration most) {
        return "a duration with its unit from " + Units.show(least) + " to " + Units.show(most)
                + ", such as 500ms, 15s, 2m or 1h";
    }
}
