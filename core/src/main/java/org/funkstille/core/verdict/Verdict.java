package org.funkstille.core.verdict;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The answer for one device, with the witnesses that it rests on. It ages: it holds for the moment {@code at}.
 *
 * @param until for an open window: when the router closes it
 * @param proof what the router's whole rule set does with the device, where that was looked at
 * @param because what makes it leaking or unproven; empty where all is as wanted
 */
public record Verdict(
        String device,
        Status status,
        Grade grade,
        Instant at,
        Optional<Instant> until,
        Optional<RuleProof> proof,
        List<String> because,
        List<Witness> witnesses) {

    public Verdict {
        because = List.copyOf(because);
        witnesses = List.copyOf(witnesses);
    }
}
