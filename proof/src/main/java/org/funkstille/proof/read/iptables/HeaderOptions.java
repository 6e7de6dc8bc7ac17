package org.funkstille.proof.read.iptables;

import java.util.List;
import java.util.Locale;
import org.funkstille.core.net.Family;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.house.AddressSets;

/** The options of a rule itself: {@code ip_packet_match} and {@code ip6_packet_match} in the kernel. */
final class HeaderOptions {

    private HeaderOptions() {}

    static Condition read(List<Option> options, Family family) {
        Condition all = Condition.ALWAYS;
        for (Option option : options) {
            Condition one;
            try {
                one = read(option, family);
            } catch (NotUnderstood _) {
                one = new Condition.Unknown(option.toString());
            }
            all = Condition.all(all, one);
        }
        return all;
    }

    private static Condition read(Option option, Family family) throws NotUnderstood {
        return switch (option.name()) {
            case "-s" -> address(Field.SOURCE, option, family);
            case "-d" -> address(Field.DESTINATION, option, family);
            case "-i" -> networkInterface(Field.IN_INTERFACE, option);
            case "-o" -> networkInterface(Field.OUT_INTERFACE, option);
            case "-p" -> protocol(option);
            case "-f" -> {
                if (family == Family.IPV6 || !option.values().isEmpty()) {
                    throw Match.strange(option);
                }
                yield option.turned(Condition.in(Field.LATER_FRAGMENT, 1));
            }
            default -> throw Match.strange(option);
        };
    }

    private static Condition address(Field field, Option option, Family family) throws NotUnderstood {
        return address(field, family, option, AddressText.networks(family, option.value()));
    }

    /** The field is in the set or, where the option is negated, not; the family is as asked in any case. */
    static Condition address(Field field, Family family, Option option, org.funkstille.proof.sets.ValueSet set) {
        return Condition.all(
                Condition.in(Field.FAMILY, AddressSets.number(family)),
                option.turned(set.containsAll(AddressSets.all(family)) ? Condition.ALWAYS : Condition.in(field, set)));
    }

    private static Condition networkInterface(Field field, Option option) throws NotUnderstood {
        String name = option.value();
        boolean prefix = name.endsWith("+");
        String known = prefix ? name.substring(0, name.length() - 1) : name;
        // A lone + asks for nothing, not even for an interface.
        return option.turned(
                prefix && known.isEmpty() ? Condition.ALWAYS : new Condition.InterfaceIs(field, known, prefix));
    }

    private static Condition protocol(Option option) throws NotUnderstood {
        String name = option.value().toLowerCase(Locale.ROOT);
        // 0 stands for every protocol here.
        boolean every = name.equals("all") || name.equals("0");
        return option.turned(every ? Condition.ALWAYS : Condition.in(Field.PROTOCOL, Protocols.number(name)));
    }
}
