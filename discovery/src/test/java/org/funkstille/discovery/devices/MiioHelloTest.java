package org.funkstille.discovery.devices;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MiioHelloTest {

    @Test
    void greeting_isTheOneThatEveryDeviceKnows() {
        assertThat(HexFormat.of().formatHex(MiioHello.greeting())).isEqualTo("21310020" + "ff".repeat(28));
    }

    /** An answer as published (aholstenson/miio issue 92). */
    @Test
    void did_ofAPublishedAnswer_isItsNumber() {
        assertThat(MiioHello.did(hex("2131002000000000034d6da65ae3ea82" + "ff".repeat(16))))
                .contains(0x034d6da6L);
    }

    @Test
    void did_withTheHighestBit_isNoNegativeNumber() {
        assertThat(MiioHello.did(hex("2131002000000000fffffff000000001" + "00".repeat(16))))
                .contains(0xfffffff0L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "21310020",
                "2131002000000000034d6da65ae3ea82",
                "2131002000000000000000005ae3ea82ffffffffffffffffffffffffffffffff",
                "21310020ffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                "9999002000000000034d6da65ae3ea82ffffffffffffffffffffffffffffffff",
                "2131002000000000034d6da65ae3ea82ffffffffffffffffffffffffffffffff00"
            })
    void did_ofAnythingElse_isNothing(String octets) {
        assertThat(MiioHello.did(hex(octets))).isEmpty();
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
