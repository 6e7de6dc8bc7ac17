package org.funkstille.lab.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.avaje.json.node.JsonNodeMapper;
import io.avaje.json.node.JsonObject;
import org.funkstille.core.net.Mac;
import org.junit.jupiter.api.Test;

class LumiProtocolTest {

    private final LumiProtocol protocol = new LumiProtocol(Mac.parse("78:11:dc:12:34:56"));

    private static JsonObject json(String text) {
        return JsonNodeMapper.builder().build().fromJsonObject(text);
    }

    @Test
    void aHeartbeatHasTheGatewaysSidATokenAndAStringForShortId() {
        assertThat(protocol.heartbeat("192.168.20.50"))
                .matches("\\{\"cmd\":\"heartbeat\",\"model\":\"gateway\",\"sid\":\"7811dc123456\",\"short_id\":\"0\","
                        + "\"token\":\"[A-Za-z0-9]{16}\",\"data\":\"\\{\\\\\"ip\\\\\":\\\\\"192.168.20.50\\\\\"}\"}");
    }

    @Test
    void everyHeartbeatHasANewToken() {
        assertThat(json(protocol.heartbeat("192.168.20.50")).extract("token"))
                .isNotEqualTo(json(protocol.heartbeat("192.168.20.50")).extract("token"));
    }

    @Test
    void theListOfSensorsDoesNotNameTheGateway() {
        JsonObject list = json(protocol.command("{\"cmd\":\"get_id_list\"}"));
        assertThat(list.extract("cmd")).isEqualTo("get_id_list_ack");
        assertThat(list.extract("data")).contains("158d0001000001").doesNotContain("7811dc123456");
    }

    @Test
    void dataIsAStringThatContainsJson() {
        JsonObject report = json(protocol.report());
        assertThat(report.extract("cmd")).isEqualTo("report");
        assertThat(json(report.extract("data")).containsKey("status")).isTrue();
    }

    @Test
    void whatItDoesNotUnderstandIsAnError() {
        assertThat(json(protocol.command("{\"foo\":")).extract("cmd")).isEqualTo("server_ack");
        assertThat(protocol.command("{\"foo\":")).contains("Invalid json msg");
        assertThat(protocol.command("{\"cmd\":\"read\",\"sid\":\"nobody\"}")).contains("read_ack", "No device");
        assertThat(protocol.command("{\"cmd\":\"dance\"}")).contains("Unsupported cmd");
    }
}
