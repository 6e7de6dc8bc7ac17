package org.funkstille.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.SnakeYamlNode;
import java.net.URI;
import org.funkstille.core.model.Home;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema, as an implementation of JSON Schema that is not ours understands it, against the reader. */
class HomeSchemaTest {

    private static final Validator VALIDATOR = new ValidatorFactory()
            .withJsonNodeFactory(new SnakeYamlNode.Factory())
            .createValidator();

    /** Registering holds it against the meta-schema of draft 2020-12. */
    private static final URI SCHEMA = VALIDATOR.registerSchema(HomeSchema.json());

    @Test
    void json_theDesignsExample_validates() {
        Validator.Result result = VALIDATOR.validate(SCHEMA, Configurations.EXAMPLE);

        assertThat(result.getErrors()).extracting("error").isEmpty();
        assertThat(result.isValid()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "routers: [{name: a, type: linux, via: \"ssh://root@host\"}]",
                "routers: [{name: a, type: linux, via: local, root: /srv/x, password: \"${PW}\"}]",
                "routers: [{name: a, type: unifi, password: {secret: /etc/x}}, {name: b, type: mikrotik}]",
                "routers: [{name: a, type: linux, dhcp: {hosts: /a, leases: /b}}]",
                "networks: [{name: a, interface: eth0, address6: [\"fd00::/8\"], vlan: 1, pool: 10.0.0.1-10.0.0.2, address: 10.0.0.0/8}]",
                "devices: [{name: a, mac: [\"02:00:00:00:00:10\", 02-00-00-00-00-11], network: n, policy: online}]",
                "devices: [{name: a, mac: 7811dc123456, network: n, policy: allow-list, allow: tcp 192.0.2.1:443}]",
                "strict: true",
                "strict: on",
                "journal: {file: /var/lib/j.db, keep: 30d, size: 300MB}",
                "journal: {}"
            })
    void agreement_goodStructure_isTakenByBoth(String section) {
        String text = withRest(section);

        assertThat(VALIDATOR.validate(SCHEMA, text).getErrors())
                .extracting("error")
                .isEmpty();
        assertThat(structureFits(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "adress: x",
                "routers: {name: a, type: linux}",
                "routers: []",
                "routers: linux",
                "routers: [linux]",
                "routers: [{name: a}]",
                "routers: [{type: linux}]",
                "routers: [{name: a, type: Linux}]",
                "routers: [{name: a, type: [linux]}]",
                "routers: [{name: a, type: linux, colour: blue}]",
                "routers: [{name: a, type: linux, via: telnet}]",
                "routers: [{name: a, type: linux, via: \"netns:\"}]",
                "routers: [{name: a, type: linux, password: hunter2}]",
                "routers: [{name: a, type: linux, password: \"${PW\"}]",
                "routers: [{name: a, type: linux, password: {secret: [x]}}]",
                "routers: [{name: a, type: linux, password: {file: x}}]",
                "routers: [{name: a, type: linux, password: {}}]",
                "routers: [{name: a, type: linux, password: {secret: \" \"}}]",
                "routers: [{name: a, type: linux, root: \"\"}]",
                "routers: [{name: a, type: linux, root: \"/a\\0b\"}]",
                "routers: [{name: a, type: linux, dhcp: {hosts: /a}}]",
                "routers: [{name: a, type: linux, dhcp: /a}]",
                "routers: [{name: \"a b\", type: linux}]",
                "routers: [{name: \"\", type: linux}]",
                "routers: [{name: .a, type: linux}]",
                "networks: lan",
                "networks: [{name: a}]",
                "networks: [{name: a, interface: \"a b\"}]",
                "networks: [{name: a, interface: a/b}]",
                "networks: [{name: a, interface: \"a\\eb\"}]",
                "networks: [{name: a, interface: sixteen-letters-}]",
                "networks: [{name: a, interface: e, address: 10.0.0.0}]",
                "networks: [{name: a, interface: e, address: \"fd00::/64\"}]",
                "networks: [{name: a, interface: e, address: [10.0.0.0/8]}]",
                "networks: [{name: a, interface: e, address: 10.0.0.0/024}]",
                "networks: [{name: a, interface: e, address6: 10.0.0.0/8}]",
                "networks: [{name: a, interface: e, address6: [\"fd00::\"]}]",
                "networks: [{name: a, interface: e, address6: {a: b}}]",
                "networks: [{name: a, interface: e, vlan: 0}]",
                "networks: [{name: a, interface: e, vlan: 4095}]",
                "networks: [{name: a, interface: e, vlan: -1}]",
                "networks: [{name: a, interface: e, vlan: 1.5}]",
                "networks: [{name: a, interface: e, vlan: ten}]",
                "networks: [{name: a, interface: e, vlan: [1]}]",
                "networks: [{name: a, interface: e, pool: 10.0.0.1}]",
                "networks: [{name: a, interface: e, pool: \"fd00::1-fd00::2\"}]",
                "devices: {name: a}",
                "devices: [{name: a, network: n, policy: online}]",
                "devices: [{name: a, mac: [], network: n, policy: online}]",
                "devices: [{name: a, mac: 78:11:dc:12:34, network: n, policy: online}]",
                "devices: [{name: a, mac: {a: b}, network: n, policy: online}]",
                "devices: [{name: a, mac: 78:11:dc:12:34:56, policy: online}]",
                "devices: [{name: a, mac: 78:11:dc:12:34:56, network: n}]",
                "devices: [{name: a, mac: 78:11:dc:12:34:56, network: n, policy: quiet}]",
                "devices: [{name: a, mac: 78:11:dc:12:34:56, network: n, policy: [silent]}]",
                "devices: [{name: a, mac: 78:11:dc:12:34:56, network: n, policy: silent, answer: accept}]",
                "devices: [{name: a, mac: 78:11:dc:12:34:56, network: n, policy: silent, address: \"fd00::1\"}]",
                "devices: [{name: a, mac: 78:11:dc:12:34:56, network: n, policy: silent, address: \"::ffff:10.0.0.1\"}]",
                "devices: [{name: a, mac: 78:11:dc:12:34:56, network: n, policy: silent, address: [10.0.0.1]}]",
                "devices: [{name: a, mac: 78:11:dc:12:34:56, network: n, policy: silent, address6: \"[fd00::1]\"}]",
                "devices: [{name: a, mac: 78:11:dc:12:34:56, network: n, policy: silent, reach: [\"a b\"]}]",
                "devices: [{name: a, mac: 78:11:dc:12:34:56, network: n, policy: silent, reach: {a: b}}]",
                "devices: [{name: a, mac: 78:11:dc:12:34:56, network: n, policy: allow-list, allow: \"\"}]",
                "devices: [{name: a, mac: 78:11:dc:12:34:56, network: n, policy: silent, colour: blue}]",
                "devices:",
                "devices: ~",
                "strict: maybe",
                "strict: \"true\"",
                "strict: 1",
                "strict: [true]",
                "journal: here",
                "journal: {keep: forever}",
                "journal: {keep: 5}",
                "journal: {keep: [5d]}",
                "journal: {size: 5TB}",
                "journal: {file: \"\"}",
                "journal: {colour: blue}"
            })
    void agreement_badStructure_isRefusedByBoth(String section) {
        String text = withRest(section);

        assertThat(VALIDATOR.validate(SCHEMA, text).isValid()).as("schema").isFalse();
        assertThat(structureFits(text)).as("reader").isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "hello", "{}", "routers: [{name: a, type: linux}]"})
    void agreement_noHome_isRefusedByBoth(String text) {
        assertThat(text.isEmpty() || !VALIDATOR.validate(SCHEMA, text).isValid())
                .as("schema")
                .isTrue();
        assertThat(HomeReader.read("x", text, Configurations.PROFILES)).isInstanceOf(Reading.Bad.class);
    }

    /** What is all right as far as the structure goes; whether a network of that name exists is another question. */
    private static boolean structureFits(String text) {
        return !(HomeReader.read("x", text, Configurations.PROFILES) instanceof Reading.Bad<Home> bad)
                || bad.faults().stream().allMatch(fault -> fault.message().contains("is not one of the house"));
    }

    private static String withRest(String section) {
        StringBuilder text = new StringBuilder(section).append('\n');
        if (!section.startsWith("routers:")) {
            text.append("routers: [{name: home, type: linux}]\n");
        }
        if (!section.startsWith("networks:")) {
            text.append("networks: []\n");
        }
        if (!section.startsWith("devices:")) {
            text.append("devices: []\n");
        }
        return text.toString();
    }
}
