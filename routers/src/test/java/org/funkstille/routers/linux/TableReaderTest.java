package org.funkstille.routers.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.funkstille.core.net.Mac;
import org.junit.jupiter.api.Test;

/** Listings in the form of libnftables-json(5), as nft 1.0.6 prints them. */
final class TableReaderTest {

    @Test
    void elements_areReadWithTheirDeviceVerdictAndCounter() {
        TableState table = TableReader.read("""
                {"nftables":[{"metainfo":{"version":"1.0.6"}},
                 {"map":{"family":"inet","name":"device_by_mac","table":"funkstille","type":"ether_addr","handle":9,
                  "map":"verdict","elem":[
                   [{"elem":{"val":"78:11:dc:12:34:56","comment":"funkstille:gateway",
                     "counter":{"packets":17,"bytes":900}}},{"goto":{"target":"silent_reject"}}]],
                  "stmt":[{"counter":null}]}}]}
                """);
        Element element = new Element("device_by_mac", "\"78:11:dc:12:34:56\"", "silent_reject", "gateway");
        assertThat(table.elements()).containsEntry(element, 17L).hasSize(1);
    }

    @Test
    void windows_areReadWithTheSecondsLeft() {
        TableState table = TableReader.read("""
                {"nftables":[{"set":{"family":"inet","name":"window","table":"funkstille","type":"ether_addr","elem":[
                  {"elem":{"val":"78:11:dc:12:34:56","timeout":900,"expires":899,"comment":"funkstille:gateway"}}]}}]}
                """);
        assertThat(table.windows())
                .containsEntry(Mac.parse("78:11:dc:12:34:56"), new TableState.Window("gateway", 899));
    }

    @Test
    void layout_dependsNeitherOnHandlesNorOnTheOrderOfMembers() {
        TableState one = TableReader.read("""
                {"nftables":[{"chain":{"name":"forward","handle":6,"prio":-500,"hook":"forward"}},
                 {"rule":{"chain":"forward","handle":36,"expr":[{"jump":{"target":"x"}},{"accept":null}]}}]}
                """);
        TableState other = TableReader.read("""
                {"nftables":[{"rule":{"expr":[{"jump":{"target":"x"}},{"accept":null}],"handle":1,"chain":"forward"}},
                 {"chain":{"hook":"forward","prio":-500,"name":"forward"}}]}
                """);
        assertThat(one.layout()).isEqualTo(other.layout());
    }

    @Test
    void layout_tellsAcceptFromDrop_andOneOrderOfRulesFromAnother() {
        assertThat(rules("{\"accept\":null}", "{\"drop\":null}").layout())
                .isNotEqualTo(rules("{\"drop\":null}", "{\"accept\":null}").layout());
    }

    @Test
    void elementWithoutOurMark_belongsToNobodyThatWeKnow() {
        TableState table =
                TableReader.read("{\"nftables\":[{\"map\":{\"name\":\"device_by_mac\",\"elem\":[[\"02:00:00:00:00:01\","
                        + "{\"goto\":{\"target\":\"online\"}}]]}}]}");
        assertThat(RulesReader.devices(table.devices())).singleElement().satisfies(device -> {
            assertThat(device.device()).isEmpty();
            assertThat(device.macs()).containsExactly(Mac.parse("02:00:00:00:00:01"));
        });
    }

    @Test
    void anythingThatNftDoesNotPrint_isRefused() {
        assertThatThrownBy(() -> TableReader.read("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TableReader.read("[]")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TableReader.read("{\"nftables\":[{\"set\":"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static TableState rules(String first, String second) {
        return TableReader.read("{\"nftables\":[{\"rule\":{\"chain\":\"f\",\"expr\":[" + first + "]}},"
                + "{\"rule\":{\"chain\":\"f\",\"expr\":[" + second + "]}}]}");
    }
}
