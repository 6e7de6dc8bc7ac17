package org.funkstille.proof.read.iptables;

import java.util.List;
import org.funkstille.core.net.Family;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.house.AddressSets;
import org.funkstille.proof.sets.Range;
import org.funkstille.proof.sets.ValueSet;

/**
 * Matches on extension headers of IPv6, and on those of IPsec. The field tells only the first header; which others
 * follow it, and what they hold, is the sender's choice.
 */
final class HeaderChainMatches {

    private static final long HOP_BY_HOP = 0;
    private static final long ROUTING = 43;
    private static final long FRAGMENT = 44;
    private static final long DESTINATION = 60;

    private HeaderChainMatches() {}

    static Condition hopByHop(Extension match, Context context) {
        return contains(HOP_BY_HOP, match);
    }

    static Condition routing(Extension match, Context context) {
        return contains(ROUTING, match);
    }

    static Condition destination(Extension match, Context context) {
        return contains(DESTINATION, match);
    }

    static Condition fragment(Extension match, Context context) {
        Condition later = Condition.all(ipv6(), Condition.in(Field.LATER_FRAGMENT, 1));
        return match.options().isEmpty()
                ? Condition.any(later, contains(FRAGMENT, match))
                : Condition.any(
                        Condition.all(later, new Condition.Choice(match.toString())), contains(FRAGMENT, match));
    }

    /** Any header chain can be sent, but none at all where the packet has no extension. */
    static Condition anyHeader(Extension match, Context context) {
        return new Condition.Choice(match.toString());
    }

    static Condition ah(Extension match, Context context) {
        return context.family() == Family.IPV6
                ? contains(Protocols.AH, match)
                : Condition.all(Protocols.headerOf(Protocols.AH), chosen(match));
    }

    static Condition esp(Extension match, Context context) {
        return Condition.all(Protocols.headerOf(Protocols.ESP), chosen(match));
    }

    private static Condition chosen(Extension match) {
        return match.options().isEmpty() ? Condition.ALWAYS : new Condition.Choice(match.toString());
    }

    private static Condition contains(long header, Extension match) {
        Condition first = Condition.in(Field.EXTENSION, header);
        ValueSet without = ValueSet.ofAll(
                Field.EXTENSION.bits(),
                List.of(Range.of(header, header), Range.of(Field.NO_EXTENSION, Field.NO_EXTENSION)));
        Condition further = Condition.all(
                Condition.in(Field.EXTENSION, without.complement()), new Condition.Choice(match.toString()));
        return Condition.all(ipv6(), Condition.any(Condition.all(first, chosen(match)), further));
    }

    private static Condition ipv6() {
        return Condition.in(Field.FAMILY, AddressSets.number(Family.IPV6));
    }
}
