package org.funkstille.proof.read.iptables;

import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.sets.Range;
import org.funkstille.proof.sets.ValueSet;

/** {@code tcp}, {@code udp}, {@code sctp}, {@code dccp}, {@code udplite}, {@code multiport}. */
final class PortMatches {

    private static final Map<String, Long> FLAGS =
            Map.of("FIN", 1L, "SYN", 2L, "RST", 4L, "PSH", 8L, "ACK", 16L, "URG", 32L, "ALL", 63L, "NONE", 0L);

    private static final long FIN_SYN_RST_ACK = 1 | 2 | 4 | 16;
    private static final long SYN = 2;

    private PortMatches() {}

    /** The match of a protocol with ports. */
    static Match of(long protocol) {
        return (match, _) -> Condition.all(
                Protocols.headerOf(protocol), Match.all(match, option -> option(option, protocol == Protocols.TCP)));
    }

    private static Condition option(Option option, boolean tcp) throws NotUnderstood {
        return switch (option.name()) {
            case "--dport", "--destination-port" -> port(Field.DESTINATION_PORT, option);
            case "--sport", "--source-port" -> port(Field.SOURCE_PORT, option);
            case "--tcp-flags" -> {
                if (!tcp || option.values().size() != 2) {
                    throw Match.strange(option);
                }
                yield option.turned(flags(
                        flags(option.values().get(0)), flags(option.values().get(1))));
            }
            case "--syn" -> option.turned(flags(FIN_SYN_RST_ACK, SYN));
            // What else a header carries is the sender's own affair.
            case "--tcp-option", "--chunk-types", "--dccp-types", "--dccp-option" ->
                new Condition.Choice(option.toString());
            default -> throw Match.strange(option);
        };
    }

    private static Condition port(Field field, Option option) throws NotUnderstood {
        return option.turned(Condition.in(field, Numbers.range(field, option.value(), ':')));
    }

    /** Those flags of the mask, and no others of it, are set. */
    static Condition flags(long mask, long set) {
        List<Range> found = LongStream.range(0, 256)
                .filter(flags -> (flags & mask) == set)
                .mapToObj(flags -> Range.of(flags, flags))
                .toList();
        return Condition.in(Field.TCP_FLAGS, ValueSet.ofAll(Field.TCP_FLAGS.bits(), found));
    }

    private static long flags(String names) throws NotUnderstood {
        long flags = 0;
        for (String name : names.split(",", -1)) {
            Long flag = FLAGS.get(name);
            if (flag == null) {
                throw new NotUnderstood("the flag " + name);
            }
            flags |= flag;
        }
        return flags;
    }

    /** Asks for no protocol itself: the rule's own {@code -p} does, and must be one with ports. */
    static Condition multiport(Extension match, Context context) throws NotUnderstood {
        return Condition.all(Protocols.headerOf(Protocols.WITH_PORTS), Match.all(match, option -> {
            ValueSet ports = Numbers.ranges(Field.DESTINATION_PORT, option.value());
            Condition source = Condition.in(Field.SOURCE_PORT, ports);
            Condition destination = Condition.in(Field.DESTINATION_PORT, ports);
            return switch (option.name()) {
                case "--dports", "--destination-ports", "--dport" -> option.turned(destination);
                case "--sports", "--source-ports", "--sport" -> option.turned(source);
                case "--ports", "--port" -> option.turned(Condition.any(source, destination));
                default -> throw Match.strange(option);
            };
        }));
    }
}
