package io.edgewire.device.k230;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgewire.api.wlan.Credentials;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeySourcesTest {
    @TempDir
    Path folder;

    private Path file(byte[] content) throws IOException {
        return Files.write(folder.resolve("key"), content);
    }

    private static String text(Credentials credentials) {
        return credentials.withKey(String::new);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\r\n"})
    void aFileIsReadAsUtf8WithoutOneLineEnding(String ending) throws IOException {
        Path file = file(("密码 with spaces " + ending).getBytes(StandardCharsets.UTF_8));

        assertThat(text(KeySources.file(file).credentials(Life.SSID))).isEqualTo("密码 with spaces ");
    }

    @Test
    void theMarkThatSomeEditorsBeginUtf8WithIsNoPartOfTheKey() throws IOException {
        Path file = file("\uFEFF12345678\r\n".getBytes(StandardCharsets.UTF_8));

        assertThat(text(KeySources.file(file).credentials(Life.SSID))).isEqualTo("12345678");
    }

    @Test
    void onlyOneLineEndingIsTakenOff() throws IOException {
        assertThat(KeySources.file(file("12345678\n\n".getBytes(StandardCharsets.UTF_8)))
                        .key(Life.SSID))
                .hasValueSatisfying(key -> assertThat(new String(key)).isEqualTo("12345678\n"));
    }

    @Test
    void anEmptyFileIsANetworkWithoutAKey() throws IOException {
        assertThat(KeySources.file(file(new byte[] {'\n'}))
                        .credentials(Life.SSID)
                        .isOpen())
                .isTrue();
    }

    @Test
    void faultsNameTheFileAndNeverItsContent() throws IOException {
        Path missing = folder.resolve("missing");
        assertThatThrownBy(() -> KeySources.file(missing).key(Life.SSID))
                .hasMessageContaining(missing.toString())
                .hasMessageContaining("does not exist");
        assertThatThrownBy(() -> KeySources.file(folder).key(Life.SSID)).hasMessageContaining("cannot be read");
        Path latin = file(new byte[] {'s', 'e', 'c', 'r', 'e', 't', (byte) 0xe9, '!'});
        assertThatThrownBy(() -> KeySources.file(latin).key(Life.SSID))
                .hasMessageContaining("UTF-8")
                .hasMessageNotContaining("secret");
        Path small = file("secret".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> KeySources.file(small).credentials(Life.SSID))
                .hasMessageContaining("6 characters")
                .hasMessageNotContaining("secret");
    }

    @Test
    void theEnvironmentIsAskedWhereThereIsNoFile() {
        KeySource environment = KeySources.environment(Map.of(KeySources.VARIABLE, "from the environment"));
        KeySource none = KeySources.environment(Map.of(KeySources.VARIABLE, ""));

        assertThat(text(none.or(environment).credentials(Life.SSID))).isEqualTo("from the environment");
        assertThat(text(environment.or(none).credentials(Life.SSID))).isEqualTo("from the environment");
        assertThat(none.credentials(Life.SSID).isOpen()).isTrue();
    }

    @Test
    void theArrayIsClearedOnceTheCredentialsHaveTheirCopy() {
        char[] key = "12345678".toCharArray();
        KeySource source = ssid -> Optional.of(key);
        source.credentials(Life.SSID);

        assertThat(key).containsOnly('\0');
    }
}
