package org.funkstille.proof.read.iptables;

import java.util.ArrayList;
import java.util.List;
import org.funkstille.core.net.Family;
import org.funkstille.core.net.Prefix;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.house.AddressSets;
import org.funkstille.proof.question.Addressing;
import org.funkstille.proof.sets.Range;
import org.funkstille.proof.sets.ValueSet;

/** {@code iprange}, {@code addrtype}, {@code pkttype}. */
final class AddressMatches {

    private static final long ETHER_BROADCAST = 0xffff_ffff_ffffL;

    /** The lowest bit of the first octet: a group of stations. */
    private static final ValueSet ETHER_GROUPS = groups();

    /** {@code inet_addr_type} calls sources of 0.0.0.0/8 broadcast. */
    private static final ValueSet ZERO_NETWORK = AddressSets.of(Prefix.parse("0.0.0.0/8"));

    private AddressMatches() {}

    static Condition range(Extension match, Context context) throws NotUnderstood {
        return Match.all(match, option -> {
            ValueSet set = AddressText.range(context.family(), option.value());
            return switch (option.name()) {
                case "--src-range" -> HeaderOptions.address(Field.SOURCE, context.family(), option, set);
                case "--dst-range" -> HeaderOptions.address(Field.DESTINATION, context.family(), option, set);
                default -> throw Match.strange(option);
            };
        });
    }

    static Condition type(Extension match, Context context) throws NotUnderstood {
        // With it the type is asked of one interface alone: not the type that routing goes by.
        if (match.has("--limit-iface-in") || match.has("--limit-iface-out")) {
            throw new NotUnderstood("the type of an address on one interface");
        }
        return Match.all(match, option -> switch (option.name()) {
            case "--dst-type" ->
                option.turned(
                        context.family() == Family.IPV6 ? destination6(option.value()) : destination(option.value()));
            case "--src-type" -> option.turned(source(option.value(), context));
            default -> throw Match.strange(option);
        });
    }

    private static Condition destination(String names) throws NotUnderstood {
        ValueSet types = Field.DESTINATION_TYPE.none();
        Condition rare = Condition.NEVER;
        for (String name : names.split(",", -1)) {
            switch (name) {
                case "UNICAST" -> types = types.union(Field.DESTINATION_TYPE.only(Field.TYPE_UNICAST));
                case "LOCAL" -> types = types.union(Field.DESTINATION_TYPE.only(Field.TYPE_LOCAL));
                case "BROADCAST" -> types = types.union(Field.DESTINATION_TYPE.only(Field.TYPE_BROADCAST));
                case "MULTICAST" -> types = types.union(Field.DESTINATION_TYPE.only(Field.TYPE_MULTICAST));
                default ->
                    rare = Condition.all(
                            Condition.in(Field.DESTINATION_TYPE, Field.TYPE_OTHER),
                            new Condition.Unknown("--dst-type " + names));
            }
        }
        return Condition.any(Condition.in(Field.DESTINATION_TYPE, types), rare);
    }

    /**
     * IPv6 asks for kinds of addresses and for what routing says of them apart, and all must hold (xt_addrtype.c,
     * match_type6): an address of the router itself is of the kind UNICAST too.
     */
    private static Condition destination6(String names) throws NotUnderstood {
        ValueSet unspecified = ValueSet.of(AddressSets.BITS, 0);
        ValueSet multicast = Addressing.multicast(Family.IPV6);
        List<Condition> kinds = new ArrayList<>();
        List<Condition> routed = new ArrayList<>();
        for (String name : names.split(",", -1)) {
            switch (name) {
                case "MULTICAST" -> kinds.add(AddressSets.in(Field.DESTINATION, Family.IPV6, multicast));
                case "UNSPEC" -> kinds.add(AddressSets.in(Field.DESTINATION, Family.IPV6, unspecified));
                case "UNICAST" ->
                    kinds.add(AddressSets.in(
                            Field.DESTINATION,
                            Family.IPV6,
                            multicast.union(unspecified).complement()));
                case "LOCAL" -> routed.add(Condition.in(Field.DESTINATION_TYPE, Field.TYPE_LOCAL));
                case "UNREACHABLE" ->
                    routed.add(Condition.all(
                            Condition.in(Field.DESTINATION_TYPE, Field.TYPE_OTHER),
                            new Condition.Unknown("--dst-type " + names)));
                default -> throw new NotUnderstood("the type " + name);
            }
        }
        if (!routed.isEmpty()) {
            kinds.add(Condition.any(routed));
        }
        return Condition.all(kinds);
    }

    private static Condition source(String names, Context context) throws NotUnderstood {
        Family family = context.family();
        ValueSet multicast = Addressing.multicast(family);
        ValueSet broadcast = broadcasts(context);
        ValueSet sources = ValueSet.none(AddressSets.BITS);
        for (String name : names.split(",", -1)) {
            sources = switch (name) {
                case "UNICAST" ->
                    sources.union(AddressSets.all(family).minus(multicast).minus(broadcast));
                case "MULTICAST" -> sources.union(multicast);
                case "BROADCAST" -> sources.union(broadcast);
                case "LOCAL" -> {
                    // IPv4 drops packets that come in with an address of its own (fib_validate_source).
                    context.assumptions()
                            .add("no device sends from an address of the router itself (--src-type LOCAL)");
                    yield sources;
                }
                default -> throw new NotUnderstood("the type " + name);
            };
        }
        return Condition.all(
                Condition.in(Field.FAMILY, AddressSets.number(family)), Condition.in(Field.SOURCE, sources));
    }

    private static ValueSet broadcasts(Context context) {
        if (context.family() == Family.IPV6) {
            return ValueSet.none(AddressSets.BITS);
        }
        List<Range> directed = context.surroundings().house().inside().stream()
                .flatMap(leg -> leg.prefixes().stream())
                .filter(prefix -> prefix.family() == Family.IPV4 && prefix.length() < 31)
                .map(prefix -> AddressSets.range(prefix).last())
                .map(last -> new Range(last, last))
                .toList();
        return Addressing.broadcast(Family.IPV4).union(ZERO_NETWORK).union(ValueSet.ofAll(AddressSets.BITS, directed));
    }

    /** How the frame was addressed on the wire. */
    static Condition frame(Extension match, Context context) throws NotUnderstood {
        return Match.all(match, option -> switch (option.name()) {
            case "--pkt-type" -> option.turned(frame(option.value()));
            default -> throw Match.strange(option);
        });
    }

    private static Condition frame(String name) throws NotUnderstood {
        ValueSet broadcast = Field.ETHER_DESTINATION.only(ETHER_BROADCAST);
        return switch (name) {
            case "unicast", "host" -> Condition.in(Field.ETHER_DESTINATION, ETHER_GROUPS.complement());
            case "broadcast" -> Condition.in(Field.ETHER_DESTINATION, broadcast);
            case "multicast" -> Condition.in(Field.ETHER_DESTINATION, ETHER_GROUPS.minus(broadcast));
            default -> throw new NotUnderstood("the packet type " + name);
        };
    }

    private static ValueSet groups() {
        List<Range> groups = new ArrayList<>();
        for (long octet = 1; octet < 256; octet += 2) {
            groups.add(Range.of(octet << 40, ((octet + 1) << 40) - 1));
        }
        return ValueSet.ofAll(Field.ETHER_DESTINATION.bits(), groups);
    }
}
