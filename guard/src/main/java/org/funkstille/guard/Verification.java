package org.funkstille.guard;

import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.funkstille.core.model.Device;
import org.funkstille.core.model.Home;
import org.funkstille.core.plan.Change;
import org.funkstille.core.plan.Planner;
import org.funkstille.core.router.Caveat;
import org.funkstille.core.router.Counts;
import org.funkstille.core.router.Observation;
import org.funkstille.core.verdict.DeviceEvidence;
import org.funkstille.core.verdict.Judge;
import org.funkstille.core.verdict.RuleProof;
import org.funkstille.core.verdict.Verdict;
import org.funkstille.core.verdict.Witness;
import org.funkstille.routers.OpenFlow;
import org.funkstille.routers.RouterDriver;
import org.funkstille.routers.RouterException;

/** Gathers the witnesses of every device and has them judged. */
final class Verification {

    /** With any of these, rules that are as they should be do not show that nothing gets out. */
    private static final Set<Caveat.Kind> DOUBTS = EnumSet.of(
            Caveat.Kind.NOT_COMPARED, Caveat.Kind.FLOW_OFFLOAD, Caveat.Kind.IPV6_UNKNOWN, Caveat.Kind.NOT_HELD);

    private final Home home;
    private final RouterDriver driver;
    private final Attribution attribution;
    private final ProofSource proofs;

    Verification(Home home, RouterDriver driver, Attribution attribution, ProofSource proofs) {
        this.home = home;
        this.driver = driver;
        this.attribution = attribution;
        this.proofs = proofs;
    }

    /** What was observed, and what the rule set that was read after it does with each device. */
    private record Look(Observation observation, Map<String, RuleProof> proofs) {

        /** True where a device gets out and no window is known of. */
        boolean surprises() {
            return proofs.entrySet().stream()
                    .anyMatch(entry -> entry.getValue().outcome() == RuleProof.Outcome.LEAKING
                            && observation.windowOf(entry.getKey()).isEmpty());
        }
    }

    List<Verdict> judge(Observation observed, WatchReport watch, Instant now)
            throws RouterException, InterruptedException {
        attribution.learn(observed);
        Look first = look(observed, now);
        // A window may have been opened between the two readings.
        Look look = first.surprises() ? look(driver.observe(), now) : first;
        Observation observation = look.observation();
        Map<String, List<String>> differences = differences(observation);
        Optional<Map<String, List<String>>> states = states(observation);
        Map<Witness.Kind, String> notOffered = notOffered(observation);
        boolean blind = observation.has(Caveat.Kind.NO_TRACKING);
        return home.devices().stream()
                .map(device -> Judge.judge(
                        device,
                        new DeviceEvidence(
                                now,
                                new DeviceEvidence.Rules(
                                        observation.at(),
                                        differences.getOrDefault(device.name(), List.of()),
                                        doubts(observation, device),
                                        Optional.ofNullable(look.proofs().get(device.name()))),
                                observation.windowOf(device.name()),
                                observation.counts().getOrDefault(device.name(), Counts.ZERO),
                                new DeviceEvidence.FlowWatch(
                                        blind ? Optional.empty() : watch.since(),
                                        watch.lost(),
                                        watch.passed().getOrDefault(device.name(), List.of())),
                                new DeviceEvidence.States(
                                        now, states.map(all -> all.getOrDefault(device.name(), List.of()))),
                                watch.canary(),
                                notOffered)))
                .toList();
    }

    private static List<String> doubts(Observation observation, Device device) {
        return observation.caveats().stream()
                .filter(caveat -> DOUBTS.contains(caveat.kind()) && caveat.isAbout(device.name()))
                .map(Caveat::text)
                .toList();
    }

    /** What this router cannot tell, by witness, each with why. */
    private static Map<Witness.Kind, String> notOffered(Observation observation) {
        Map<Witness.Kind, String> missing = new EnumMap<>(Witness.Kind.class);
        for (Caveat caveat : observation.caveats()) {
            switch (caveat.kind()) {
                case NO_RULE_SET -> missing.put(Witness.Kind.RULES, caveat.text());
                case NO_COUNTERS -> missing.put(Witness.Kind.COUNTERS, caveat.text());
                case NO_FLOWS -> missing.put(Witness.Kind.FLOWS, caveat.text());
                case NO_STATES -> missing.put(Witness.Kind.STATES, caveat.text());
                case NO_CANARY -> missing.put(Witness.Kind.CANARY, caveat.text());
                case FLOW_OFFLOAD,
                        NO_TRACKING,
                        NO_ACCOUNTING,
                        NO_RESERVATIONS,
                        NOT_SAVED,
                        LOSSES_NOT_COUNTED,
                        NOT_COMPARED,
                        BY_ADDRESS,
                        IPV6_UNKNOWN,
                        NOT_HELD,
                        FLOWS_NOT_CUT -> {
                    // no witness is missing for these
                }
            }
        }
        return missing;
    }

    private Look look(Observation observation, Instant now) throws InterruptedException {
        if (observation.has(Caveat.Kind.NO_RULE_SET)) {
            return new Look(observation, Map.of());
        }
        try {
            return new Look(observation, proofs.prove(driver.rules(), observation, now));
        } catch (RouterException unreadable) {
            RuleProof none = RuleProof.notProved("the router's rule set could not be read: " + unreadable.getMessage());
            return new Look(
                    observation,
                    home.devices().stream()
                            .filter(Device::restricted)
                            .collect(Collectors.toMap(Device::name, device -> none)));
        }
    }

    /** What the plan would do to a device is how it differs from what is wanted. */
    private Map<String, List<String>> differences(Observation observation) {
        Map<String, List<String>> differences = new HashMap<>();
        for (Change change : Planner.plan(home, observation).changes()) {
            switch (change) {
                case Change.LayRules lay ->
                    home.devices().forEach(device -> add(differences, device.name(), lay.reason()));
                case Change.SetRules set ->
                    add(differences, set.rules().device(), "its rules are not in force as they should be");
                case Change.RemoveRules remove -> {
                    // a device that nobody asks about
                }
                case Change.CutFlows cut -> {
                    // comes with the rules
                }
                case Change.CloseWindow close -> {
                    // of a device that is not restricted
                }
                case Change.SaveRules save -> {
                    // in force now, though a reboot would lose it; the plan shows it
                }
                case Change.Reserve reserve -> {
                    // the rules hold by MAC
                }
                case Change.Unreserve unreserve -> {
                    // of no consequence for silence
                }
            }
        }
        return differences;
    }

    private static void add(Map<String, List<String>> differences, String device, String text) {
        differences.computeIfAbsent(device, name -> new ArrayList<>()).add(text);
    }

    /** Nothing where the router's table cannot be read. */
    private Optional<Map<String, List<String>>> states(Observation observation) {
        Map<InetAddress, Device> owners = new HashMap<>();
        for (Device device : home.devices()) {
            if (device.restricted()) {
                observation.addressesOf(device).forEach(address -> owners.put(address, device));
            }
        }
        Set<InetAddress> addresses = new HashSet<>(owners.keySet());
        try {
            Map<String, List<String>> states = new HashMap<>();
            for (OpenFlow flow : driver.openFlows(addresses)) {
                Device owner = owners.get(flow.source());
                if (owner != null && attribution.isForbidden(owner, flow.destination())) {
                    add(states, owner.name(), flow.destination().toString());
                }
            }
            return Optional.of(states);
        } catch (RouterException unreadable) {
            return Optional.empty();
        }
    }
}
