package org.funkstille.guard;

import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.funkstille.core.model.Device;
import org.funkstille.core.model.Home;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Family;
import org.funkstille.core.router.Observation;
import org.funkstille.core.verdict.RuleProof;
import org.funkstille.proof.house.House;
import org.funkstille.proof.prover.Prover;
import org.funkstille.proof.prover.Subject;
import org.funkstille.proof.read.ReadingException;
import org.funkstille.proof.read.RuleSetReader;
import org.funkstille.proof.read.RuleSetReading;
import org.funkstille.routers.SavedRules;

/**
 * Proves every restricted device silent on the router's whole rule set, or finds out how it gets out. What was proved is
 * kept, and asked again only where something that it rests on has changed: the rule set, the networks, an address that
 * the device holds, or the time.
 */
final class Proving implements ProofSource {

    private final Home home;
    private final RuleReading reader;

    private Optional<Basis> basis = Optional.empty();
    private final Map<String, Proved> proved = new HashMap<>();
    private final Map<String, List<String>> changes = new HashMap<>();

    /** What all proofs rest on. */
    private record Basis(RuleSetText text, House house, Optional<RuleLines> lines) {}

    /** @param addresses those of IPv4 that the device held; of IPv6 it may make its own, so all are asked about */
    private record Proved(RuleProof proof, Set<String> addresses) {}

    /** @param readers of rule sets, by the name of the format */
    Proving(Home home, Function<String, Optional<RuleSetReader>> readers) {
        this.home = home;
        this.reader = new RuleReading(readers);
    }

    @Override
    public Map<String, RuleProof> prove(SavedRules saved, Observation observation, Instant at) {
        House house = HouseNow.of(home, observation);
        RuleSetText text = RuleSetText.of(saved);
        boolean same = basis.filter(
                        known -> known.text().equals(text) && known.house().equals(house))
                .isPresent();
        Work work = new Work(saved, house, at);
        List<String> common = List.of();
        if (!same) {
            Optional<RuleLines> lines = work.lines();
            common = basis.map(before -> difference(before, text, house, lines)).orElse(List.of());
            basis = Optional.of(new Basis(text, house, lines));
        }
        for (Device device : home.devices()) {
            if (device.restricted()) {
                prove(device, held(device, observation), same, common, work);
            }
        }
        return proved.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().proof()));
    }

    private void prove(Device device, Set<String> held, boolean same, List<String> common, Work work) {
        Optional<Proved> before = Optional.ofNullable(proved.get(device.name()));
        boolean over = before.flatMap(known -> known.proof().holdsUntil())
                .filter(until -> !until.isAfter(work.at))
                .isPresent();
        boolean holds = same
                && !over
                && before.filter(known -> known.addresses().equals(held)).isPresent();
        if (!holds) {
            List<String> reasons = new ArrayList<>(common);
            before.ifPresent(known -> reasons.addAll(addressChanges(known.addresses(), held)));
            if (over && reasons.isEmpty()) {
                reasons.add("the time of a rule has come or is over");
            }
            changes.computeIfAbsent(device.name(), name -> new ArrayList<>()).addAll(reasons);
            proved.put(device.name(), new Proved(work.prove(device, held), held));
        }
    }

    /** What has changed since this was asked for the last time, by device, in words for people. */
    Map<String, List<String>> takeChanges() {
        Map<String, List<String>> taken = Map.copyOf(changes);
        changes.clear();
        return taken;
    }

    /** When the first of the proofs is over by itself; nothing where none is. */
    Optional<Instant> holdsUntil() {
        return proved.values().stream()
                .flatMap(known -> known.proof().holdsUntil().stream())
                .min(Instant::compareTo);
    }

    private static List<String> difference(Basis before, RuleSetText text, House house, Optional<RuleLines> lines) {
        List<String> found = new ArrayList<>(HouseNow.changes(before.house(), house));
        if (!before.text().equals(text)) {
            found.addAll(
                    lines.isPresent() && before.lines().isPresent()
                            ? lines.get().since(before.lines().get())
                            : List.of("the router's rule set differs"));
        }
        return found;
    }

    private static List<String> addressChanges(Set<String> before, Set<String> now) {
        List<String> found = new ArrayList<>();
        now.stream()
                .filter(address -> !before.contains(address))
                .forEach(address -> found.add("a new address: " + address));
        before.stream()
                .filter(address -> !now.contains(address))
                .forEach(address -> found.add("no longer its address: " + address));
        return found;
    }

    private static Set<String> held(Device device, Observation observation) {
        return observation.addressesOf(device).stream()
                .filter(address -> Family.of(address) == Family.IPV4)
                .map(Addresses::text)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** One round of proving. The rule set is read when it is needed for the first time, and let go of at the end. */
    private final class Work {

        private final SavedRules saved;
        private final House house;
        private final Instant at;

        private Optional<RuleSetReading> reading = Optional.empty();
        private Optional<Prover> prover = Optional.empty();
        private Optional<String> failure = Optional.empty();

        Work(SavedRules saved, House house, Instant at) {
            this.saved = saved;
            this.house = house;
            this.at = at;
        }

        Optional<RuleLines> lines() {
            return reading().map(read -> RuleLines.of(read.rules()));
        }

        private Optional<RuleSetReading> reading() {
            if (reading.isEmpty() && failure.isEmpty()) {
                try {
                    reading = Optional.of(reader.read(saved, house));
                } catch (ReadingException unreadable) {
                    failure = Optional.of("the router's rule set could not be read: " + unreadable.getMessage());
                } catch (RuntimeException | StackOverflowError fault) {
                    failure = Optional.of(fault("reading the router's rule set", fault));
                }
            }
            return reading;
        }

        RuleProof prove(Device device, Set<String> held) {
            if (house.outside().isEmpty()) {
                return RuleProof.notProved(
                        "which way leads to the internet is not known; name it in funkstille.yaml, as"
                                + " a network without an address");
            }
            List<InetAddress> addresses = held.stream().map(Addresses::parse).toList();
            Optional<Subject> subject = Subject.of(home, device, addresses);
            if (subject.isEmpty()) {
                return RuleProof.notProved("its network is not in funkstille.yaml");
            }
            if (reading().isEmpty()) {
                return RuleProof.notProved(failure.orElse("the router's rule set could not be read"));
            }
            try {
                return Proofs.of(prover(reading.orElseThrow()).prove(subject.get()), saved.doubts());
            } catch (RuntimeException | StackOverflowError fault) {
                return RuleProof.notProved(fault("the proof", fault));
            }
        }

        private Prover prover(RuleSetReading read) {
            Prover ready =
                    prover.orElseGet(() -> new Prover(read, at, new Prover.Rigour(home.strict(), home.services())));
            prover = Optional.of(ready);
            return ready;
        }

        /** A fault of ours must not end the guard; without a proof nothing is said to be silent. */
        private static String fault(String what, Throwable fault) {
            return what + " failed, which is a fault in Funkstille: " + fault;
        }
    }
}
