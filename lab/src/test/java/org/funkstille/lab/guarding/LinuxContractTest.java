package org.funkstille.lab.guarding;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.awaitility.Awaitility;
import org.funkstille.core.verdict.Grade;
import org.funkstille.kernel.Command;
import org.funkstille.lab.Lab;

/** A plain Linux router keeps the contract. */
class LinuxContractTest extends RouterContract {

    @Override
    RouterUnderTest takeOver(Lab lab) {
        return new LinuxUnderTest(lab);
    }

    private record LinuxUnderTest(Lab lab) implements RouterUnderTest {

        private String nft(String... arguments) throws Exception {
            return lab.host("router").run(Command.of(arguments));
        }

        @Override
        public String yaml() {
            return lab.homeYaml().replaceAll("(?m)^journal:.*\n", "");
        }

        @Override
        public Map<String, String> secrets() {
            return Map.of();
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
        public String configuration() throws Exception {
            return nft("nft", "-s", "list", "ruleset");
        }

        @Override
        public void ownerLetsEverythingOut() throws Exception {
            lab.host("router")
                    .run(Command.of(List.of("nft", "-f", "-"))
                            .withInput("add table inet wide\nadd chain inet wide first { type filter hook forward"
                                    + " priority -600; policy accept; }\nadd rule inet wide first accept\n"));
        }

        @Override
        public void ownerTakesThatBack() throws Exception {
            nft("nft", "delete", "table", "inet", "wide");
        }

        @Override
        public void restart() throws Exception {
            lab.router().restart();
        }

        @Override
        public void letTimePass(Duration time) {
            // Its clock is that of this machine.
            Instant end = Instant.now().plus(time).plusSeconds(1);
            Awaitility.await()
                    .atMost(time.plusSeconds(10))
                    .until(() -> Instant.now().isAfter(end));
        }

        @Override
        public Duration window() {
            return Duration.ofSeconds(4);
        }

        @Override
        public Optional<Web> web() {
            return Optional.empty();
        }

        @Override
        public void close() {
            // the lab goes with the test
        }
    }
}
