package org.funkstille.proof.read.iptables;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.funkstille.core.net.Mac;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.sets.Range;
import org.funkstille.proof.sets.ValueSet;

/** Matches on one field of the packet: marks, length, TTL, DSCP, hardware address. */
final class PacketMatches {

    /** The low bits of the type of service: explicit congestion notification, of which no field tells. */
    private static final long CONGESTION = 3;

    private static final int FEW_HOLES = 8;

    private PacketMatches() {}

    static Condition mark(Extension match, Context context) throws NotUnderstood {
        return marked(Field.MARK, match, context);
    }

    /** A packet without a flow has no flow's mark, and matches neither way. */
    static Condition connmark(Extension match, Context context) throws NotUnderstood {
        return Condition.all(FlowMatches.HAS_FLOW, marked(Field.FLOW_MARK, match, context));
    }

    private static Condition marked(Field field, Extension match, Context context) throws NotUnderstood {
        return Match.all(match, option -> switch (option.name()) {
            case "--mark" -> option.turned(Condition.in(field, masked(field, option.value(), context)));
            default -> throw Match.strange(option);
        });
    }

    /** {@code VALUE} or {@code VALUE/MASK}; a value with bits outside of its mask is never met. */
    private static ValueSet masked(Field field, String text, Context context) throws NotUnderstood {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return field.only(Numbers.number(field, text));
        }
        long value = Numbers.number(field, text.substring(0, slash));
        long mask = Numbers.number(field, text.substring(slash + 1));
        if ((value & ~mask) != 0) {
            return field.none();
        }
        // Few holes in the mask: all numbers, whichever occur.
        int holes = field.bits() - Long.bitCount(mask) - Long.numberOfTrailingZeros(mask | 1L << field.bits());
        if (holes <= FEW_HOLES) {
            return Masked.of(field.bits(), field.bits(), BigInteger.valueOf(value), BigInteger.valueOf(mask));
        }
        return context.marks()
                .masked(field, value, mask)
                .orElseThrow(() -> new NotUnderstood("rules set marks without bounds"));
    }

    static Condition mac(Extension match, Context context) throws NotUnderstood {
        return Match.all(match, option -> switch (option.name()) {
            case "--mac-source" -> option.turned(Condition.in(Field.ETHER_SOURCE, mac(option.value())));
            default -> throw Match.strange(option);
        });
    }

    static long mac(String text) throws NotUnderstood {
        return Mac.tryParse(text)
                .orElseThrow(() -> new NotUnderstood("not a MAC address: " + text))
                .bits();
    }

    static Condition length(Extension match, Context context) throws NotUnderstood {
        return Match.all(match, option -> switch (option.name()) {
            case "--length" ->
                option.turned(Condition.in(Field.LENGTH, Numbers.range(Field.LENGTH, option.value(), ':')));
            default -> throw Match.strange(option);
        });
    }

    static Condition hops(Extension match, Context context) throws NotUnderstood {
        return Match.all(match, option -> {
            long number = Numbers.number(Field.HOP_LIMIT, option.value());
            return option.turned(
                    switch (option.name()) {
                        case "--ttl-eq", "--ttl", "--hl-eq" -> Condition.in(Field.HOP_LIMIT, number);
                        case "--ttl-lt", "--hl-lt" -> number == 0 ? Condition.NEVER : hops(0, number - 1);
                        case "--ttl-gt", "--hl-gt" -> number == 255 ? Condition.NEVER : hops(number + 1, 255);
                        default -> throw Match.strange(option);
                    });
        });
    }

    private static Condition hops(long first, long last) {
        return Condition.in(Field.HOP_LIMIT, ValueSet.of(Field.HOP_LIMIT.bits(), Range.of(first, last)));
    }

    static Condition dscp(Extension match, Context context) throws NotUnderstood {
        return Match.all(match, option -> switch (option.name()) {
            case "--dscp" -> option.turned(Condition.in(Field.DSCP, Numbers.number(Field.DSCP, option.value())));
            default -> throw Match.strange(option);
        });
    }

    /** The whole octet; its upper six bits are the DSCP. */
    static Condition tos(Extension match, Context context) throws NotUnderstood {
        return Match.all(match, option -> switch (option.name()) {
            case "--tos" -> option.turned(tos(option));
            default -> throw Match.strange(option);
        });
    }

    private static Condition tos(Option option) throws NotUnderstood {
        String text = option.value();
        int slash = text.indexOf('/');
        long value = Numbers.number(slash < 0 ? text : text.substring(0, slash));
        long mask = slash < 0 ? 0xff : Numbers.number(text.substring(slash + 1));
        if (value > 0xff || mask > 0xff || (value & ~mask) != 0) {
            throw new NotUnderstood("the type of service " + text);
        }
        List<Range> found = new ArrayList<>();
        for (long dscp = 0; dscp < 64; dscp++) {
            if ((dscp << 2 & mask) == (value & ~CONGESTION)) {
                found.add(Range.of(dscp, dscp));
            }
        }
        Condition upper = Condition.in(Field.DSCP, ValueSet.ofAll(Field.DSCP.bits(), found));
        return (mask & CONGESTION) == 0 ? upper : Condition.all(upper, new Condition.Choice(option.toString()));
    }
}
