package org.funkstille.proof.read.iptables;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.funkstille.core.net.Family;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.sets.Range;
import org.funkstille.proof.sets.ValueSet;

/** Reads the keys of a set's entries, for the directions that a rule asks for. */
final class SetKey {

    /** Entries that ask the same fields, under the same condition, for the same time. */
    record Group(Condition condition, List<Field> fields, Optional<Long> seconds) {}

    record Key(Group group, List<ValueSet> row) {}

    /** Of protocols with ports, {@code get_port} in the kernel's ip_set_getport.c knows these. */
    private static final ValueSet WITH_PORTS = ValueSet.ofAll(
            Field.PROTOCOL.bits(),
            List.of(
                    Range.of(Protocols.TCP, Protocols.TCP),
                    Range.of(Protocols.UDP, Protocols.UDP),
                    Range.of(Protocols.SCTP, Protocols.SCTP),
                    Range.of(Protocols.UDPLITE, Protocols.UDPLITE)));

    /** {@code bitmap:port} looks at these alone. */
    private static final Condition TCP_OR_UDP = Protocols.headerOf(ValueSet.ofAll(
            Field.PROTOCOL.bits(),
            List.of(Range.of(Protocols.TCP, Protocols.TCP), Range.of(Protocols.UDP, Protocols.UDP))));

    private final IpSet set;
    private final List<Boolean> source = new ArrayList<>();
    private final Family family;

    SetKey(IpSet set, List<String> directions, Family family) throws NotUnderstood {
        this.set = set;
        this.family = family;
        for (String direction : directions) {
            if (!direction.equals("src") && !direction.equals("dst")) {
                throw new NotUnderstood("the direction " + direction);
            }
            source.add(direction.equals("src"));
        }
    }

    /** The lengths of the entry's prefixes. */
    List<Integer> lengths(IpSet.Entry entry) throws NotUnderstood {
        List<Integer> lengths = new ArrayList<>();
        for (int at = 0; at < Math.min(entry.key().size(), set.parts().size()); at++) {
            if (set.parts().get(at).equals("net")) {
                String net = entry.key().get(at);
                int slash = net.indexOf('/');
                lengths.add(slash < 0 ? AddressText.width(family) : (int) Numbers.number(net.substring(slash + 1)));
            }
        }
        return lengths;
    }

    Key of(IpSet.Entry entry) throws NotUnderstood {
        if (entry.key().size() != set.parts().size()) {
            // bitmap:ip,mac: the first packet from the address fills in the rest.
            throw new NotUnderstood("the entry " + String.join(",", entry.key()));
        }
        Row row = new Row();
        for (int at = 0; at < entry.key().size(); at++) {
            String text = entry.key().get(at);
            boolean from = source.get(at);
            switch (set.parts().get(at)) {
                case "ip" -> row.add(from ? Field.SOURCE : Field.DESTINATION, address(text));
                case "net" -> row.add(from ? Field.SOURCE : Field.DESTINATION, AddressText.range(family, text));
                case "mac" -> {
                    Field field = from ? Field.ETHER_SOURCE : Field.ETHER_DESTINATION;
                    row.add(field, field.only(PacketMatches.mac(text)));
                }
                case "mark" -> row.add(Field.MARK, Field.MARK.only(Numbers.number(text)));
                case "iface" -> row.require(networkInterface(text, from, entry.prefixMatch()));
                case "port" -> port(row, text, from);
                default -> throw new NotUnderstood("the type " + set.type());
            }
        }
        return new Key(new Group(row.required, List.copyOf(row.fields), entry.seconds()), List.copyOf(row.sets));
    }

    private static final class Row {
        private final List<Field> fields = new ArrayList<>();
        private final List<ValueSet> sets = new ArrayList<>();
        private Condition required = Condition.ALWAYS;

        /** A second part on the same field narrows the first. */
        void add(Field field, ValueSet allowed) {
            int known = fields.indexOf(field);
            if (known >= 0) {
                sets.set(known, sets.get(known).intersect(allowed));
            } else {
                fields.add(field);
                sets.add(allowed);
            }
        }

        void require(Condition condition) {
            required = Condition.all(required, condition);
        }
    }

    /** A set with a netmask holds networks, each by its first address. */
    private ValueSet address(String text) throws NotUnderstood {
        boolean masked = set.netmask().isPresent() && text.indexOf('/') < 0 && text.indexOf('-') < 0;
        return AddressText.range(family, masked ? text + "/" + set.netmask().get() : text);
    }

    private static Condition networkInterface(String text, boolean from, boolean prefix) throws NotUnderstood {
        if (text.startsWith("physdev:")) {
            throw new NotUnderstood("the port of a bridge: " + text);
        }
        return new Condition.InterfaceIs(from ? Field.IN_INTERFACE : Field.OUT_INTERFACE, text, prefix);
    }

    private void port(Row row, String text, boolean from) throws NotUnderstood {
        Field field = from ? Field.SOURCE_PORT : Field.DESTINATION_PORT;
        int colon = text.indexOf(':');
        if (colon < 0) {
            row.require(set.type().equals("bitmap:port") ? TCP_OR_UDP : Protocols.headerOf(Protocols.TCP));
            row.add(field, Numbers.range(field, text, '-'));
            return;
        }
        long protocol = Protocols.number(text.substring(0, colon));
        String number = text.substring(colon + 1);
        if (WITH_PORTS.contains(protocol)) {
            row.require(Condition.in(Field.LATER_FRAGMENT, 0));
            row.add(Field.PROTOCOL, Field.PROTOCOL.only(protocol));
            row.add(field, Numbers.range(field, number, '-'));
        } else if (protocol == IcmpMatches.protocol(family)) {
            row.require(Protocols.headerOf(protocol));
            row.require(IcmpMatches.type(family, number));
        } else if (number.equals("0")) {
            row.add(Field.PROTOCOL, Field.PROTOCOL.only(protocol));
        } else {
            throw new NotUnderstood("the port " + text);
        }
    }
}
