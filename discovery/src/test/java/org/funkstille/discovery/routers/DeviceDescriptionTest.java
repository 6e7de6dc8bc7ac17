package org.funkstille.discovery.routers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DeviceDescriptionTest {

    private static final String TYPE = "urn:dslforum-org:device:InternetGatewayDevice:1";

    @Test
    void parse_theRootDevice_notThoseWithinIt() {
        assertThat(DeviceDescription.parse(
                        "<root><device><deviceType>" + TYPE + "</deviceType><manufacturer>AVM</manufacturer>"
                                + "<modelName>FRITZ!Box 7590</modelName><deviceList><device><modelName>inner"
                                + "</modelName></device></deviceList></device></root>"))
                .contains(new DeviceDescription(TYPE, "AVM", "FRITZ!Box 7590"));
    }

    @Test
    @Timeout(5)
    void parse_anXmlBomb_isRefusedBeforeItGoesOff() {
        StringBuilder bomb = new StringBuilder("<?xml version=\"1.0\"?><!DOCTYPE root [<!ENTITY a0 \"boom\">");
        for (int level = 1; level < 30; level++) {
            String inner = "&a" + (level - 1) + ";";
            bomb.append("<!ENTITY a%d \"%s\">".formatted(level, inner.repeat(10)));
        }
        bomb.append("]><root><deviceType>&a29;</deviceType></root>");

        assertThat(DeviceDescription.parse(bomb.toString())).isEmpty();
    }

    @Test
    void parse_anEntityOfAFile_isNotRead() {
        assertThat(DeviceDescription.parse("<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
                        + "<r><deviceType>" + TYPE + "</deviceType><modelName>&x;</modelName></r>"))
                .isEmpty();
    }

    @Test
    void parse_aModelNameThatATerminalObeys_isHarmless() {
        DeviceDescription found = DeviceDescription.parse("<r><deviceType>" + TYPE + "</deviceType><modelName>\u0085\n"
                        + "A".repeat(5000) + "</modelName></r>")
                .orElseThrow();

        assertThat(found.model()).hasSize(80).doesNotContain("\u0085", "\n");
    }

    @Test
    void parse_deepAndEndless_isNothing() {
        assertThat(DeviceDescription.parse("<a>".repeat(60_000))).isEmpty();
        assertThat(DeviceDescription.parse("not xml")).isEmpty();
    }
}
