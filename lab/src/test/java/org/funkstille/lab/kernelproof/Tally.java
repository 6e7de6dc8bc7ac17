package org.funkstille.lab.kernelproof;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.funkstille.lab.kernelproof.Claims.Claim;
import org.funkstille.lab.kernelproof.Claims.End;
import org.funkstille.lab.kernelproof.Knowledge.Comparison;

/** Compares what the kernel did with what the proof says, and counts. */
final class Tally {

    private final Map<String, Integer> counts = new TreeMap<>();

    private final Map<String, Integer> unknowns = new TreeMap<>();

    /**
     * @param sound false where a packet got out that the proof holds back: the worst that can be
     */
    record Disagreement(Sample sample, End kernel, Claim claim, boolean sound) {

        @Override
        public String toString() {
            return (sound ? "" : "UNSOUND ") + "kernel " + kernel + ", proof " + claim + "\n  " + sample;
        }
    }

    List<Disagreement> compare(List<Sample> samples, Wire.Seen seen, Claims claims, Knowledge knowledge) {
        return samples.stream()
                .flatMap(sample -> compare(sample, end(seen, sample), claims.of(sample), knowledge).stream())
                .toList();
    }

    private Optional<Disagreement> compare(Sample sample, End kernel, Claim claim, Knowledge knowledge) {
        Comparison comparison = knowledge.of(sample.draft());
        count("kernel " + kernel);
        count("protocol " + sample.draft().protocol);
        count(claim.isCertain() ? "certain" : "uncertain " + claim.ends());
        count("compared " + comparison);
        if (!claim.isCertain()) {
            claim.unknowns().forEach(what -> unknowns.merge(what.replaceAll("[0-9]+", "#"), 1, Integer::sum));
        }
        boolean agrees = claim.ends().contains(kernel)
                || comparison == Comparison.NONE
                || (comparison == Comparison.MAY_BE_HELD_BACK && kernel == End.NEITHER);
        if (agrees) {
            return Optional.empty();
        }
        boolean sound = kernel == End.NEITHER || claim.ends().contains(End.OUTSIDE);
        return Optional.of(new Disagreement(sample, kernel, claim, sound));
    }

    static End end(Wire.Seen seen, Sample sample) {
        return seen.outside().get(sample.number())
                ? End.OUTSIDE
                : seen.router().get(sample.number()) ? End.ROUTER : End.NEITHER;
    }

    private void count(String what) {
        counts.merge(what, 1, Integer::sum);
    }

    Map<String, Integer> counts() {
        return counts;
    }

    /** What was not understood or cannot be known, and for how many packets that mattered. */
    Map<String, Integer> unknowns() {
        return unknowns;
    }
}
