package io.edgewire.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    private static final Duration MILLISECOND = Duration.ofMillis(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final String WHERE = " (--set), but must be ";

    enum Role {
        ASK,
        ANSWER_ONLY
    }

    @Test
    void aWholeNumberInItsRangeIsRead() {
        assertThat(server("port=0").integer("port", 0, 65_535)).isZero();
        assertThat(server("port=65535").integer("port", 0, 65_535)).isEqualTo(65_535);
    }

    @ParameterizedTest
    @ValueSource(strings = {"65536", "-1", "80x", "8e1", "1.5", "", "99999999999999999999"})
    void aNumberOutsideItsRangeNamesKeyValueOriginRangeAndDefault(String value) {
        assertFault(
                () -> server("port=" + value).integer("port", 0, 65_535),
                "edgewire.server.port is \"" + value + "\"" + WHERE
                        + "a whole number from 0 to 65535; the default is 8080");
    }

    @Test
    void aNumberWithoutUpperLimitSaysSo() {
        assertFault(
                () -> connection("max=0").integer("max", 1, Integer.MAX_VALUE),
                "edgewire.connection.max is \"0\"" + WHERE + "a whole number from 1 up; the default is 20000");
    }

    @Test
    void aListWhereANumberIsWantedIsAFaultOfOurs() {
        assertFault(
                () -> server("port=[1]").integer("port", 0, 65_535),
                "edgewire.server.port is [1]" + WHERE + "a whole number from 0 to 65535; the default is 8080");
    }

    @Test
    void nullIsNoNumber() {
        assertFault(
                () -> simulated("names=[a]").integer("empty", 0, 1),
                "edgewire.device.sim.empty is null (default (wiring reference.conf:24)), but must be a whole number"
                        + " from 0 to 1");
    }

    @Test
    void aLimitThatIsOffIsEmpty() {
        assertThat(connection("max=off").integerOrOff("max", 1, 9)).isEmpty();
        assertThat(connection("max=7").integerOrOff("max", 1, 9)).isEqualTo(OptionalInt.of(7));
        assertFault(
                () -> connection("max=none").integerOrOff("max", 1, 9),
                "edgewire.connection.max is \"none\"" + WHERE
                        + "a whole number from 1 to 9, or off; the default is 20000");
    }

    @ParameterizedTest
    @CsvSource({
        "500ms, 500",
        "15s, 15000",
        "2m, 120000",
        "1h, 3600000",
        "0.5 s, 500",
        "20 seconds, 20000",
        "1 minute, 60000",
        "' 3s ', 3000"
    })
    void durationsAreReadWithTheirUnit(String text, long millis) {
        assertThat(server("link-grace=" + text).duration("link-grace", MILLISECOND, HOUR))
                .isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"15", "s", "", "-1s", "2h", "0s", "1.2.3s", "15 parsecs", "99999999999999999999d", "off"})
    void aDurationWithoutUnitOrOutsideItsRangeIsAFault(String value) {
        assertFault(
                () -> server("link-grace=" + value).duration("link-grace", MILLISECOND, HOUR),
                "edgewire.server.link-grace is \"" + value + "\"" + WHERE
                        + "a duration with its unit from 1ms to 1h, such as 500ms, 15s, 2m or 1h; the default is"
                        + " \"10s\"");
    }

    @Test
    void aBareNumberInAFileIsNoDurationEither() {
        assertThatThrownBy(() -> settings("connection.idle-timeout", "5").durationOrOff("idle-timeout", HOUR, HOUR))
                .hasMessageContaining("is \"5\"")
                .hasMessageContaining("a duration with its unit from 1h to 1h");
    }

    @Test
    void aDurationThatIsOffIsZero() {
        assertThat(connection("max=1").durationOrOff("idle-timeout", MILLISECOND, HOUR))
                .isZero();
        assertFault(
                () -> connection("idle-timeout=of").durationOrOff("idle-timeout", MILLISECOND, HOUR),
                "edgewire.connection.idle-timeout is \"of\"" + WHERE
                        + "a duration with its unit from 1ms to 1h, such as 500ms, 15s, 2m or 1h, or off;"
                        + " the default is \"off\"");
    }

    @ParameterizedTest
    @CsvSource({"1024, 1024", "64 KiB, 65536", "1MiB, 1048576", "2k, -1", "2K, 2048", "2kB, 2000", "0.5 KiB, 512"})
    void sizesAreReadInBytesOrWithTheirUnit(String text, int bytes) {
        Settings settings = connection("send-limit=" + text);
        if (bytes < 0) {
            assertThatThrownBy(() -> settings.bytes("send-limit", 1, Integer.MAX_VALUE))
                    .isInstanceOf(ConfigurationException.class);
        } else {
            assertThat(settings.bytes("send-limit", 1, Integer.MAX_VALUE)).isEqualTo(bytes);
        }
    }

    @Test
    void aSizeOutsideItsRangeNamesTheRangeInUnits() {
        assertFault(
                () -> connection("send-limit=3 MiB").bytes("send-limit", 4096L, 2L << 20),
                "edgewire.connection.send-limit is \"3 MiB\"" + WHERE
                        + "a size from 4 KiB to 2 MiB, such as 64 KiB; the default is \"1 MiB\"");
    }

    @Test
    void aNumberWithAFractionIsRead() {
        assertThat(simulated("jitter=0.5").decimal("jitter", 0, 1)).isEqualTo(0.5);
        assertFault(
                () -> simulated("jitter=NaN").decimal("jitter", 0, 1),
                "edgewire.device.sim.jitter is \"NaN\"" + WHERE + "a number from 0.0 to 1.0; the default is 0.2");
    }

    @Test
    void aFlagIsTrueOrFalse() {
        assertThat(simulated("verbose=on").flag("verbose")).isTrue();
        assertThat(simulated("verbose=false").flag("verbose")).isFalse();
        assertFault(
                () -> simulated("verbose=maybe").flag("verbose"),
                "edgewire.device.sim.verbose is \"maybe\"" + WHERE + "true or false; the default is \"no\"");
    }

    @Test
    void aChoiceIsWrittenInSmallLettersWithHyphens() {
        assertThat(heartbeat("role=answer-only").choice("role", Role.class)).isEqualTo(Role.ANSWER_ONLY);
        assertFault(
                () -> heartbeat("role=ASK").choice("role", Role.class),
                "edgewire.protocol.heartbeat.role is \"ASK\"" + WHERE + "one of ask, answer-only; the default is"
                        + " \"ask\"");
    }

    @Test
    void textIsTakenAsItIs() {
        assertThat(server("protocol=recv: ").text("protocol")).isEqualTo("recv: ");
        assertThat(server("protocol=").text("protocol")).isEmpty();
        assertThat(server("protocol=8e3").text("protocol")).isEqualTo("8e3");
    }

    @ParameterizedTest
    @CsvSource({"::1, 0:0:0:0:0:0:0:1", "192.168.1.20, 192.168.1.20", "localhost, 127.0.0.1"})
    void anAddressIsReadInDigits(String text, String address) {
        assertThat(simulated("address=" + text).inetAddress("address").getHostAddress())
                .isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"station", "1.2", "256.1.1.1", "1:2", "example.org", ""})
    void aNameIsNoAddressAndIsNotLookedUp(String text) {
        assertFault(
                () -> simulated("address=" + text).inetAddress("address"),
                "edgewire.device.sim.address is \"" + text + "\"" + WHERE
                        + "an IP address in digits, such as 192.168.1.20 or ::1, or localhost; the default is"
                        + " \"127.0.0.1\"");
    }

    @Test
    void aListOfTextsHoldsNoSections() {
        assertThat(simulated("names=[x, 2]").texts("names")).containsExactly("x", "2");
        assertFault(
                () -> simulated("names=[{}]").texts("names"),
                "edgewire.device.sim.names is a list" + WHERE + "a list of texts in [ ]; the default is [\"a\",\"b\"]");
        assertFault(
                () -> simulated("names=x").texts("names"),
                "edgewire.device.sim.names is \"x\"" + WHERE + "a list of texts in [ ]; the default is [\"a\",\"b\"]");
    }

    @Test
    void aSecretIsMaskedInAFault() {
        Settings settings = settings("device.sim.password", "hunter22");
        assertThat(settings.text("password")).isEqualTo("hunter22");
        assertThat(settings.invalid("password", "longer"))
                .hasMessage("edgewire.device.sim.password is \"***\" (test), but must be longer; the default is \"\"");
    }

    @Test
    void aKeyThatNoReferenceHasIsMissing() {
        assertFault(
                () -> server("port=1").text("portt"),
                "edgewire.server.portt is set nowhere, but must be a text: its default belongs into the reference.conf"
                        + " of the module that reads it, and a single jar must hold the reference.conf of every module,"
                        + " one after the other");
    }

    @Test
    void whatARecordRefusesIsAFaultOfTheSection() {
        Settings settings = server("port=1");
        assertThatThrownBy(() -> settings.valid(() -> {
                    throw new IllegalArgumentException("low is 2, but must be 1 at most");
                }))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("edgewire.server (")
                .hasMessageEndingWith(") does not fit together: low is 2, but must be 1 at most");
    }

    @Test
    void theElementsOfAListAreSectionsThatKnowWhatWasAskedFor() {
        List<Settings> elements =
                simulated("free=[{ name = a, rssi = -40 }, { nam = b }]").sections("free");
        Settings first = elements.get(0);
        assertThat(first.text("name")).isEqualTo("a");
        assertThat(first.has("rssi")).isTrue();
        first.done();
        Settings second = elements.get(1);
        assertThat(second.has("name")).isFalse();
        assertFault(
                second::done,
                "unknown key edgewire.device.sim.free[1].nam (--set): did you mean edgewire.device.sim.free[1].name?");
    }

    @Test
    void sectionsAreWantedWhereSectionsAreRead() {
        assertFault(
                () -> simulated("free=[1]").sections("free"),
                "edgewire.device.sim.free is [1]" + WHERE + "a list of sections, [{ }, { }]; the default is []");
        Settings device = EdgewireConfig.load().settings("edgewire.device");
        assertThat(device.section("sim").path()).isEqualTo("edgewire.device.sim");
        assertThatThrownBy(() -> device.section("sim").section("jitter"))
                .hasMessageContaining("edgewire.device.sim.jitter is 0.2")
                .hasMessageEndingWith("but must be a section in { }");
    }

    private static void assertFault(Runnable reading, String message) {
        assertThatThrownBy(reading::run)
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(message);
    }

    private static Settings server(String assignment) {
        return set("edgewire.server", assignment);
    }

    private static Settings connection(String assignment) {
        return set("edgewire.connection", assignment);
    }

    private static Settings heartbeat(String assignment) {
        return set("edgewire.protocol.heartbeat", assignment);
    }

    private static Settings simulated(String assignment) {
        return set("edgewire.device.sim", assignment);
    }

    private static Settings set(String path, String assignment) {
        return EdgewireConfig.loader().set(path + "." + assignment).load().settings(path);
    }

    private static Settings settings(String key, String text) {
        String path = "edgewire." + key.substring(0, key.lastIndexOf('.'));
        return EdgewireConfig.loader()
                .put("edgewire." + key, text, "test")
                .load()
                .settings(path);
    }
}
