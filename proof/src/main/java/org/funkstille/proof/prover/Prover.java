package org.funkstille.proof.prover;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.funkstille.core.model.Policy;
import org.funkstille.core.net.Family;
import org.funkstille.proof.boxes.TooLarge;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Packet;
import org.funkstille.proof.filter.RuleSet;
import org.funkstille.proof.house.AddressSets;
import org.funkstille.proof.house.House;
import org.funkstille.proof.prover.Answer.Standing;
import org.funkstille.proof.prover.Answer.Strength;
import org.funkstille.proof.prover.Residual.Kind;
import org.funkstille.proof.question.Addressing;
import org.funkstille.proof.question.Question;
import org.funkstille.proof.read.RuleSetReading;
import org.funkstille.proof.sets.Value;
import org.funkstille.proof.sets.ValueSet;
import org.funkstille.proof.simulate.Simulator;
import org.funkstille.proof.simulate.Verdict;

/**
 * Proves devices silent on one rule set, or shows how they get out.
 *
 * <p>The engine of boxes finds what may get out; the simulator takes the packet that is shown through the rules once
 * more, on its own. Where the two disagree the answer is unproven.
 */
public final class Prover {

    private static final String OPEN = "still unproven";

    private final RuleSet rules;
    private final House house;
    private final Instant at;
    private final Rigour rigour;
    private final List<Family> families;
    private final Framing framing;
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
        this.framing = new Framing(house, families, rigour, at);
        Set<Kind> opened = ResidualWays.in(rules);
        RuleSet counted = rigour.strict() || opened.isEmpty() ? rules : ResidualWays.closed(rules, opened);
        this.search = new Search(counted, house);
        this.residual = new ResidualSearch(rules, house, opened);
        this.inbound = new Inbound(search.engine(), rules.platform(), house, at);
    }

    /** The rule set with what counts: without residual ways, unless these count as leaks. */
    RuleSet rules() {
        return search.rules();
    }

    Framing framing() {
        return framing;
    }

    /** The number of rules that are looked at. */
    public int size() {
        return rules.size();
    }

    /**
     * Answers for many devices, in their order. Devices that are silent together are silent each, so one question answers
     * for all of a network; only where something gets out they are looked at in smaller groups.
     */
    public List<Answer> prove(List<Subject> subjects) {
        Map<String, List<Subject>> byInterface = new LinkedHashMap<>();
        Map<Subject, Answer> answers = new HashMap<>();
        for (Subject subject : subjects) {
            if (subject.policy() instanceof Policy.Silent) {
                byInterface
                        .computeIfAbsent(subject.interfaceName(), _ -> new ArrayList<>())
                        .add(subject);
            } else {
                answers.put(subject, prove(subject));
            }
        }
        byInterface.values().forEach(group -> together(group, answers, true));
        return subjects.stream().map(answers::get).map(Objects::requireNonNull).toList();
    }

    /** @param allButOne where one of them leaks, the others are tried together once more before they are halved */
    private void together(List<Subject> group, Map<Subject, Answer> answers, boolean allButOne) {
        if (group.size() <= 1) {
            group.forEach(subject -> answers.put(subject, prove(subject)));
            return;
        }
        List<Subject> left = group;
        try {
            Subject all = Subject.together(group);
            ValueSet macs = Framing.macs(all);
            Search.Finding finding = ask(all, macs, framing.addresses(all));
            if (finding instanceof Search.Finding.None(Optional<Instant> until)
                    && answersToInbound(all, macs).isEmpty()) {
                boolean noWays = residualWays(all, macs).isEmpty();
                Function<Subject, Strength> strengths = strengths(all, macs);
                List<String> assumptions = assumptions(all, macs);
                for (Subject subject : group) {
                    answers.put(
                            subject,
                            silent(
                                    subject,
                                    strengths.apply(subject),
                                    noWays ? List.of() : residualWays(subject, Framing.macs(subject)),
                                    assumptions,
                                    until));
                }
                return;
            }
            left = withoutSender(finding, group, answers);
        } catch (TooLarge e) {
            // In smaller groups there is less to tell apart.
        }
        if (allButOne && left.size() < group.size()) {
            together(left, answers, false);
        } else {
            together(left.subList(0, left.size() / 2), answers, false);
            together(left.subList(left.size() / 2, left.size()), answers, false);
        }
    }

    /** Whoever sends what gets out is looked at alone. */
    private List<Subject> withoutSender(Search.Finding finding, List<Subject> group, Map<Subject, Answer> answers) {
        if (!(finding instanceof Search.Finding.Leak leak)) {
            return group;
        }
        Value sender = leak.course().sent().get(Field.ETHER_SOURCE);
        List<Subject> others = new ArrayList<>();
        for (Subject subject : group) {
            if (Framing.macs(subject).contains(sender)) {
                answers.put(subject, prove(subject));
            } else {
                others.add(subject);
            }
        }
        return others;
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
        ValueSet macs = Framing.macs(subject);
        Search.Finding finding = ask(subject, macs, framing.addresses(subject));
        return switch (finding) {
            case Search.Finding.Leak leak -> leaking(subject, leak);
            case Search.Finding.Doubt doubt -> unproven(subject, doubt);
            case Search.Finding.None(Optional<Instant> until) -> silent(subject, macs, until);
        };
    }

    private Search.Finding ask(Subject subject, ValueSet macs, Map<Family, ValueSet> sources) throws TooLarge {
        return search.look(framing.tasks(subject, macs, sources));
    }

    /**
     * Which rules would have to change, and how, for a leaking device to be as wanted.
     *
     * @return sentences; none where it does not leak
     */
    public List<String> repairs(Subject subject) {
        try {
            return new Repair(search.rules(), house).of(framing.tasks(subject));
        } catch (TooLarge e) {
            return List.of();
        }
    }

    private Answer silent(Subject subject, ValueSet macs, Optional<Instant> until) throws TooLarge {
        List<Residual> ways = new ArrayList<>(residualWays(subject, macs));
        Optional<Inbound.Answered> answers = answersToInbound(subject, macs);
        Optional<Residual> way =
                answers.map(answered -> ResidualSearch.described(Kind.ANSWERS_TO_INBOUND, answered.opening()));
        boolean sure = answers.filter(answered -> answered.unknowns().isEmpty()).isPresent();
        if (sure) {
            way.ifPresent(ways::add);
        }
        if (answers.isPresent() && rigour.strict() && subject.policy() instanceof Policy.Silent) {
            return answering(subject, answers.get(), sure, ways, until);
        }
        return silent(subject, strength(subject, macs), ways, assumptions(subject, macs), until);
    }

    /** Where residual ways count: the device's answers get out as part of flows that begin outside. */
    private Answer answering(
            Subject subject, Inbound.Answered answered, boolean sure, List<Residual> ways, Optional<Instant> until) {
        String sentence = "a flow may begin outside, and its answers leave: " + answered.opening();
        Family family = answered.answer().get(Field.FAMILY).contains(Field.IPV6) ? Family.IPV6 : Family.IPV4;
        Answer.Witness witness = new Answer.Witness(
                framing.packets(subject, family).of(answered.answer()),
                subject.interfaceName(),
                Optional.of(answered.outside()));
        return new Answer(
                subject.name(),
                sure ? Standing.LEAKING : Standing.UNPROVEN,
                Optional.empty(),
                sure ? Optional.of(witness) : Optional.empty(),
                Optional.of(answered.opening()),
                List.of(),
                sure
                        ? List.of(sentence)
                        : answered.unknowns().stream()
                                .map(unknown -> sentence + ", depending on what is not understood: " + unknown)
                                .toList(),
                ways,
                List.of(ResidualSearch.described(Kind.ANSWERS_TO_INBOUND, answered.opening())
                        .close()),
                until);
    }

    private static Answer silent(
            Subject subject,
            Strength strength,
            List<Residual> ways,
            List<String> assumptions,
            Optional<Instant> until) {
        return new Answer(
                subject.name(),
                Standing.AS_WANTED,
                Optional.of(strength),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                assumptions,
                ways,
                List.of(),
                until);
    }

    /** What was taken for granted, where it matters to the answer. */
    private List<String> assumptions(Subject subject, ValueSet macs) throws TooLarge {
        List<String> assumptions = new ArrayList<>(rules.assumptions());
        House anywhere = house.withRouterAnywhere();
        Framing wider = new Framing(anywhere, families, rigour, at);
        if (rigour.services()
                && !(search.look(wider.tasks(subject, macs, framing.addresses(subject)))
                        instanceof Search.Finding.None)) {
            assumptions.add("the router's own addresses are taken to be " + house.routerWords()
                    + "; where they are others, say so: router: ADDRESS in the network");
        }
        return assumptions;
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
                residualWays(subject, Framing.macs(subject)),
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
        String holds = assuming(subject, unknown, true);
        String fails = assuming(subject, unknown, false);
        return "not understood: " + unknown
                + (holds.equals(OPEN) && fails.equals(OPEN) ? "" : "; if it holds: " + holds + ", if not: " + fails);
    }

    private String assuming(Subject subject, String unknown, boolean holds) {
        try {
            Search assumed = new Search(Assumed.in(search.rules(), unknown, holds), house);
            return switch (assumed.look(framing.tasks(subject))) {
                case Search.Finding.None _ -> "silent";
                case Search.Finding.Leak leak ->
                    "leaking (" + Shown.of(leak, house).sentence() + ")";
                case Search.Finding.Doubt _ -> OPEN;
            };
        } catch (TooLarge e) {
            return "unproven because of size";
        }
    }

    private List<Residual> residualWays(Subject subject, ValueSet macs) throws TooLarge {
        List<Residual> found = new ArrayList<>();
        for (Family family : families) {
            ValueSet own = framing.addresses(subject).getOrDefault(family, AddressSets.all(family));
            Question question = new Question(subject.interfaceName(), macs, family, own, house, rigour.services(), at);
            found.addAll(residual.ways(question, framing.packets(subject, family)));
        }
        return found;
    }

    private Optional<Inbound.Answered> answersToInbound(Subject subject, ValueSet macs) throws TooLarge {
        Optional<Inbound.Answered> doubtful = Optional.empty();
        for (Family family : families) {
            ValueSet own = framing.addresses(subject)
                    .getOrDefault(family, AddressSets.all(family))
                    .minus(Addressing.linkLocal(family));
            Optional<Inbound.Answered> answered = inbound.answered(subject, family, macs, own);
            if (answered.filter(one -> one.unknowns().isEmpty()).isPresent()) {
                return answered;
            }
            doubtful = doubtful.or(() -> answered);
        }
        return doubtful;
    }

    /** Asks again with more freedom for the device. */
    private Strength strength(Subject subject, ValueSet macs) {
        try {
            return ask(subject, macs, anyAddress()) instanceof Search.Finding.None
                    ? strengthByMac(subject)
                    : Strength.ADDRESS;
        } catch (TooLarge e) {
            return Strength.ADDRESS;
        }
    }

    /** Of a device that no other IP address helps. */
    private Strength strengthByMac(Subject subject) throws TooLarge {
        return ask(subject, Field.ETHER_SOURCE.all(), anyAddress()) instanceof Search.Finding.None
                ? Strength.NETWORK
                : Strength.MAC;
    }

    /** For devices that are silent together: what helps none of them helps no one, what helps one may help each. */
    private Function<Subject, Strength> strengths(Subject all, ValueSet macs) throws TooLarge {
        return switch (ask(all, macs, anyAddress())) {
            case Search.Finding.None _ -> {
                Strength same = strengthByMac(all);
                yield _ -> same;
            }
            case Search.Finding.Leak leak ->
                subject -> helps(leak, subject) ? Strength.ADDRESS : strength(subject, Framing.macs(subject));
            case Search.Finding.Doubt _ -> subject -> strength(subject, Framing.macs(subject));
        };
    }

    /** The packet that one of them could send would get out from this one as well. */
    private boolean helps(Search.Finding.Leak leak, Subject subject) {
        Packet packet = leak.course()
                .sent()
                .with(Field.ETHER_SOURCE, subject.macs().getFirst().bits());
        return new Simulator(search.rules(), leak.question()).verdict(packet).escape() == Verdict.Escape.SURELY;
    }

    private Map<Family, ValueSet> anyAddress() {
        Map<Family, ValueSet> any = new EnumMap<>(Family.class);
        families.forEach(family -> any.put(family, Addressing.unicast(family)));
        return any;
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
