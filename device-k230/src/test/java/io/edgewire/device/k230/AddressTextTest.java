package io.edgewire.device.k230;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTextTest {
    @ParameterizedTest
    @CsvSource({
        "192.168.1.20/25, 192.168.1.20, 25",
        "192.168.1.20, 192.168.1.20, 24",
        "127.0.0.2, 127.0.0.2, 8",
        "::1, 0:0:0:0:0:0:0:1, 128",
        "2001:db8::7, 2001:db8:0:0:0:0:0:7, 64",
        "2001:db8::7/48, 2001:db8:0:0:0:0:0:7, 48"
    })
    void readsAddressesWithAndWithoutAPrefix(String text, String address, int prefix) {
        assertThat(AddressText.config(text)).hasValueSatisfying(config -> {
            assertThat(config.address().getHostAddress()).isEqualTo(address);
            assertThat(config.prefixLength()).isEqualTo(prefix);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/24",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "1.2.3.4/33",
                "1.2.3.4/",
                "1.2.3.4/-1",
                "1.2.3.+4",
                "1.2.3.4/8/8",
                "localhost",
                "gateway.local",
                "::g",
                "1.2..4",
                "::1/129"
            })
    void refusesWhatIsNoAddressAndLooksNoNameUp(String text) {
        assertThat(AddressText.config(text)).isEmpty();
    }

    @Test
    void theWildcardIsAnAddressThatIsNone() {
        assertThat(AddressText.config("0.0.0.0/0"))
                .hasValueSatisfying(config -> assertThat(config.hasAddress()).isFalse());
    }
}
