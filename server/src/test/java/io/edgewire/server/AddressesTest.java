package io.edgewire.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressesTest {
    @ParameterizedTest
    @CsvSource({
        "192.168.3.47, 192.168.3.47:80",
        "::1, [::1]:80",
        "::, [::]:80",
        "fe80:0:0:0:1:0:0:1, [fe80::1:0:0:1]:80",
        "2001:db8:0:1:1:1:1:1, [2001:db8:0:1:1:1:1:1]:80",
        "2001:db8::, [2001:db8::]:80",
        "1:0:0:2:0:0:0:3, [1:0:0:2::3]:80",
        "0:0:1:2:3:4:5:6, [::1:2:3:4:5:6]:80"
    })
    void addressesAreShownAsPeopleWriteThem(String address, String shown) {
        assertThat(Addresses.show(new InetSocketAddress(ScriptedStation.address(address), 80)))
                .isEqualTo(shown);
    }

    @Test
    void aNameThatWasNotLookedUpIsShownAsItIs() {
        assertThat(Addresses.show(InetSocketAddress.createUnresolved("board.local", 80)))
                .isEqualTo("board.local:80");
    }
}
