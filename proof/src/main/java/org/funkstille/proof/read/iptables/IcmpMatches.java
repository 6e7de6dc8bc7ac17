package org.funkstille.proof.read.iptables;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.funkstille.core.net.Family;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.house.AddressSets;

/** {@code icmp}, {@code icmp6}. The names are those that {@code iptables -p icmp -h} lists; numbers: IANA. */
final class IcmpMatches {

    /** In iptables, not on the wire: every type. */
    private static final String ANY = "255";

    private static final Map<String, String> NAMES4 = names("""
            any 255
            echo-reply 0
            pong 0
            destination-unreachable 3
            network-unreachable 3/0
            host-unreachable 3/1
            protocol-unreachable 3/2
            port-unreachable 3/3
            fragmentation-needed 3/4
            source-route-failed 3/5
            network-unknown 3/6
            host-unknown 3/7
            network-prohibited 3/9
            host-prohibited 3/10
            TOS-network-unreachable 3/11
            TOS-host-unreachable 3/12
            communication-prohibited 3/13
            host-precedence-violation 3/14
            precedence-cutoff 3/15
            source-quench 4
            redirect 5
            network-redirect 5/0
            host-redirect 5/1
            TOS-network-redirect 5/2
            TOS-host-redirect 5/3
            echo-request 8
            ping 8
            router-advertisement 9
            router-solicitation 10
            time-exceeded 11
            ttl-exceeded 11
            ttl-zero-during-transit 11/0
            ttl-zero-during-reassembly 11/1
            parameter-problem 12
            ip-header-bad 12/0
            required-option-missing 12/1
            timestamp-request 13
            timestamp-reply 14
            address-mask-request 17
            address-mask-reply 18
            """);

    private static final Map<String, String> NAMES6 = names("""
            destination-unreachable 1
            no-route 1/0
            communication-prohibited 1/1
            beyond-scope 1/2
            address-unreachable 1/3
            port-unreachable 1/4
            failed-policy 1/5
            reject-route 1/6
            packet-too-big 2
            time-exceeded 3
            ttl-exceeded 3
            ttl-zero-during-transit 3/0
            ttl-zero-during-reassembly 3/1
            parameter-problem 4
            bad-header 4/0
            unknown-header-type 4/1
            unknown-option 4/2
            echo-request 128
            ping 128
            echo-reply 129
            pong 129
            mld-listener-query 130
            mld-listener-report 131
            mld-listener-done 132
            mld-listener-reduction 132
            router-solicitation 133
            router-advertisement 134
            neighbour-solicitation 135
            neighbor-solicitation 135
            neighbour-advertisement 136
            neighbor-advertisement 136
            redirect 137
            """);

    private IcmpMatches() {}

    static Condition icmp(Extension match, Context context) throws NotUnderstood {
        return read(match, Family.IPV4);
    }

    static Condition icmp6(Extension match, Context context) throws NotUnderstood {
        return read(match, Family.IPV6);
    }

    private static Condition read(Extension match, Family family) throws NotUnderstood {
        return Condition.all(
                Condition.in(Field.FAMILY, AddressSets.number(family)),
                Protocols.headerOf(protocol(family)),
                Match.all(match, option -> switch (option.name()) {
                    case "--icmp-type", "--icmpv6-type" -> option.turned(type(family, option.value()));
                    default -> throw Match.strange(option);
                }));
    }

    static long protocol(Family family) {
        return family == Family.IPV4 ? Protocols.ICMP : Protocols.ICMP6;
    }

    /** {@code 8}, {@code 3/1}, {@code 3/0-4} or a name. */
    static Condition type(Family family, String text) throws NotUnderstood {
        String numbers = (family == Family.IPV4 ? NAMES4 : NAMES6).getOrDefault(text.toLowerCase(Locale.ROOT), text);
        if (numbers.equals(ANY) && family == Family.IPV4) {
            return Condition.ALWAYS;
        }
        int slash = numbers.indexOf('/');
        String type = slash < 0 ? numbers : numbers.substring(0, slash);
        return Condition.all(
                Condition.in(Field.ICMP_TYPE, Numbers.number(Field.ICMP_TYPE, type)),
                slash < 0
                        ? Condition.ALWAYS
                        : Condition.in(
                                Field.ICMP_CODE, Numbers.range(Field.ICMP_CODE, numbers.substring(slash + 1), '-')));
    }

    private static Map<String, String> names(String lines) {
        Map<String, String> names = new HashMap<>();
        lines.lines().forEach(line -> {
            int blank = line.indexOf(' ');
            names.put(line.substring(0, blank).toLowerCase(Locale.ROOT), line.substring(blank + 1));
        });
        return Map.copyOf(names);
    }
}
