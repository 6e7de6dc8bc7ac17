package org.funkstille.lab.kernelproof;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.funkstille.lab.kernelproof.IptablesScript.Place;

/** Random conditions of iptables rules. */
final class IptablesMatches {

    private final Chance chance;
    private final Words words;
    private final boolean six;
    private final boolean tracked;

    IptablesMatches(Chance chance, boolean six, boolean tracked) {
        this.chance = chance;
        this.words = new Words(chance);
        this.six = six;
        this.tracked = tracked;
    }

    /** The protocol, with what can be asked of it, then anything else; each extension at most once. */
    String some(Place place) {
        StringBuilder text = new StringBuilder();
        if (chance.percent(40)) {
            text.append(negated(chance.among(" -s", " -d"))).append(words.network(six));
        }
        if (place.knowsIn() && chance.percent(15)) {
            // Not "! -i +": iptables-legacy-save does not show it.
            text.append(chance.percent(10) ? " -i +" : negated(" -i") + chance.among("iot0", "iot0", "iot+", "wan0"));
        }
        if (place.knowsOut() && chance.percent(25)) {
            text.append(negated(" -o")).append(chance.among("wan0", "wan0", "w+", "lan0", "iot0"));
        }
        if (chance.percent(60)) {
            text.append(chance.percent(75) ? ports() : protocol());
        } else if (!six && chance.percent(8)) {
            text.append(chance.percent(50) ? " -f" : " ! -f");
        }
        List<Supplier<String>> kinds = new ArrayList<>(List.of(this::mark, this::sizes, this::addresses, this::rare));
        if (place.knowsMac()) {
            kinds.add(() -> " -m mac" + negated(" --mac-source") + words.mac());
        }
        if (tracked && place != Place.RAW) {
            kinds.addAll(List.of(this::state, this::state, this::flowMark));
        }
        if (chance.percent(45)) {
            text.append(chance.of(kinds).get());
        }
        return text.toString();
    }

    private String negated(String option) {
        String bare = option.strip();
        return (option.startsWith(" ") ? " " : "") + (chance.percent(20) ? "! " : "") + bare + " ";
    }

    private String protocol() {
        return negated(" -p")
                + chance.among("tcp", "udp", "gre", "esp", "sctp", "2", "253", six ? "ipv6-icmp" : "icmp");
    }

    /** The protocol itself is not negated: its ports could not be asked for. */
    private String ports() {
        String range =
                chance.percent(50) ? words.port() : chance.among("0:1023", "1024:65535", "53:443", ":80", "8080:");
        return switch (chance.below(7)) {
            case 0 ->
                " -p tcp -m tcp" + negated(" --tcp-flags")
                        + chance.among(
                                "SYN,RST,ACK,FIN SYN",
                                "ALL NONE",
                                "SYN,FIN SYN,FIN",
                                "ACK ACK",
                                "RST RST",
                                "ALL FIN,PSH,URG");
            case 1 -> " -p tcp -m tcp" + negated(" --syn").stripTrailing();
            case 2 ->
                six
                        ? " -p ipv6-icmp -m icmp6" + negated(" --icmpv6-type")
                                + chance.among("128", "129", "135", "1/0", "1", "echo-request")
                        : " -p icmp -m icmp" + negated(" --icmp-type")
                                + chance.among("8", "0", "3/1", "3", "any", "echo-request", "8/0");
            case 3, 4 ->
                " -p " + chance.among("tcp", "udp", "sctp", "udplite") + " -m multiport"
                        + negated(chance.among(" --dports", " --dports", " --sports", " --ports"))
                        + String.join(
                                ",",
                                words.portsApart().stream()
                                        .map(one -> one.replace('-', ':'))
                                        .toList());
            default ->
                chance.among(" -p tcp -m tcp", " -p udp -m udp", " -p sctp -m sctp")
                        + negated(chance.among(" --dport", " --dport", " --sport"))
                        + range;
        };
    }

    private String mark() {
        String mask = chance.percent(50) ? "" : "/" + Words.hex(words.mask());
        return " -m mark" + negated(" --mark") + Words.hex(words.mark()) + mask;
    }

    private String flowMark() {
        String mask = chance.percent(50) ? "" : "/" + Words.hex(words.mask());
        return " -m connmark" + negated(" --mark") + Words.hex(words.mark()) + mask;
    }

    private String state() {
        return switch (chance.below(3)) {
            case 0 ->
                " -m state" + negated(" --state")
                        + chance.among("NEW", "INVALID", "ESTABLISHED,RELATED", "UNTRACKED", "NEW,INVALID");
            case 1 ->
                " -m conntrack" + negated(" --ctstate")
                        + chance.among("DNAT", "SNAT", "NEW,DNAT", "RELATED,ESTABLISHED,DNAT");
            default ->
                " -m conntrack" + negated(" --ctstate")
                        + chance.among("NEW", "INVALID", "RELATED,ESTABLISHED", "NEW,UNTRACKED", "INVALID,NEW");
        };
    }

    private String sizes() {
        return switch (chance.below(4)) {
            case 0 -> " -m length" + negated(" --length") + chance.among("0:60", "48", "100:", "36:40", ":1000");
            case 1 ->
                six
                        ? " -m hl"
                                + chance.among(
                                        " --hl-eq 64", " --hl-lt 64", " --hl-gt 64", " ! --hl-eq 64", " --hl-eq 63")
                        : " -m ttl"
                                + chance.among(
                                        " --ttl-eq 64",
                                        " --ttl-lt 64",
                                        " --ttl-gt 64",
                                        " ! --ttl-eq 64",
                                        " --ttl-eq 63");
            default -> " -m dscp" + negated(" --dscp") + chance.among("0x08", "0x2e", "0x00");
        };
    }

    private String addresses() {
        String range = six ? "fd00:20::40-fd00:20::60" : "192.168.20.51-192.168.20.199";
        return " -m iprange" + negated(chance.among(" --src-range", " --dst-range")) + range;
    }

    private String rare() {
        return switch (chance.below(5)) {
            case 0 -> " -m pkttype" + negated(" --pkt-type") + chance.among("unicast", "broadcast", "multicast");
            case 1 -> " -m comment --comment \"a \\\"quoted\\\" word\"";
            case 2 -> six ? " -m frag --fragid 0:4294967295 --fragfirst" : " -m addrtype --src-type UNICAST";
            default ->
                " -m addrtype" + negated(" --dst-type")
                        + chance.among("LOCAL", "UNICAST", "MULTICAST", six ? "LOCAL" : "BROADCAST");
        };
    }
}
