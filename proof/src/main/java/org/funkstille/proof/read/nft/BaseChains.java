package org.funkstille.proof.read.nft;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.funkstille.proof.filter.Action;
import org.funkstille.proof.filter.BaseChain;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Hook;
import org.funkstille.proof.filter.Source;
import org.funkstille.proof.house.House;
import org.funkstille.proof.sets.Range;
import org.funkstille.proof.sets.ValueSet;

/** Where the base chains of a table stand, and which packets come to them. */
final class BaseChains {

    private static final Pattern PRIORITY = Pattern.compile("([a-z]+)(?: *([+-]) *([0-9]{1,6}))?");

    /** nft(8), "Standard priority names". */
    private static final Map<String, Integer> PRIORITIES =
            Map.of("raw", -300, "mangle", -150, "dstnat", -100, "filter", 0, "security", 50, "srcnat", 100, "out", 100);

    private static final Map<String, Integer> BRIDGE_PRIORITIES =
            Map.of("dstnat", -300, "filter", -200, "out", 100, "srcnat", 300);

    private final String family;
    private final Json table;
    private final House house;
    private final Consumer<String> assumptions;

    BaseChains(String family, Json table, House house, Consumer<String> assumptions) {
        this.family = family;
        this.table = table;
        this.house = house;
        this.assumptions = assumptions;
    }

    /** Nothing where the chain is none. */
    Optional<BaseChain> of(String name, Json chain) {
        String hook = chain.text("hook");
        if (hook.isEmpty()) {
            return Optional.empty();
        }
        Hook place = hook(hook, chain);
        String type = chain.text("type");
        boolean translation = type.equals("nat");
        Action policy = chain.text("policy").equals("drop") ? Action.DROP : Action.ACCEPT;
        int priority = priority(chain);
        List<String> devices = devices(chain);
        String text = NftWords.joined(
                        "type",
                        type,
                        "hook",
                        hook,
                        devices.isEmpty() ? "" : "device " + String.join(", ", devices),
                        "priority",
                        priority + ";")
                + " policy " + (policy.equals(Action.DROP) ? "drop;" : "accept;");
        List<Condition> guard = new ArrayList<>();
        guard.add(inForce(name));
        guard.add(ofFamily());
        if (place == Hook.INGRESS && !family.equals("bridge")) {
            guard.add(device(name, Field.IN_INTERFACE, devices));
        } else if (place == Hook.EGRESS && !family.equals("bridge")) {
            guard.add(device(name, Field.OUT_INTERFACE, devices));
        }
        if (translation) {
            guard.add(untranslated(place));
        }
        guard.removeIf(Condition.ALWAYS::equals);
        return Optional.of(new BaseChain(
                name,
                place,
                priority,
                translation,
                BaseChain.Matching.FIRST,
                Condition.all(guard),
                policy,
                new Source(name, text, chain.text("comment"))));
    }

    /** Bridges see a packet before the router's own layers on its way in, and after them on its way out. */
    private Hook hook(String hook, Json chain) {
        boolean bridge = family.equals("bridge");
        return switch (hook) {
            case "ingress" -> Hook.INGRESS;
            case "prerouting" -> bridge ? Hook.INGRESS : Hook.PREROUTING;
            case "input" -> bridge ? Hook.INGRESS : Hook.INPUT;
            case "forward" -> Hook.FORWARD;
            case "output" -> bridge ? Hook.EGRESS : Hook.OUTPUT;
            case "postrouting" -> bridge ? Hook.EGRESS : Hook.POSTROUTING;
            case "egress" -> Hook.EGRESS;
            default -> throw new Malformed(chain.at(), "no such hook: " + hook);
        };
    }

    private int priority(Json chain) {
        OptionalLong number = chain.number("prio");
        if (number.isPresent() && Math.abs(number.getAsLong()) <= Integer.MAX_VALUE) {
            return (int) number.getAsLong();
        }
        String words = chain.text("prio");
        Matcher matcher = PRIORITY.matcher(words);
        Map<String, Integer> names = family.equals("bridge") ? BRIDGE_PRIORITIES : PRIORITIES;
        if (matcher.matches() && names.containsKey(matcher.group(1))) {
            int offset = matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3));
            return names.getOrDefault(matcher.group(1), 0) + ("-".equals(matcher.group(2)) ? -offset : offset);
        }
        if (words.matches("-?[0-9]{1,9}")) {
            return Integer.parseInt(words);
        }
        throw new Malformed(chain.at(), "a base chain without a priority that is known");
    }

    private static List<String> devices(Json chain) {
        return chain.get("dev").or(() -> chain.get("devices")).stream()
                .flatMap(devices -> devices.items().stream())
                .flatMap(device -> device.string().stream())
                .toList();
    }

    /** A dormant table is not in force. nft 1.0 prints the table's name in place of its flags. */
    private Condition inForce(String name) {
        List<String> flags = table.get("flags").stream()
                .flatMap(list -> list.items().stream())
                .flatMap(flag -> flag.string().stream())
                .toList();
        if (flags.contains("dormant")) {
            assumptions.accept("the chain " + name + " is not in force: its table is dormant");
            return Condition.NEVER;
        }
        return List.of("owner", "persist").containsAll(flags)
                ? Condition.ALWAYS
                : new Condition.Unknown("whether the table " + family + " " + table.text("name") + " is dormant");
    }

    private Condition ofFamily() {
        return switch (family) {
            case "ip" -> Selectors.IS_IPV4;
            case "ip6" -> Selectors.IS_IPV6;
            case "bridge" -> new Condition.Unknown("a bridge table sees only bridged packets");
            default -> Condition.ALWAYS;
        };
    }

    /** Any other device may be a port of one that the house knows. nft 1.0 prints no devices. */
    private Condition device(String name, Field field, List<String> devices) {
        if (devices.isEmpty()) {
            return new Condition.Unknown("on which devices the chain " + name + " is");
        }
        List<Condition> parts = new ArrayList<>();
        for (String device : devices) {
            parts.add(
                    house.interfaces().contains(device)
                            ? new Condition.InterfaceIs(field, device, false)
                            : device.equals("lo")
                                    ? Condition.NEVER
                                    : new Condition.Unknown("whether packets pass the device " + device));
        }
        return Condition.any(parts);
    }

    /** The kernel leaves an end alone that a chain before has translated (nf_nat_inet_fn). */
    private static Condition untranslated(Hook place) {
        ValueSet still = place == Hook.PREROUTING || place == Hook.OUTPUT
                ? ValueSet.of(Field.FLOW_STATUS.bits(), Range.of(0, 1))
                : ValueSet.ofAll(Field.FLOW_STATUS.bits(), List.of(Range.of(0, 0), Range.of(2, 2)));
        return Condition.in(Field.FLOW_STATUS, still);
    }
}
