package org.funkstille.routers.pf;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.funkstille.core.model.Answer;
import org.funkstille.core.model.Policy;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.router.DeviceRules;

/**
 * Holds what was found against what should be there, object by object. A device all of whose objects are as they should
 * be has the rules that were wanted; of any other it is told what stands there, which is never what is wanted.
 */
public final class LayoutComparison {

    private final PfLayout wanted;
    private final Wording wording;
    private final Map<String, Set<String>> differences = new TreeMap<>();
    private final Set<String> marked = new LinkedHashSet<>();
    private final Map<String, Set<InetAddress>> addresses = new HashMap<>();
    private final List<String> order = new ArrayList<>();

    private LayoutComparison(PfLayout wanted, Wording wording) {
        this.wanted = wanted;
        this.wording = wording;
    }

    /**
     * @param rules all floating rules, everybody's, in their order
     * @param aliases all aliases, everybody's
     */
    public static LayoutComparison of(
            PfLayout wanted, Wording wording, List<FoundRule> rules, List<FoundAlias> aliases) {
        LayoutComparison comparison = new LayoutComparison(wanted, wording);
        comparison.rules(rules);
        comparison.order(rules);
        comparison.aliases(aliases);
        return comparison;
    }

    private void rules(List<FoundRule> found) {
        Map<String, List<FoundRule>> ours = new LinkedHashMap<>();
        for (FoundRule rule : found) {
            Mark.tryParse(rule.description()).ifPresent(mark -> {
                marked.add(mark.owner());
                ours.computeIfAbsent(rule.description(), text -> new ArrayList<>())
                        .add(rule);
            });
        }
        for (WantedRule rule : wanted.rules()) {
            List<FoundRule> there = ours.getOrDefault(rule.mark().toString(), List.of());
            ours.remove(rule.mark().toString());
            if (there.size() != 1) {
                differs(
                        rule.mark(),
                        (there.isEmpty() ? "missing: the rule \"" : "more than once: the rule \"") + rule.mark()
                                + "\"");
            } else {
                fields(rule, there.getFirst());
            }
        }
        ours.keySet()
                .forEach(description -> Mark.tryParse(description)
                        .ifPresent(mark -> differs(mark, "not wanted: the rule \"" + description + "\"")));
    }

    private void fields(WantedRule rule, FoundRule found) {
        Map<String, String> fields = wording.fields(rule);
        Set<String> names = new LinkedHashSet<>(new TreeMap<>(fields).keySet());
        names.addAll(found.fields().keySet());
        for (String name : names) {
            String should = fields.get(name);
            String is = found.fields().get(name);
            if (!Objects.equals(should, is)) {
                differs(
                        rule.mark(),
                        "the rule \"" + rule.mark() + "\" has " + name + " " + is + " instead of " + should);
            }
        }
    }

    private void order(List<FoundRule> found) {
        List<String> should =
                wanted.rules().stream().map(rule -> rule.mark().toString()).toList();
        Set<String> known = Set.copyOf(should);
        List<String> are = found.stream()
                .map(FoundRule::description)
                .filter(known::contains)
                .distinct()
                .toList();
        if (!are.equals(should.stream().filter(are::contains).toList())) {
            order.add("our rules do not stand in their order");
        }
        int last = -1;
        for (int index = 0; index < found.size(); index++) {
            if (known.contains(found.get(index).description())) {
                last = index;
            }
        }
        found.stream()
                .limit(Math.max(0, last))
                .filter(rule -> Mark.tryParse(rule.description()).isEmpty())
                .findFirst()
                .ifPresent(foreign ->
                        order.add("a rule that is not ours stands before ours: \"" + foreign.description() + "\""));
    }

    private void aliases(List<FoundAlias> found) {
        Map<String, FoundAlias> byName = new HashMap<>();
        found.forEach(alias -> byName.put(alias.name(), alias));
        for (WantedAlias alias : wanted.aliases()) {
            FoundAlias there = byName.remove(alias.name());
            if (there == null) {
                differs(alias.mark(), "missing: the alias " + alias.name());
            } else {
                alias(alias, there);
            }
        }
        for (FoundAlias surplus : byName.values()) {
            Mark.tryParse(surplus.description()).ifPresent(mark -> {
                held(mark, surplus);
                differs(mark, "not wanted: the alias " + surplus.name());
            });
        }
    }

    private void alias(WantedAlias alias, FoundAlias there) {
        held(alias.mark(), there);
        boolean same = there.description().equals(alias.mark().toString())
                && there.kind().equals(wording.kind(alias.kind()))
                && (alias.kind() == WantedAlias.Kind.FILLED_LATER
                        || there.entries().equals(alias.entries()));
        if (!same) {
            differs(
                    alias.mark(),
                    "the alias " + alias.name() + " holds " + there.entries() + " instead of " + alias.entries());
        }
    }

    private void held(Mark mark, FoundAlias alias) {
        marked.add(mark.owner());
        if (mark.purpose().isEmpty()) {
            Set<InetAddress> held = addresses.computeIfAbsent(mark.owner(), name -> new LinkedHashSet<>());
            alias.entries().forEach(entry -> Addresses.tryParse(entry).ifPresent(held::add));
        }
    }

    private void differs(Mark mark, String text) {
        differences.computeIfAbsent(mark.owner(), name -> new LinkedHashSet<>()).add(text);
    }

    /** What is wrong with what all devices share. */
    public List<String> damage() {
        List<String> damage = new ArrayList<>();
        differences.forEach((owner, texts) -> {
            if (new Mark(owner, "").isShared()) {
                damage.addAll(texts);
            }
        });
        damage.addAll(order);
        return damage;
    }

    /** What is wrong with one device's own objects. */
    public List<String> differences(String device) {
        return List.copyOf(differences.getOrDefault(device, Set.of()));
    }

    /**
     * The rules in force, one entry for each device that has any.
     *
     * @param asked what is wanted of the devices
     */
    public List<DeviceRules> inForce(List<DeviceRules> asked) {
        List<DeviceRules> inForce = new ArrayList<>();
        Map<String, DeviceRules> byName = asked.stream().collect(Collectors.toMap(DeviceRules::device, rules -> rules));
        for (DeviceRules rules : asked) {
            if (!differences.containsKey(rules.device())) {
                inForce.add(rules);
            }
        }
        for (String owner : marked) {
            boolean asFound = !byName.containsKey(owner) || differences.containsKey(owner);
            if (asFound && !new Mark(owner, "").isShared()) {
                inForce.add(asFound(owner));
            }
        }
        return inForce;
    }

    /** No device is without a MAC, so this is never what is wanted. */
    private DeviceRules asFound(String device) {
        return new DeviceRules(
                device,
                Set.of(),
                Optional.ofNullable(addresses.get(device)).orElse(Set.of()),
                new Policy.Silent(Answer.DROP),
                false,
                Set.of());
    }
}
