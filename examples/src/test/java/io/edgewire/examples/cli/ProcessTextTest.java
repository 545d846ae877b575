package io.edgewire.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessTextTest {
    private static final String LOST = "\ufffd\ufffd\ufffd";

    @Test
    void whatTheLocaleLostIsTakenFromTheProcess() {
        assertThat(ProcessText.arguments(
                        new String[] {"serve", "--ssid", LOST},
                        List.of("java", "-jar", "x.jar", "serve", "--ssid", "你")))
                .containsExactly("serve", "--ssid", "你");
    }

    @Test
    void argumentsThatAreNotOursAreLeftAlone() {
        String[] given = {"serve", "--ssid", LOST};
        assertThat(ProcessText.arguments(given, List.of())).isSameAs(given);
        assertThat(ProcessText.arguments(given, List.of("a", "b", "c"))).isSameAs(given);
        assertThat(ProcessText.arguments(given, List.of("java", "other", "--ssid", "你")))
                .isSameAs(given);
    }

    @Test
    void emptyArgumentsCount() {
        assertThat(ProcessText.split("java\0a\0\0你\0".getBytes(StandardCharsets.UTF_8)))
                .containsExactly("java", "a", "", "你");
    }

    @Test
    void theEnvironmentIsReadToo() {
        assertThat(ProcessText.variable("PATH")).contains(System.getenv("PATH"));
        assertThat(ProcessText.variable("EDGEWIRE_NO_SUCH_VARIABLE")).isEmpty();
    }
}
