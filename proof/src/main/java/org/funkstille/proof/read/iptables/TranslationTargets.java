package org.funkstille.proof.read.iptables;

import java.util.ArrayList;
import java.util.List;
import org.funkstille.core.net.Family;
import org.funkstille.core.net.Prefix;
import org.funkstille.proof.filter.Effect;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.house.AddressSets;
import org.funkstille.proof.question.Addressing;
import org.funkstille.proof.sets.Range;
import org.funkstille.proof.sets.ValueSet;

/** {@code DNAT}, {@code SNAT} and their kin. Each accepts the packet, which ends the chain of translation. */
final class TranslationTargets {

    private static final List<Prefix> LOOPBACK = List.of(Prefix.parse("127.0.0.0/8"), Prefix.parse("::1/128"));

    /** Flags that say how a number is picked from those given. */
    private static final List<String> HOW = List.of("--random", "--random-fully", "--persistent");

    /** The destination may have been translated before, or not. */
    private static final ValueSet SOURCE_STATUS = ValueSet.ofAll(
            Field.FLOW_STATUS.bits(),
            List.of(Range.of(FlowMatches.SOURCE_TRANSLATED, FlowMatches.SOURCE_TRANSLATED), Range.of(3, 3)));

    private TranslationTargets() {}

    static List<Outcome> destination(Extension target, Context context) throws NotUnderstood {
        List<Effect> effects = new ArrayList<>();
        Endpoints given = endpoints(target, "--to-destination", context);
        if (!given.addresses().isEmpty()) {
            effects.addAll(destinations(given.addresses(), context));
        }
        if (!given.ports().isEmpty()) {
            effects.add(new Effect.Assign(Field.DESTINATION_PORT, given.ports()));
        }
        effects.add(new Effect.Assign(Field.FLOW_STATUS, Field.FLOW_STATUS.only(FlowMatches.DESTINATION_TRANSLATED)));
        return Outcome.accepted(effects);
    }

    /** To the router itself: its first address on the interface that the packet came in by. */
    static List<Outcome> redirect(Extension target, Context context) throws NotUnderstood {
        ValueSet house = context.surroundings().house().addresses(context.family());
        List<Effect> effects = new ArrayList<>();
        effects.add(new Effect.Assign(
                Field.DESTINATION,
                context.family() == Family.IPV6 || house.isEmpty() ? Addressing.unicast(context.family()) : house));
        effects.add(new Effect.Assign(Field.DESTINATION_TYPE, Field.DESTINATION_TYPE.only(Field.TYPE_LOCAL)));
        ValueSet ports = ports(target, Field.DESTINATION_PORT);
        if (!ports.isEmpty()) {
            effects.add(new Effect.Assign(Field.DESTINATION_PORT, ports));
        }
        effects.add(new Effect.Assign(Field.FLOW_STATUS, Field.FLOW_STATUS.only(FlowMatches.DESTINATION_TRANSLATED)));
        return Outcome.accepted(effects);
    }

    static List<Outcome> source(Extension target, Context context) throws NotUnderstood {
        Endpoints given = endpoints(target, "--to-source", context);
        return sources(given.addresses(), given.ports());
    }

    /** To the router's address on the interface that the packet leaves by, which no rule set tells. */
    static List<Outcome> masquerade(Extension target, Context context) throws NotUnderstood {
        Family family = context.family();
        return sources(
                Addressing.unicast(family).minus(context.surroundings().house().addresses(family)),
                ports(target, Field.SOURCE_PORT));
    }

    /** A whole network for another, host by host: the destination where flows begin, the source where they leave. */
    static List<Outcome> netmap(Extension target, Context context) throws NotUnderstood {
        ValueSet to = AddressText.network(context.family(), one(target, "--to").value());
        return switch (context.chain()) {
            case "PREROUTING", "OUTPUT" -> {
                List<Effect> effects = new ArrayList<>(destinations(to, context));
                effects.add(new Effect.Assign(
                        Field.FLOW_STATUS, Field.FLOW_STATUS.only(FlowMatches.DESTINATION_TRANSLATED)));
                yield Outcome.accepted(effects);
            }
            case "POSTROUTING", "INPUT" -> sources(to, Field.SOURCE_PORT.none());
            default -> throw new NotUnderstood("which side NETMAP translates in " + context.chain());
        };
    }

    private static List<Outcome> sources(ValueSet addresses, ValueSet ports) {
        List<Effect> effects = new ArrayList<>();
        if (!addresses.isEmpty()) {
            effects.add(new Effect.Assign(Field.SOURCE, addresses));
        }
        if (!ports.isEmpty()) {
            effects.add(new Effect.Assign(Field.SOURCE_PORT, ports));
        }
        effects.add(new Effect.Assign(Field.FLOW_STATUS, SOURCE_STATUS));
        return Outcome.accepted(effects);
    }

    private static List<Effect> destinations(ValueSet addresses, Context context) {
        return List.of(
                new Effect.Assign(Field.DESTINATION, addresses),
                new Effect.Assign(Field.DESTINATION_TYPE, types(addresses, context)));
    }

    /** What routing may say of the new destination: some addresses in the house may be the router's own. */
    private static ValueSet types(ValueSet addresses, Context context) {
        Family family = context.family();
        ValueSet unicast = Field.DESTINATION_TYPE.only(Field.TYPE_UNICAST);
        ValueSet local = Field.DESTINATION_TYPE.only(Field.TYPE_LOCAL);
        ValueSet loopback = AddressSets.of(family, LOOPBACK);
        ValueSet types = Field.DESTINATION_TYPE.none();
        if (addresses.overlaps(loopback)
                || addresses.overlaps(context.surroundings().house().router(family))) {
            types = types.union(local);
        }
        if (addresses.overlaps(Addressing.multicast(family))) {
            types = types.union(Field.DESTINATION_TYPE.only(Field.TYPE_MULTICAST));
        }
        if (addresses.overlaps(Addressing.broadcast(family))) {
            types = types.union(Field.DESTINATION_TYPE.only(Field.TYPE_BROADCAST));
        }
        return addresses.overlaps(Addressing.unicast(family).minus(loopback)) ? types.union(unicast) : types;
    }

    /** @param ports empty where they stay as they are; so are the addresses */
    private record Endpoints(ValueSet addresses, ValueSet ports) {}

    private static Option one(Extension target, String name) throws NotUnderstood {
        for (Option option : target.options()) {
            if (!option.name().equals(name) && !HOW.contains(option.name())) {
                throw Match.strange(option);
            }
        }
        return target.option(name).orElseThrow(() -> new NotUnderstood("no " + name));
    }

    private static ValueSet ports(Extension target, Field field) throws NotUnderstood {
        boolean given = target.options().stream().anyMatch(option -> !HOW.contains(option.name()));
        return given ? Numbers.range(field, one(target, "--to-ports").value(), '-') : field.none();
    }

    /** {@code ADDRESS[-ADDRESS][:PORT[-PORT]]}; IPv6 addresses stand in brackets where ports follow. */
    private static Endpoints endpoints(Extension target, String name, Context context) throws NotUnderstood {
        String text = one(target, name).value();
        Family family = context.family();
        int colon = family == Family.IPV4
                ? text.indexOf(':')
                : text.startsWith("[")
                        ? text.indexOf("]:") + 1
                        : text.startsWith(":") && !text.startsWith("::") ? 0 : -1;
        boolean ports = colon > 0 || (colon == 0 && text.startsWith(":"));
        String addresses =
                (ports ? text.substring(0, colon) : text).replace("[", "").replace("]", "");
        String range = ports ? text.substring(colon + 1) : "";
        // 5000-5010/4000: ports keep their distance from a base; which of them, is not needed.
        int base = range.indexOf('/');
        return new Endpoints(
                addresses.isEmpty() ? ValueSet.none(AddressSets.BITS) : AddressText.range(family, addresses),
                range.isEmpty()
                        ? Field.DESTINATION_PORT.none()
                        : Numbers.range(Field.DESTINATION_PORT, base < 0 ? range : range.substring(0, base), '-'));
    }
}
