package org.funkstille.lab.guarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.funkstille.core.verdict.Grade;
import org.funkstille.journal.WindowRecord;
import org.funkstille.lab.Lab;
import org.funkstille.lab.facade.fritzbox.Options;
import org.funkstille.lab.facade.fritzbox.SimulatedFritzBox;
import org.junit.jupiter.api.Test;

/** A FRITZ!Box keeps the contract, but for what it cannot do. */
class FritzBoxContractTest extends RouterContract {

    @Override
    RouterUnderTest takeOver(Lab lab) throws Exception {
        return new FritzBoxUnderTest(SimulatedFritzBox.takeOver(lab, Options.standard()));
    }

    @Test
    void aGuardClosesTheWindowThatTheBoxLeavesOpen() throws Exception {
        try (Installation owner = installation().again();
                RunningGuard guard = RunningGuard.start(installation().again(), GuardedLab.NEVER)) {
            WindowRecord record = owner.windows()
                    .open(owner.device(GuardedLab.GATEWAY), Duration.ofSeconds(3), "update")
                    .record()
                    .orElseThrow();
            WindowRecord closed = await().atMost(Duration.ofSeconds(30))
                    .until(
                            () -> guard.journal().window(record.id()).orElseThrow(),
                            found -> found.closed().isPresent());

            assertThat(closed.closedBy()).contains("guard");
            assertThat(owner.driver().observe().windows()).isEmpty();
        }
    }

    private record FritzBoxUnderTest(SimulatedFritzBox simulated) implements RouterUnderTest {

        @Override
        public String yaml() {
            return simulated.homeYaml().replaceAll("(?m)^journal:.*\n", "");
        }

        @Override
        public Map<String, String> secrets() {
            return Map.of("PASSWORD", simulated.box().password());
        }

        @Override
        public Set<Lack> lacks() {
            return Set.of(Lack.REFUSAL_OF_ITS_OWN_SERVICES, Lack.CLOSING_OF_WINDOWS, Lack.RULES_OF_ITS_OWNER);
        }

        @Override
        public Grade grade() {
            return Grade.OBSERVED;
        }

        /** A box does not know which address a device had before, so a lock of ours on that stays; uninstall says so. */
        @Override
        public String configuration() {
            return simulated.box().configuration().replaceAll("(?m)^ *lock 192\\.168\\.20\\.1[0-9]{2} .*\n", "");
        }

        @Override
        public void ownerLetsEverythingOut() {
            throw new UnsupportedOperationException("a FRITZ!Box has no rules of its owner");
        }

        @Override
        public void ownerTakesThatBack() {
            throw new UnsupportedOperationException("a FRITZ!Box has no rules of its owner");
        }

        @Override
        public void restart() throws Exception {
            simulated.box().restart();
        }

        @Override
        public void letTimePass(Duration time) throws InterruptedException {
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
