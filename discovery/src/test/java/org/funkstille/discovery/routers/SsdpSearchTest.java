package org.funkstille.discovery.routers;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.funkstille.core.net.Addresses;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SsdpSearchTest {

    private static final InetAddress BOX = Addresses.parse("192.168.178.1");

    @Test
    void location_ofAFritzBox_isTakenWhateverTheCaseOfItsHeader() {
        String answer = """
                HTTP/1.1 200 OK\r
                Location: http://192.168.178.1:49000/tr64desc.xml\r
                SERVER: FRITZ!Box 7590 UPnP/1.0 AVM FRITZ!Box 7590 154.07.29\r
                ST: urn:dslforum-org:device:InternetGatewayDevice:1\r
                \r
                """;

        assertThat(SsdpSearch.location(BOX, answer))
                .contains(new SsdpSearch.Place(new InetSocketAddress(BOX, 49_000), "/tr64desc.xml"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://192.168.178.2:49000/tr64desc.xml",
                "http://evil.example/tr64desc.xml",
                "http://169.254.169.254/latest/meta-data",
                "http://192.168.178.1@evil.example/",
                "http://user@192.168.178.1/",
                "https://192.168.178.1/tr64desc.xml",
                "file:///etc/passwd",
                "http://192.168.178.1:99999/x",
                "http://192.168.178.1:80/x\u0001y",
                "http://192.168.178.1/x%0d%0aHost:evil",
                "http://[",
                ""
            })
    void location_anywhereButOnTheAnsweringAddress_isNotGoneTo(String location) {
        assertThat(SsdpSearch.location(BOX, "HTTP/1.1 200 OK\r\nLOCATION: " + location + "\r\n\r\n"))
                .isEmpty();
    }
}
