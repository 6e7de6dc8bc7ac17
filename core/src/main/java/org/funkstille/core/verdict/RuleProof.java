package org.funkstille.core.verdict;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the analysis of the router's whole rule set says of one device.
 *
 * @param because of a leaking one: a packet that gets out, and the rule that lets it; of an unproven one: what is not
 *     known; of one that was not proved: why; of one that is as wanted: what was taken for granted
 * @param strength of one that is as wanted: what the device would have to change to get out
 * @param residual ways out that do not count
 * @param holdsUntil when a rule with a time may change the answer; absent: never
 */
public record RuleProof(
        Outcome outcome,
        List<String> because,
        Optional<Strength> strength,
        List<Residual> residual,
        Optional<Instant> holdsUntil) {

    public RuleProof {
        because = List.copyOf(because);
        residual = List.copyOf(residual);
    }

    /** What came of it. */
    public enum Outcome {
        /** No packet gets out, or only to where its policy lets it. */
        AS_WANTED,
        /** This packet gets out. */
        LEAKING,
        /** It hangs on something that the rule set does not say. */
        UNPROVEN,
        /** There was nothing to analyse: the rule set could not be read. */
        NOT_PROVED,
        /** The analysis of the rules that are in force now goes on. */
        PENDING
    }

    /** What the device would have to change to get out. */
    public enum Strength {
        /** Nothing helps it. */
        NETWORK,
        /** Another hardware address. */
        MAC,
        /** Another IP address. */
        ADDRESS;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A way out that every factory configuration has and an honest device does not use.
     *
     * @param kind one word: {@code icmpv6-errors}, {@code router-admin}, {@code answers-to-inbound}
     * @param rule the rule that opens it, in the router's own words
     * @param close what the owner can do about it
     */
    public record Residual(String kind, String rule, String close) {}

    public static RuleProof notProved(String why) {
        return new RuleProof(Outcome.NOT_PROVED, List.of(why), Optional.empty(), List.of(), Optional.empty());
    }

    public static RuleProof pending() {
        return new RuleProof(
                Outcome.PENDING,
                List.of("the proof of the rules that are in force now is not finished yet"),
                Optional.empty(),
                List.of(),
                Optional.empty());
    }

    /** True where it is known whether something gets out. */
    public boolean decided() {
        return switch (outcome) {
            case AS_WANTED, LEAKING -> true;
            case UNPROVEN, NOT_PROVED, PENDING -> false;
        };
    }
}
