package org.funkstille.lab.guarding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.funkstille.core.model.Via;
import org.funkstille.core.verdict.Grade;
import org.funkstille.lab.Lab;
import org.funkstille.lab.facade.opnsense.Options;
import org.funkstille.lab.facade.opnsense.Release;
import org.funkstille.lab.facade.opnsense.SimulatedOpnSense;
import org.funkstille.routers.http.HttpAnswer;
import org.funkstille.routers.http.HttpCall;
import org.funkstille.routers.http.PinnedCertificates;
import org.funkstille.routers.http.RouterHttp;

/** OPNsense keeps the contract. */
class OpnSenseContractTest extends RouterContract {

    @Override
    RouterUnderTest takeOver(Lab lab) throws Exception {
        return new OpnSenseUnderTest(lab, SimulatedOpnSense.takeOver(lab, Options.of(Release.V26_7_2)));
    }

    private record OpnSenseUnderTest(Lab lab, SimulatedOpnSense simulated) implements RouterUnderTest {

        private static final String RULE = """
                {"rule": {"enabled": "1", "action": "pass", "quick": "1", "interface": "lan,opt1", "direction": "any",
                 "ipprotocol": "inet", "protocol": "any", "source_net": "any", "destination_net": "any",
                 "sequence": "1", "description": "everything out"}}""";
        private static final Pattern UUID =
                Pattern.compile("\"uuid\":\"([0-9a-f-]{36})\"(?:(?!\"uuid\").)*?\"description\":\"everything out\"");

        @Override
        public String yaml() {
            return simulated.homeYaml().replaceAll("(?m)^journal:.*\n", "");
        }

        @Override
        public Map<String, String> secrets() {
            return Map.of("KEY", simulated.box().key());
        }

        @Override
        public Set<Lack> lacks() {
            return Set.of(Lack.CUTTING_AT_THE_END_OF_A_WINDOW);
        }

        @Override
        public Grade grade() {
            return Grade.PROVED;
        }

        @Override
        public String configuration() {
            return simulated.box().configuration();
        }

        @Override
        public void ownerLetsEverythingOut() throws Exception {
            post("/api/firewall/filter/add_rule", RULE);
            post("/api/firewall/filter/apply", "{}");
        }

        @Override
        public void ownerTakesThatBack() throws Exception {
            String rules = post("/api/firewall/filter/search_rule", "{\"rowCount\": -1}");
            Matcher found = UUID.matcher(rules);
            assertThat(found.find()).as(rules).isTrue();
            post("/api/firewall/filter/del_rule/" + found.group(1), "{}");
            post("/api/firewall/filter/apply", "{}");
        }

        private String post(String path, String body) throws Exception {
            PinnedCertificates certificates = new PinnedCertificates(
                    Files.createTempDirectory("owner").resolve("certificates"), Optional.empty(), notice -> {});
            String login =
                    Base64.getEncoder().encodeToString(simulated.box().key().getBytes(StandardCharsets.UTF_8));
            try (RouterHttp http = new RouterHttp(
                    "owner", new Via.Https("192.168.1.1", 443), lab.hub().host().namespace(), certificates)) {
                HttpAnswer answer = http.send(
                        HttpCall.of("POST", path, "application/json", body).with("Authorization", "Basic " + login));
                assertThat(answer.status()).as(answer.text()).isEqualTo(200);
                assertThat(answer.text()).doesNotContain("failed");
                return answer.text();
            }
        }

        @Override
        public void restart() throws Exception {
            simulated.box().restart();
        }

        @Override
        public void letTimePass(Duration time) {
            simulated.letTimePass(time);
        }

        @Override
        public Duration window() {
            return simulated.window();
        }

        @Override
        public Optional<Web> web() {
            return Optional.of(new Web(
                    simulated.box().faults(), () -> simulated.box().server().newCertificate("OPNsense.internal")));
        }

        @Override
        public void close() {
            try {
                simulated.close();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }
}
