package org.funkstille.discovery.devices;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MiioNameTest {

    @ParameterizedTest
    @CsvSource({
        "lumi-gateway-v3_miio45832013, lumi.gateway.v3, 45832013",
        "zhimi-humidifier-v1_miio94054944, zhimi.humidifier.v1, 94054944",
        "roborock-vacuum-s5e_miio415891557.lan, roborock.vacuum.s5e, 415891557"
    })
    void of_namesSeenInTheWild_tellModelAndNumber(String name, String model, long did) {
        assertThat(MiioName.of(name)).contains(new MiioName(Optional.of(model), did));
    }

    @Test
    void of_aNameWithoutModelId_tellsTheNumberOnly() {
        assertThat(MiioName.of("gateway_miio7")).contains(new MiioName(Optional.empty(), 7));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "phone",
                "lumi-gateway-v3_miap1234",
                "lumi-gateway-v3_miio",
                "lumi-gateway-v3_miio99999999999999999999",
                "lumi\ngateway_miio1",
                "../../etc_miio1"
            })
    void of_otherNames_isNothing(String name) {
        assertThat(MiioName.of(name)).isEmpty();
    }
}
