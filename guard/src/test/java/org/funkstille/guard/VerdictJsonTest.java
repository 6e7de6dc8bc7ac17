package org.funkstille.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.funkstille.core.verdict.Grade;
import org.funkstille.core.verdict.RuleProof;
import org.funkstille.core.verdict.Status;
import org.funkstille.core.verdict.Verdict;
import org.junit.jupiter.api.Test;

final class VerdictJsonTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void provedVerdict_hasStrengthResidualAndHowLongItHolds() {
        RuleProof proof = new RuleProof(
                RuleProof.Outcome.AS_WANTED,
                List.of(),
                Optional.of(RuleProof.Strength.MAC),
                List.of(new RuleProof.Residual("icmpv6-errors", "pass quick", "close it")),
                Optional.of(NOON.plusSeconds(60)));

        assertThat(VerdictJson.text(verdict(Grade.PROVED, Optional.of(proof))))
                .isEqualTo("{\"device\":\"gateway\",\"status\":\"silent\",\"grade\":\"proved\","
                        + "\"at\":\"2026-01-01T12:00:00Z\",\"strength\":\"mac\",\"residual\":[{\"kind\":"
                        + "\"icmpv6-errors\",\"rule\":\"pass quick\",\"close\":\"close it\"}],"
                        + "\"holdsUntil\":\"2026-01-01T12:01:00Z\",\"because\":[],\"witnesses\":[]}");
    }

    @Test
    void verdictWithoutADecidedProof_hasNoneOfThem() {
        String bare = "{\"device\":\"gateway\",\"status\":\"silent\",\"grade\":\"observed\","
                + "\"at\":\"2026-01-01T12:00:00Z\",\"because\":[],\"witnesses\":[]}";

        assertThat(VerdictJson.text(verdict(Grade.OBSERVED, Optional.empty()))).isEqualTo(bare);
        assertThat(VerdictJson.text(verdict(Grade.OBSERVED, Optional.of(RuleProof.notProved("unread")))))
                .isEqualTo(bare);
    }

    private static Verdict verdict(Grade grade, Optional<RuleProof> proof) {
        return new Verdict("gateway", Status.SILENT, grade, NOON, Optional.empty(), proof, List.of(), List.of());
    }
}
