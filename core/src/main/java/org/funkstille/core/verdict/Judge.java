package org.funkstille.core.verdict;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.funkstille.core.evidence.Flow;
import org.funkstille.core.model.Device;
import org.funkstille.core.model.Policy;
import org.funkstille.core.router.OpenWindow;
import org.funkstille.core.verdict.Witness.Kind;
import org.funkstille.core.verdict.Witness.Says;

/**
 * Joins the witnesses into a verdict. A flow that passed makes it leaking, and so does a packet that the router's rule
 * set is proved to let out; rules that are not as they should be, or a witness that cannot tell, make it unproven; only
 * when all speak and agree is a device silent.
 */
public final class Judge {

    /** A canary older than this shows nothing about now. */
    public static final Duration CANARY_HOLDS = Duration.ofMinutes(5);

    private Judge() {}

    public static Verdict judge(Device device, DeviceEvidence evidence) {
        // As long as the router has it, it lets packets through, whatever the clock says.
        Optional<OpenWindow> window = evidence.window().filter(open -> device.restricted());
        Optional<RuleProof> proof = proof(device, evidence);
        List<Witness> witnesses = witnesses(device, evidence, proof, window.isPresent());
        Status status = status(device, proof, window, witnesses);
        List<String> because = status.asWanted() ? List.of() : because(status, witnesses);
        return new Verdict(
                device.name(),
                status,
                grade(proof, witnesses),
                evidence.at(),
                window.map(OpenWindow::until),
                proof,
                because,
                witnesses);
    }

    /** Of a router that cannot be read nothing is known, whatever was true a moment ago. */
    public static Verdict unreadable(Device device, String reason, Instant at) {
        Witness rules = new Witness(Kind.RULES, Says.UNKNOWN, at, reason);
        return new Verdict(
                device.name(),
                Status.UNPROVEN,
                Grade.OBSERVED,
                at,
                Optional.empty(),
                Optional.empty(),
                List.of(rules.kind().word() + ": " + reason),
                List.of(rules));
    }

    /** Whatever the router has not got, somebody must have seen something, or its word is all there is. */
    private static Grade grade(Optional<RuleProof> proof, List<Witness> witnesses) {
        if (proof.filter(RuleProof::decided).isPresent()) {
            return Grade.PROVED;
        }
        boolean router = witnesses.stream()
                .filter(witness -> witness.kind() == Kind.FLOWS || witness.kind() == Kind.CANARY)
                .allMatch(witness -> witness.says() == Says.NOT_OFFERED);
        return router && witnesses.size() > 2 ? Grade.DECLARED : Grade.OBSERVED;
    }

    /**
     * Of a device that may go out there is nothing to prove; of any other, no proof is a proof that is missing, unless
     * the router has no rule set to read.
     */
    private static Optional<RuleProof> proof(Device device, DeviceEvidence evidence) {
        if (!device.restricted() || evidence.notOffered().containsKey(Kind.RULES)) {
            return Optional.empty();
        }
        return evidence.rules().proof().or(() -> Optional.of(RuleProof.notProved("nothing was proved")));
    }

    /** Of a device that may go out, only the rules and counters have something to tell. */
    private static List<Witness> witnesses(
            Device device, DeviceEvidence evidence, Optional<RuleProof> proof, boolean window) {
        Witness rules = rules(evidence, proof, window);
        Witness counters = offered(Kind.COUNTERS, evidence, () -> counters(evidence));
        if (!device.restricted()) {
            return List.of(rules, counters);
        }
        return List.of(
                rules,
                counters,
                offered(Kind.FLOWS, evidence, () -> flows(evidence)),
                offered(Kind.STATES, evidence, () -> states(evidence, window)),
                offered(Kind.CANARY, evidence, () -> canary(evidence)));
    }

    private static Witness offered(Kind kind, DeviceEvidence evidence, Supplier<Witness> witness) {
        String missing = evidence.notOffered().get(kind);
        return missing == null ? witness.get() : new Witness(kind, Says.NOT_OFFERED, evidence.at(), missing);
    }

    private static Status status(
            Device device, Optional<RuleProof> proof, Optional<OpenWindow> window, List<Witness> witnesses) {
        Witness rules = witnesses.getFirst();
        if (!device.restricted()) {
            // What leaves the house is allowed to; only the rules speak about the rest.
            return rules.says() == Says.YES ? Status.ONLINE : Status.UNPROVEN;
        }
        if (witnesses.stream().anyMatch(Judge::sawALeak)) {
            return Status.LEAKING;
        }
        if (window.isEmpty() && proof.filter(Judge::leaks).isPresent()) {
            return Status.LEAKING;
        }
        if (rules.says() == Says.NO) {
            return Status.UNPROVEN;
        }
        if (window.isPresent()) {
            return Status.WINDOW_OPEN;
        }
        if (witnesses.stream().anyMatch(witness -> witness.says() == Says.UNKNOWN)) {
            return Status.UNPROVEN;
        }
        return device.policy() instanceof Policy.AllowList ? Status.ALLOW_LIST : Status.SILENT;
    }

    /** A flow that passed, or a canary that got out by the way that should be shut. */
    private static boolean sawALeak(Witness witness) {
        return (witness.kind() == Kind.FLOWS || witness.kind() == Kind.CANARY) && witness.says() == Says.NO;
    }

    private static List<String> because(Status status, List<Witness> witnesses) {
        Says wanted = status == Status.LEAKING ? Says.NO : Says.UNKNOWN;
        List<String> reasons = new ArrayList<>();
        for (Witness witness : witnesses) {
            if (witness.says() == wanted || (status == Status.UNPROVEN && witness.says() == Says.NO)) {
                reasons.add(witness.kind().word() + ": " + witness.detail());
            }
        }
        return reasons;
    }

    /** Of an open window, the rule set lets the device out as it should: that is no leak. */
    private static Witness rules(DeviceEvidence evidence, Optional<RuleProof> proof, boolean window) {
        DeviceEvidence.Rules rules = evidence.rules();
        Optional<RuleProof> leak = proof.filter(found -> leaks(found) && !window);
        Optional<RuleProof> unknown = proof.filter(found -> !found.decided());
        if (leak.isPresent() || !rules.differences().isEmpty()) {
            return new Witness(Kind.RULES, Says.NO, rules.at(), joined(leak, rules.differences()));
        }
        if (unknown.isPresent() || !rules.doubts().isEmpty()) {
            return new Witness(Kind.RULES, Says.UNKNOWN, rules.at(), joined(unknown, rules.doubts()));
        }
        String proved = Optional.ofNullable(evidence.notOffered().get(Kind.RULES))
                .map(why -> "; nothing is proved: " + why)
                .or(() -> proof.filter(found -> !leaks(found)).map(Judge::proved))
                .orElse("");
        return new Witness(Kind.RULES, Says.YES, rules.at(), "our rules are in force as they should be" + proved);
    }

    private static boolean leaks(RuleProof proof) {
        return proof.outcome() == RuleProof.Outcome.LEAKING;
    }

    private static String joined(Optional<RuleProof> proof, List<String> more) {
        return Stream.concat(proof.stream().flatMap(found -> found.because().stream()), more.stream())
                .collect(Collectors.joining("; "));
    }

    private static String proved(RuleProof proof) {
        String assumed = proof.because().stream()
                .map(assumption -> "; taken for granted: " + assumption)
                .collect(Collectors.joining());
        return "; nothing in the router's whole rule set lets it out"
                + proof.strength().map(Judge::unless).orElse("") + assumed;
    }

    private static String unless(RuleProof.Strength strength) {
        return switch (strength) {
            case NETWORK -> ", whatever it does";
            case MAC -> ", unless it takes another MAC address";
            case ADDRESS -> ", unless it takes another IP address";
        };
    }

    private static Witness counters(DeviceEvidence evidence) {
        long seen = evidence.counts().seen();
        long refused = evidence.counts().refused();
        String detail = seen == 0
                ? "the router has seen no packet of it since the rules were laid"
                : seen + " packets seen, " + refused + " of them refused, since the rules were laid";
        return new Witness(Kind.COUNTERS, Says.YES, evidence.rules().at(), detail);
    }

    private static Witness flows(DeviceEvidence evidence) {
        DeviceEvidence.FlowWatch watch = evidence.flows();
        if (!watch.passed().isEmpty()) {
            Flow first = watch.passed().getFirst();
            return new Witness(
                    Kind.FLOWS,
                    Says.NO,
                    first.began(),
                    watch.passed().size() + (watch.passed().size() == 1 ? " flow" : " flows") + " passed, the first to "
                            + first.destination()
                            + first.name().map(name -> " (" + name + ")").orElse("") + " at "
                            + first.began());
        }
        if (watch.since().isEmpty()) {
            return new Witness(Kind.FLOWS, Says.UNKNOWN, evidence.at(), "nobody is listening for flows");
        }
        Instant since = watch.since().get();
        if (watch.lost() > 0) {
            return new Witness(
                    Kind.FLOWS,
                    Says.UNKNOWN,
                    evidence.at(),
                    watch.lost() + " flow events were lost since " + since + "; no flow was seen among the rest");
        }
        return new Witness(
                Kind.FLOWS,
                Says.YES,
                evidence.at(),
                "no flow of it passed that should not; listened without a gap since " + since);
    }

    private static Witness states(DeviceEvidence evidence, boolean window) {
        DeviceEvidence.States states = evidence.states();
        if (states.open().isEmpty()) {
            return new Witness(
                    Kind.STATES, Says.UNKNOWN, states.at(), "the router's table of open flows could not be read");
        }
        List<String> open = states.open().get();
        if (!open.isEmpty() && !window) {
            return new Witness(
                    Kind.STATES,
                    Says.UNKNOWN,
                    states.at(),
                    open.size() + (open.size() == 1 ? " flow is" : " flows are")
                            + " still in the router's table, the first " + open.getFirst());
        }
        return new Witness(Kind.STATES, Says.YES, states.at(), open.size() + " open flows");
    }

    private static Witness canary(DeviceEvidence evidence) {
        if (evidence.canary().isEmpty()) {
            return new Witness(Kind.CANARY, Says.UNKNOWN, evidence.at(), "no canary was sent");
        }
        DeviceEvidence.Canary canary = evidence.canary().get();
        if (canary.escaped().isPresent()) {
            return new Witness(
                    Kind.CANARY, Says.NO, canary.at(), canary.escaped().get());
        }
        boolean fresh = canary.at().isAfter(evidence.at().minus(CANARY_HOLDS));
        if (!canary.seen()) {
            return new Witness(
                    Kind.CANARY,
                    Says.UNKNOWN,
                    canary.at(),
                    "a packet that must be refused was sent, and its refusal was not seen");
        }
        return new Witness(
                Kind.CANARY,
                fresh ? Says.YES : Says.UNKNOWN,
                canary.at(),
                fresh
                        ? "a packet that must be refused was refused, and its refusal was seen"
                        : "the last packet that was seen to be refused is older than " + CANARY_HOLDS.toMinutes()
                                + " minutes");
    }
}
