package io.edgewire.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people's editors and typing make of a file. */
class ConfigFilesTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "edgewire { device { sim {\n password hunter22\n port = 1 }}}",
                "edgewire.device.sim.password = hunter[2]2",
                "edgewire.device.sim.password = ${hunter22}",
                "edgewire.device.sim.password = x${hunter22",
                "edgewire.device.sim.password =\n\n\n\n hunter22{\n",
                "edgewire.device.sim.access-points = [{ wifi-PSK = x{hunter22 }]",
                "edgewire.device.sim { password = a\n\n\n b hunter22\n }"
            })
    void aFaultOfALineThatMayHoldASecretQuotesNothingOfIt(String text) throws IOException {
        Path file = write(text, StandardCharsets.UTF_8);
        assertThatThrownBy(() -> EdgewireConfig.load(file))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(file + ":")
                .hasMessageContaining("is not shown because it may hold a secret")
                .satisfies(fault -> {
                    for (Throwable at = fault; at != null; at = at.getCause()) {
                        assertThat(at.toString()).doesNotContain("hunter");
                    }
                });
    }

    @Test
    void aFaultOfAFileThatCannotBeLookedAtAgainIsNotQuoted() throws IOException {
        Path file = write("edgewire.server.port = ${hunter22}", StandardCharsets.UTF_8);
        ConfigLoader loader = EdgewireConfig.loader().file(file);
        Files.delete(file);
        assertThatThrownBy(loader::load)
                .hasMessageContaining("is not shown because it may hold a secret")
                .hasMessageNotContaining("hunter")
                .hasNoCause();
    }

    @Test
    void aFaultAwayFromSecretsIsQuoted() throws IOException {
        Path file = write(
                "edgewire.device.sim.password = hunter22\n#\n#\n#\nedgewire.server.port = [1\n",
                StandardCharsets.UTF_8);
        assertThatThrownBy(() -> EdgewireConfig.load(file))
                .hasMessageStartingWith(file + ":6 cannot be read: List should have")
                .hasCauseInstanceOf(com.typesafe.config.ConfigException.class);
    }

    @Test
    void theMarkAndTheLineEndingsOfWindowsAreNoPartOfAValue() throws IOException {
        Path file =
                write("\uFEFFedgewire.server.protocol = mine\r\nedgewire.server.port = 7\r\n", StandardCharsets.UTF_8);
        Settings server = EdgewireConfig.load(file).settings("edgewire.server");
        assertThat(server.text("protocol")).isEqualTo("mine");
        assertThat(server.integer("port", 0, 9)).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GBK", "UTF-16"})
    void anotherEncodingIsAFaultBeforeItSpoilsANetworksName(String encoding) throws IOException {
        Path file = write("edgewire.server.protocol = \"办公室\"", Charset.forName(encoding));
        assertThatThrownBy(() -> EdgewireConfig.load(file))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("the configuration file " + file + " is not in UTF-8: save it as UTF-8");
    }

    private Path write(String text, Charset encoding) throws IOException {
        return Files.write(directory.resolve("a.conf"), text.getBytes(encoding));
    }
}
