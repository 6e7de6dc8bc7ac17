package org.funkstille.proof.prover;

import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.funkstille.core.model.Policy;
import org.funkstille.core.net.Family;
import org.funkstille.core.net.Mac;
import org.funkstille.core.net.Prefix;
import org.funkstille.proof.boxes.TooLarge;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.RuleSet;
import org.funkstille.proof.filter.Source;
import org.funkstille.proof.house.AddressSets;
import org.funkstille.proof.house.House;
import org.funkstille.proof.prover.Answer.Standing;
import org.funkstille.proof.prover.Answer.Strength;
import org.funkstille.proof.prover.Residual.Kind;
import org.funkstille.proof.question.Addressing;
import org.funkstille.proof.question.Question;
import org.funkstille.proof.read.RuleSetReading;
import org.funkstille.proof.sets.Range;
import org.funkstille.proof.sets.ValueSet;

/**
 * Proves devices silent on one rule set, or shows how they get out.
 *
 * <p>The engine of boxes finds what may get out; the simulator takes the packet that is shown through the rules once
 * more, on its own. Where the two disagree the answer is unproven.
 */
public final class Prover {

    private final RuleSet rules;
    private final House house;
    private final Instant at;
    private final Rigour rigour;
    private final List<Family> families;
    private final Search search;
    private final ResidualSearch residual;
    private final Inbound inbound;

    /**
     * What counts as a way out.
     *
     * @param strict residual ways do
     * @param services what the router's own services take does
     */
    public record Rigour(boolean strict, boolean services) {}

    /** @param at the moment that rules with a time are looked at for */
    public Prover(RuleSetReading reading, Instant at, Rigour rigour) {
        this.house = reading.house();
        this.at = at;
        this.rigour = rigour;
        this.families = reading.ipv6() ? List.of(Family.IPV4, Family.IPV6) : List.of(Family.IPV4);
        this.rules = reading.rules();
        Set<Kind> opened = ResidualWays.in(rules);
        RuleSet counted = rigour.strict() || opened.isEmpty() ? rules : ResidualWays.closed(rules, opened);
        this.search = new Search(counted, house);
        this.residual = new ResidualSearch(rules, house, opened);
        this.inbound = new Inbound(search.engine(), rules.platform(), house, at);
    }

    /** The number of rules that are looked at. */
    public int size() {
        return rules.size();
    }

    public Answer prove(Subject subject) {
        if (subject.policy() instanceof Policy.Online) {
            return answer(subject, Standing.AS_WANTED, List.of(), Optional.empty());
        }
        try {
            return look(subject);
        } catch (TooLarge e) {
            return answer(
                    subject,
                    Standing.UNPROVEN,
                    List.of("unproven because of size: " + e.getMessage()),
                    Optional.empty());
        }
    }

    private Answer look(Subject subject) throws TooLarge {
        ValueSet macs = macs(subject);
        Search.Finding finding = ask(subject, macs, addresses(subject));
        return switch (finding) {
            case Search.Finding.Leak leak -> leaking(subject, leak);
            case Search.Finding.Doubt doubt -> unproven(subject, doubt);
            case Search.Finding.None(Optional<Instant> until) -> silent(subject, macs, until);
        };
    }

    private Search.Finding ask(Subject subject, ValueSet macs, Map<Family, ValueSet> sources) throws TooLarge {
        return search.look(tasks(subject, macs, sources));
    }

    /** The question in each family. */
    private List<Search.Task> tasks(Subject subject, ValueSet macs, Map<Family, ValueSet> sources) {
        List<Search.Task> tasks = new ArrayList<>();
        for (Family family : families) {
            ValueSet own = sources.getOrDefault(family, AddressSets.all(family));
            if (!own.isEmpty()) {
                tasks.add(new Search.Task(
                        new Question(subject.interfaceName(), macs, family, own, house, rigour.services(), at),
                        Allowed.by(subject.policy(), family),
                        new Packets(subject, family, router(subject, family))));
            }
        }
        return tasks;
    }

    /**
     * Which rules would have to change, and how, for a leaking device to be as wanted.
     *
     * @return sentences; none where it does not leak
     */
    public List<String> repairs(Subject subject) {
        try {
            return new Repair(search.rules(), house).of(tasks(subject, macs(subject), addresses(subject)));
        } catch (TooLarge e) {
            return List.of();
        }
    }

    private Answer silent(Subject subject, ValueSet macs, Optional<Instant> until) throws TooLarge {
        List<Residual> ways = new ArrayList<>(residualWays(subject, macs));
        Optional<Residual> answers = answersToInbound(subject, macs);
        answers.ifPresent(ways::add);
        if (answers.isPresent() && rigour.strict() && subject.policy() instanceof Policy.Silent) {
            Answer leaking = answer(
                    subject,
                    Standing.LEAKING,
                    List.of("a flow may begin outside, and its answers leave: "
                            + answers.get().rule()),
                    until);
            return new Answer(
                    leaking.device(),
                    leaking.standing(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(answers.get().rule()),
                    List.of(),
                    leaking.because(),
                    ways,
                    List.of(answers.get().close()),
                    until);
        }
        return new Answer(
                subject.name(),
                Standing.AS_WANTED,
                Optional.of(strength(subject, macs)),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                rules.assumptions(),
                ways,
                List.of(),
                until);
    }

    private Answer leaking(Subject subject, Search.Finding.Leak leak) throws TooLarge {
        Shown shown = Shown.of(leak, house);
        return new Answer(
                subject.name(),
                Standing.LEAKING,
                Optional.empty(),
                Optional.of(shown.witness()),
                Optional.of(shown.rule()),
                shown.path(),
                List.of(shown.sentence()),
                residualWays(subject, macs(subject)),
                List.of(),
                leak.until());
    }

    private Answer unproven(Subject subject, Search.Finding.Doubt doubt) {
        List<String> because = new ArrayList<>();
        for (String unknown : new TreeSet<>(doubt.unknowns())) {
            because.add(eitherWay(subject, unknown));
        }
        doubt.contradiction().ifPresent(because::add);
        return answer(subject, Standing.UNPROVEN, because, doubt.until());
    }

    /** What the answer would be if the unknown were known. */
    private String eitherWay(Subject subject, String unknown) {
        return "not understood: " + unknown + "; if it holds: "
                + assuming(subject, unknown, true) + ", if not: "
                + assuming(subject, unknown, false);
    }

    private String assuming(Subject subject, String unknown, boolean holds) {
        try {
            Search assumed = new Search(Assumed.in(search.rules(), unknown, holds), house);
            List<Search.Task> tasks = tasks(subject, macs(subject), addresses(subject));
            return switch (assumed.look(tasks)) {
                case Search.Finding.None _ -> "silent";
                case Search.Finding.Leak leak ->
                    "leaking (" + Shown.of(leak, house).sentence() + ")";
                case Search.Finding.Doubt _ -> "still unproven";
            };
        } catch (TooLarge e) {
            return "unproven because of size";
        }
    }

    private List<Residual> residualWays(Subject subject, ValueSet macs) throws TooLarge {
        List<Residual> found = new ArrayList<>();
        for (Family family : families) {
            ValueSet own = addresses(subject).getOrDefault(family, AddressSets.all(family));
            Question question = new Question(subject.interfaceName(), macs, family, own, house, rigour.services(), at);
            found.addAll(residual.ways(question, new Packets(subject, family, router(subject, family))));
        }
        return found;
    }

    private Optional<Residual> answersToInbound(Subject subject, ValueSet macs) throws TooLarge {
        for (Family family : families) {
            ValueSet own = addresses(subject)
                    .getOrDefault(family, AddressSets.all(family))
                    .minus(Addressing.linkLocal(family));
            Optional<Source> opening = inbound.answered(subject, family, macs, own);
            if (opening.isPresent()) {
                return Optional.of(ResidualSearch.described(Kind.ANSWERS_TO_INBOUND, opening.get()));
            }
        }
        return Optional.empty();
    }

    /** Asks again with more freedom for the device. */
    private Strength strength(Subject subject, ValueSet macs) {
        Map<Family, ValueSet> any = new EnumMap<>(Family.class);
        families.forEach(family -> any.put(family, Addressing.unicast(family)));
        try {
            if (!(ask(subject, macs, any) instanceof Search.Finding.None)) {
                return Strength.ADDRESS;
            }
            return ask(subject, Field.ETHER_SOURCE.all(), any) instanceof Search.Finding.None
                    ? Strength.NETWORK
                    : Strength.MAC;
        } catch (TooLarge e) {
            return Strength.ADDRESS;
        }
    }

    private static ValueSet macs(Subject subject) {
        return ValueSet.ofAll(
                Field.ETHER_SOURCE.bits(),
                subject.macs().stream()
                        .map(Mac::bits)
                        .map(bits -> Range.of(bits, bits))
                        .toList());
    }

    /** IPv4: those that it holds or is given. IPv6: it makes its own, so every one of its network. */
    private Map<Family, ValueSet> addresses(Subject subject) {
        Map<Family, ValueSet> addresses = new EnumMap<>(Family.class);
        List<Prefix> prefixes = house.prefixes(subject.interfaceName());
        ValueSet held = AddressSets.of(
                Family.IPV4,
                subject.addresses().stream()
                        .filter(address -> Family.of(address) == Family.IPV4)
                        .map(address -> new Prefix(address, 32))
                        .toList());
        addresses.put(Family.IPV4, held.isEmpty() ? AddressSets.of(Family.IPV4, prefixes) : held);
        ValueSet own6 = AddressSets.of(Family.IPV6, prefixes);
        addresses.put(
                Family.IPV6,
                own6.isEmpty() ? Addressing.unicast(Family.IPV6) : own6.union(Addressing.linkLocal(Family.IPV6)));
        return addresses;
    }

    /** Where a router usually has its own address in a network: the first. */
    private Optional<InetAddress> router(Subject subject, Family family) {
        return house.prefixes(subject.interfaceName()).stream()
                .filter(prefix -> prefix.family() == family)
                .findFirst()
                .map(prefix ->
                        AddressSets.address(AddressSets.range(prefix).first().next(), family));
    }

    private static Answer answer(Subject subject, Standing standing, List<String> because, Optional<Instant> until) {
        return new Answer(
                subject.name(),
                standing,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                because,
                List.of(),
                List.of(),
                until);
    }
}
