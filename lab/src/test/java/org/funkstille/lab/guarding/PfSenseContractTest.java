package org.funkstille.lab.guarding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.funkstille.core.model.Via;
import org.funkstille.core.verdict.Grade;
import org.funkstille.lab.Lab;
import org.funkstille.lab.facade.pfsense.PfSenseFacade;
import org.funkstille.lab.facade.pfsense.SimulatedPfSense;
import org.funkstille.routers.http.HttpAnswer;
import org.funkstille.routers.http.HttpCall;
import org.funkstille.routers.http.PinnedCertificates;
import org.funkstille.routers.http.RouterHttp;

/** pfSense keeps the contract. */
class PfSenseContractTest extends RouterContract {

    @Override
    RouterUnderTest takeOver(Lab lab) throws Exception {
        return new PfSenseUnderTest(lab, SimulatedPfSense.takeOver(lab, PfSenseFacade.Options.usual()));
    }

    private record PfSenseUnderTest(Lab lab, SimulatedPfSense simulated) implements RouterUnderTest {

        @Override
        public String yaml() {
            return simulated.homeYaml().replaceAll("(?m)^journal:.*\n", "");
        }

        @Override
        public Map<String, String> secrets() {
            return Map.of("KEY", simulated.box().apiKey());
        }

        @Override
        public Set<Lack> lacks() {
            return Set.of();
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
            call(HttpCall.of("POST", "/api/v2/firewall/rule", "application/json", """
                    {"type": "pass", "floating": true, "quick": true, "direction": "any", "interface": ["opt1"],
                     "ipprotocol": "inet", "source": "any", "destination": "any", "descr": "everything out",
                     "placement": 0, "apply": true}"""));
        }

        @Override
        public void ownerTakesThatBack() throws Exception {
            call(HttpCall.get("/api/v2/firewall/rules?descr=everything%20out&apply=true")
                    .as("DELETE"));
        }

        private void call(HttpCall call) throws Exception {
            PinnedCertificates certificates = new PinnedCertificates(
                    Files.createTempDirectory("owner").resolve("certificates"), Optional.empty(), notice -> {});
            try (RouterHttp http = new RouterHttp(
                    "owner", new Via.Https("192.168.1.1", 443), lab.hub().host().namespace(), certificates)) {
                HttpAnswer answer =
                        http.send(call.with("X-API-Key", simulated.box().apiKey()));
                assertThat(answer.status()).as(answer.text()).isEqualTo(200);
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
            return Optional.of(
                    new Web(simulated.box().faults(), () -> simulated.box().newCertificate()));
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
