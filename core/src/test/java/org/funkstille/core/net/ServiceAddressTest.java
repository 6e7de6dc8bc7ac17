package org.funkstille.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceAddressTest {

    @ParameterizedTest
    @ValueSource(strings = {"192.168.1.10:5514", "[fd00::10]:1", "0.0.0.0:65535"})
    void tryParse_whatItPrints_isRead(String text) {
        assertThat(ServiceAddress.tryParse(text)).map(ServiceAddress::toString).contains(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "192.168.1.10", "192.168.1.10:0", "192.168.1.10:65536", "fd00::10:514", "host:514", "[x]:1"})
    void tryParse_anythingElse_isNothing(String text) {
        assertThat(ServiceAddress.tryParse(text)).isEmpty();
    }
}
