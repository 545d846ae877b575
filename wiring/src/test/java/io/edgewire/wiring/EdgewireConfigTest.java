package io.edgewire.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EdgewireConfigTest {
    @TempDir
    Path directory;

    @Test
    void withoutAnythingTheDefaultsHold() {
        assertThat(port(EdgewireConfig.load())).isEqualTo(8080);
    }

    @Test
    void aFileWinsOverTheDefaultsALaterFileOverAnEarlierOneAndAValueOverAllFiles() throws IOException {
        Path first = file("first.conf", "edgewire.server { port = 1, link-grace = 1s }");
        Path second = file("second.conf", "edgewire.server.port = 2");
        assertThat(port(EdgewireConfig.load(first))).isEqualTo(1);
        EdgewireConfig both = EdgewireConfig.loader().file(first).file(second).load();
        assertThat(port(both)).isEqualTo(2);
        assertThat(both.settings("edgewire.server").text("link-grace")).isEqualTo("1s");
        EdgewireConfig all = EdgewireConfig.loader()
                .set("edgewire.server.port=3")
                .set("edgewire.server.port=4")
                .file(first)
                .load();
        assertThat(port(all)).isEqualTo(4);
    }

    @Test
    void whatTheProgramHasLoadedByItselfIsTaken() {
        assertThat(port(EdgewireConfig.of(ConfigFactory.parseString("edgewire.server.port = 5"))))
                .isEqualTo(5);
    }

    @Test
    void whatTheProgramHasLoadedMayHoldTheDefaultsAndTheirExamples() {
        EdgewireConfig config = EdgewireConfig.of(ConfigFactory.load());
        assertThat(port(config)).isEqualTo(8080);
        assertThat(config.effective()).extracting(EffectiveSetting::key).noneMatch(key -> key.endsWith("-example"));
    }

    @Test
    void substitutionsAreResolvedAlsoThoseThatNameADefault() throws IOException {
        Path file = file("a.conf", "edgewire.connection.max = ${edgewire.server.port}");
        assertThat(EdgewireConfig.load(file).settings("edgewire.connection").integer("max", 1, 9999))
                .isEqualTo(8080);
    }

    @Test
    void aSubstitutionThatNamesNothingIsAFaultWithItsPlace() throws IOException {
        Path file = file("a.conf", "\nedgewire.server.port = ${nowhere}");
        assertFault(
                () -> EdgewireConfig.load(file),
                file + ":2 cannot be read: Could not resolve substitution to a value: ${nowhere}");
    }

    @Test
    void anUnknownKeyNamesItsFullPathItsPlaceAndTheNearestKey() throws IOException {
        Path file = file("a.conf", "edgewire {\n  server {\n    prot = 1\n  }\n}");
        assertFault(
                () -> EdgewireConfig.load(file),
                "unknown key edgewire.server.prot (" + file + ":3): did you mean edgewire.server.port?");
    }

    @Test
    void aKeyInTheWrongSectionIsFoundInTheRightOne() throws IOException {
        Path file = file("a.conf", "edgewire.server.interval = 1s");
        assertFault(
                () -> EdgewireConfig.load(file),
                "unknown key edgewire.server.interval (" + file
                        + ":1): did you mean edgewire.protocol.heartbeat.interval?");
    }

    @Test
    void aKeyThatLooksLikeNoneListsThoseThatAreKnown() {
        assertFault(
                () -> EdgewireConfig.loader()
                        .set("edgewire.protocol.heartbeat.zebra=1")
                        .load(),
                "unknown key edgewire.protocol.heartbeat.zebra (--set): known here: interval, role");
    }

    @Test
    void keysOutsideOurPathAreLeftAloneInFiles() throws IOException {
        Path file = file("a.conf", "other.thing = 1, edgewire.server.port = 6");
        assertThat(port(EdgewireConfig.load(file))).isEqualTo(6);
    }

    @Test
    void aSingleValueOutsideOurPathMustBeKnown() {
        EdgewireConfig mine = EdgewireConfig.loader().set("mine.colour=red").load();
        assertThat(mine.settings("mine").text("colour")).isEqualTo("red");
        assertFault(
                () -> EdgewireConfig.loader().set("server.port=1").load(),
                "unknown key server.port (--set): did you mean edgewire.server.port?");
        assertFault(
                () -> EdgewireConfig.loader().set("mine.color=red").load(),
                "unknown key mine.color (--set): did you mean colour for color?");
        assertFault(
                () -> EdgewireConfig.loader()
                        .put("mine.zebra", "red", "--zebra")
                        .load(),
                "unknown key mine.zebra (--zebra): known here: colour");
    }

    @ParameterizedTest
    @CsvSource({
        "edgewire = 1, edgewire is 1 (%s:1)*must be a section in { }",
        "edgewire.server = 1, edgewire.server is 1 (%s:1)*must be a section in { }",
        "edgewire.server.port = {}, edgewire.server.port is a section (%s:1)*must be a value*the default is 8080"
    })
    void aSectionAndAValueCannotStandForEachOther(String text, String message) throws IOException {
        Path file = file("a.conf", text);
        assertThatThrownBy(() -> EdgewireConfig.load(file))
                .isInstanceOf(ConfigurationException.class)
                .message()
                .satisfies(said -> {
                    for (String part : message.formatted(file).split("\\*")) {
                        assertThat(said).contains(part);
                    }
                });
    }

    @Test
    void theElementsOfAListMustLookLikeItsExamples() throws IOException {
        Path good = file("a.conf", "edgewire.device.sim.access-points = [{ ssid = A, bssid = B }, { rssi = -1 }]");
        assertThat(EdgewireConfig.load(good).settings("edgewire.device.sim").sections("access-points"))
                .hasSize(2);
        Path bad = file("b.conf", "edgewire.device.sim.access-points = [\n { ssid = A }\n { sid = B }\n]");
        assertFault(
                () -> EdgewireConfig.load(bad),
                "unknown key edgewire.device.sim.access-points[1].sid (" + bad
                        + ":3): did you mean edgewire.device.sim.access-points[1].ssid?");
    }

    @Test
    void anExampleIsNoSetting() throws IOException {
        assertThat(EdgewireConfig.load().effective())
                .extracting(EffectiveSetting::key)
                .contains("edgewire.device.sim.access-points")
                .doesNotContain("edgewire.device.sim.access-points-example");
        Path file = file("a.conf", "edgewire.device.sim.access-points-example = []");
        assertThatThrownBy(() -> EdgewireConfig.load(file))
                .hasMessageStartingWith("unknown key edgewire.device.sim.access-points-example");
    }

    @Test
    void aFileThatIsNotThereIsAFault() {
        Path file = directory.resolve("none.conf");
        assertFault(() -> EdgewireConfig.load(file), "there is no configuration file " + file + ": check the path");
    }

    @Test
    void aDirectoryIsNoFile() {
        assertFault(
                () -> EdgewireConfig.load(directory),
                directory + " is a directory, but must be a configuration file: name a file in it");
    }

    @Test
    void aSyntaxErrorNamesFileAndLine() throws IOException {
        Path file = file("a.conf", "edgewire {\n  server = {\n    port = \"8080\n  }\n}");
        assertThatThrownBy(() -> EdgewireConfig.load(file))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(file + ":3 cannot be read: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"edgewire.server.port", "=1", ""})
    void anAssignmentNeedsAKeyAndAValue(String assignment) {
        assertFault(
                () -> EdgewireConfig.loader().set(assignment),
                "--set " + assignment
                        + " has no key and value: write key=value, for example --set edgewire.server.port=0");
    }

    @Test
    void aKeyThatIsNoneIsAFault() {
        assertFault(
                () -> EdgewireConfig.loader().set("edgewire..port=1"),
                "--set: edgewire..port is no key: write names with dots between them, such as edgewire.server.port");
    }

    @Test
    void onlyWhatBeginsLikeHoconIsHocon() {
        assertThat(text("recv: ")).isEqualTo("recv: ");
        assertThat(text("")).isEmpty();
        assertThat(text("::1")).isEqualTo("::1");
        assertThat(text("a=b # c")).isEqualTo("a=b # c");
        assertThat(text("\"tab\\t\"")).isEqualTo("tab\t");
        assertFault(
                () -> text("[1"),
                "--set edgewire.server.protocol=… begins with [ and so must be HOCON, but is not: close what is opened,"
                        + " or do not begin with [");
    }

    @Test
    void anOptionOfItsOwnIsAPlainTextWhateverItLooksLike() {
        EdgewireConfig config = EdgewireConfig.loader()
                .put("edgewire.server.protocol", "[x", "--protocol")
                .load();
        assertThat(config.settings("edgewire.server").text("protocol")).isEqualTo("[x");
        assertThat(config.settings("edgewire.server").invalid("protocol", "else"))
                .hasMessageContaining("is \"[x\" (--protocol)");
    }

    @ParameterizedTest
    @CsvSource({
        "edgewire.device.sim.password=hunter22, edgewire.device.sim.password, password",
        "edgewire.device.sim.PSK=hunter22, edgewire.device.sim.PSK, PSK",
        "'edgewire.device.sim={ a { wifi-password = hunter22 } }', edgewire.device.sim, wifi-password",
        "'edgewire.device.sim.free=[{ psk = hunter22 }]', edgewire.device.sim.free, psk"
    })
    void aSecretIsRefusedOnTheArgumentListAndNotRepeated(String assignment, String key, String secret) {
        assertFault(
                () -> EdgewireConfig.loader().set(assignment),
                key + " may not be given by --set, because " + secret
                        + " is secret and every user of this machine sees the argument list: use a file that only you"
                        + " can read, or an environment variable");
    }

    @Test
    void whatIsInForceIsShownWithItsOriginAndWithoutSecrets() throws IOException {
        Path file = file(
                "a.conf",
                "edgewire.server.port = 7\nedgewire.device.sim { password = hunter22, free = [{ psk = hunter33 }] }"
                        + "\nother.thing = 1");
        EdgewireConfig config = EdgewireConfig.loader()
                .file(file)
                .set("edgewire.connection.max=9")
                .set("edgewire.device.sim.names=[x]")
                .load();
        assertThat(config.effective())
                .contains(
                        new EffectiveSetting("edgewire.server.port", "7", file + ":1"),
                        new EffectiveSetting("edgewire.device.sim.password", "\"***\"", file + ":2"),
                        new EffectiveSetting("edgewire.device.sim.free", "[{\"psk\":\"***\"}]", file + ":2"),
                        new EffectiveSetting("edgewire.connection.max", "\"9\"", "--set"),
                        new EffectiveSetting("edgewire.device.sim.names", "[\"x\"]", "--set"),
                        new EffectiveSetting("mine.colour", "\"blue\"", "default (wiring reference.conf:30)"))
                .isSortedAccordingTo((a, b) -> a.key().compareTo(b.key()))
                .noneMatch(setting -> setting.key().startsWith("other"));
        assertThat(config.toString()).doesNotContain("hunter");
    }

    @Test
    void aPasswordThatIsNotSetIsNoSecret() {
        assertThat(EdgewireConfig.load().effective())
                .filteredOn(setting -> setting.key().endsWith("password"))
                .extracting(EffectiveSetting::value)
                .containsExactly("\"\"");
    }

    @Test
    void aSectionThatIsNowhereIsAFault() {
        assertThatThrownBy(() -> EdgewireConfig.load().settings("edgewire.nowhere"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("edgewire.nowhere is set nowhere, but must be a section: ");
    }

    private static String text(String value) {
        return EdgewireConfig.loader()
                .set("edgewire.server.protocol=" + value)
                .load()
                .settings("edgewire.server")
                .text("protocol");
    }

    private static int port(EdgewireConfig config) {
        return config.settings("edgewire.server").integer("port", 0, 65_535);
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private static void assertFault(Runnable loading, String message) {
        assertThatThrownBy(loading::run)
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(message);
    }
}
