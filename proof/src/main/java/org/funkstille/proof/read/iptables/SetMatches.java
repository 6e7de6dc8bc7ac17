package org.funkstille.proof.read.iptables;

import java.util.ArrayList;
import java.util.List;
import org.funkstille.proof.filter.Condition;

/** {@code set}: {@code net/netfilter/xt_set.c} and {@code net/netfilter/ipset}. */
final class SetMatches {

    private SetMatches() {}

    static Condition set(Extension match, Context context) throws NotUnderstood {
        Condition all = Condition.ALWAYS;
        boolean nomatch = match.has("--return-nomatch");
        for (Option option : match.options()) {
            all = Condition.all(
                    all,
                    switch (option.name()) {
                        case "--match-set" -> {
                            if (option.values().size() != 2 || nomatch) {
                                throw Match.strange(option);
                            }
                            yield option.turned(
                                    of(option.values().get(0), option.values().get(1), context));
                        }
                        // Counters of entries: the sender counts them up.
                        case "--packets-eq", "--packets-lt", "--packets-gt", "--bytes-eq", "--bytes-lt", "--bytes-gt" ->
                            new Condition.Choice(option.toString());
                        case "--update-counters", "--update-subcounters" -> Condition.ALWAYS;
                        default -> throw Match.strange(option);
                    });
        }
        return all;
    }

    private static Condition of(String name, String directions, Context context) {
        String key = context.family() + " " + directions + " " + name;
        Condition known = context.sets().conditions().get(key);
        if (known != null) {
            return known;
        }
        Condition condition;
        try {
            condition = resolve(name, List.of(directions.split(",", -1)), context);
        } catch (NotUnderstood problem) {
            condition = new Condition.Unknown("--match-set " + name + " " + directions + ": " + problem.getMessage());
        }
        context.sets().conditions().put(key, condition);
        return condition;
    }

    private static Condition resolve(String name, List<String> directions, Context context) throws NotUnderstood {
        IpSet set = find(name, context);
        if (!set.parts().equals(List.of("set"))) {
            return SetContent.of(set, directions, context);
        }
        List<Condition> members = new ArrayList<>();
        for (IpSet.Entry entry : set.entries()) {
            IpSet member = find(entry.key().getFirst(), context);
            if (member.parts().equals(List.of("set")) || entry.seconds().isPresent()) {
                throw new NotUnderstood(
                        "the list holds " + entry.key().getFirst() + " in a way that is not understood");
            }
            members.add(SetContent.of(member, directions, context));
        }
        return Condition.any(members);
    }

    private static IpSet find(String name, Context context) throws NotUnderstood {
        if (context.sets().filledByRule(name)) {
            throw new NotUnderstood("rules fill the set " + name + " themselves");
        }
        IpSet set = context.sets().get(name).orElseThrow(() -> new NotUnderstood("what the set holds was not given"));
        if (!set.option().isEmpty()) {
            throw new NotUnderstood("the set was created with " + set.option());
        }
        return set;
    }
}
