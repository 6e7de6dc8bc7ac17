package org.funkstille.proof.read.nft;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Family;
import org.funkstille.core.net.Mac;
import org.funkstille.proof.sets.Value;

/**
 * How nft writes the values of a kind of data.
 *
 * @param width in bits
 * @param names symbolic constants, as {@code nft describe} lists them
 */
record Words(Notation notation, int width, Map<String, Long> names) {

    enum Notation {
        IPV4,
        IPV6,
        MAC,
        NUMBER,
        /** Each bit means something of its own: a value alone asks for any of its bits. */
        FLAGS
    }

    static final Words IPV4 = new Words(Notation.IPV4, 32, Map.of());
    static final Words IPV6 = new Words(Notation.IPV6, 128, Map.of());
    static final Words MAC = new Words(Notation.MAC, 48, Map.of());
    static final Words NUMBER8 = number(8, "");
    static final Words NUMBER16 = number(16, "");
    static final Words MARK = number(32, "");
    static final Words PORT = number(
            16,
            "ftp 21 ssh 22 telnet 23 smtp 25 domain 53 bootps 67 bootpc 68 tftp 69 http 80 kerberos 88 pop3 110 ntp 123"
                    + " imap2 143 snmp 161 https 443 submission 587 ipp 631 imaps 993 pop3s 995 mdns 5353");
    static final Words PROTOCOL = number(
            8,
            "ip 0 hopopt 0 icmp 1 igmp 2 ggp 3 ipencap 4 st 5 tcp 6 egp 8 igp 9 pup 12 udp 17 hmp 20 xns-idp 22 rdp 27"
                    + " iso-tp4 29 dccp 33 xtp 36 ddp 37 idpr-cmtp 38 ipv6 41 ipv6-route 43 ipv6-frag 44 idrp 45 rsvp 46"
                    + " gre 47 esp 50 ah 51 skip 57 ipv6-icmp 58 icmpv6 58 ipv6-nonxt 59 ipv6-opts 60 rspf 73 vmtp 81"
                    + " eigrp 88 ospf 89 ax.25 93 ipip 94 etherip 97 encap 98 pim 103 ipcomp 108 comp 108 vrrp 112"
                    + " l2tp 115 isis 124 sctp 132 fc 133 mobility-header 135 udplite 136 mpls-in-ip 137 manet 138"
                    + " shim6 139 wesp 140 rohc 141 ethernet 143");
    static final Words ICMP_TYPE = number(
            8,
            "echo-reply 0 destination-unreachable 3 source-quench 4 redirect 5 echo-request 8 router-advertisement 9"
                    + " router-solicitation 10 time-exceeded 11 parameter-problem 12 timestamp-request 13"
                    + " timestamp-reply 14 info-request 15 info-reply 16 address-mask-request 17"
                    + " address-mask-reply 18");
    static final Words ICMP_CODE = number(
            8,
            "net-unreachable 0 host-unreachable 1 prot-unreachable 2 port-unreachable 3 frag-needed 4"
                    + " net-prohibited 9 host-prohibited 10 admin-prohibited 13");
    static final Words ICMP6_TYPE = number(
            8,
            "destination-unreachable 1 packet-too-big 2 time-exceeded 3 parameter-problem 4 echo-request 128"
                    + " echo-reply 129 mld-listener-query 130 mld-listener-report 131 mld-listener-done 132"
                    + " mld-listener-reduction 132 nd-router-solicit 133 nd-router-advert 134 nd-neighbor-solicit 135"
                    + " nd-neighbor-advert 136 nd-redirect 137 router-renumbering 138 ind-neighbor-solicit 141"
                    + " ind-neighbor-advert 142 mld2-listener-report 143");
    static final Words ICMP6_CODE = number(
            8, "no-route 0 admin-prohibited 1 addr-unreachable 3 port-unreachable 4 policy-fail 5 reject-route 6");
    static final Words DSCP = number(
            6,
            "cs0 0 cs1 8 cs2 16 cs3 24 cs4 32 cs5 40 cs6 48 cs7 56 df 0 be 0 lephb 1 le 1 af11 10 af12 12 af13 14"
                    + " af21 18 af22 20 af23 22 af31 26 af32 28 af33 30 af41 34 af42 36 af43 38 va 44 ef 46");
    static final Words TCP_FLAGS = flags(8, "fin 1 syn 2 rst 4 psh 8 ack 16 urg 32 ecn 64 cwr 128");
    static final Words STATE = flags(32, "invalid 1 established 2 related 4 new 8 untracked 64");
    static final Words STATUS = flags(32, "expected 1 seen-reply 2 assured 4 confirmed 8 snat 16 dnat 32 dying 512");
    static final Words DIRECTION = number(8, "original 0 reply 1");
    static final Words NFPROTO = number(8, "ipv4 2 ipv6 10");
    static final Words ETHERTYPE = number(16, "ip 2048 arp 2054 vlan 33024 8021q 33024 ip6 34525 8021ad 34984");
    static final Words PACKET_TYPE = number(8, "host 0 unicast 0 broadcast 1 multicast 2 other 3");
    static final Words ADDRESS_TYPE = number(
            32, "unspec 0 unicast 1 local 2 broadcast 3 anycast 4 multicast 5 blackhole 6 unreachable 7 prohibit 8");

    static Words number(int width, String constants) {
        return new Words(Notation.NUMBER, width, names(constants));
    }

    private static Words flags(int width, String constants) {
        return new Words(Notation.FLAGS, width, names(constants));
    }

    /** @param constants names and numbers in turns */
    private static Map<String, Long> names(String constants) {
        Map<String, Long> names = new HashMap<>();
        if (!constants.isEmpty()) {
            String[] words = constants.split(" ", -1);
            for (int index = 0; index < words.length; index += 2) {
                names.put(words[index], Long.valueOf(words[index + 1]));
            }
        }
        return Map.copyOf(names);
    }

    boolean isFlags() {
        return notation == Notation.FLAGS;
    }

    /** The value that a single JSON value stands for; nothing where it is not of this kind. */
    Optional<Value> value(Json json) {
        return switch (json) {
            case Json.Text(int _, String text) -> named(text);
            case Json.Num _ -> fitting(json.number());
            case Json.Bool(int _, boolean set) -> Optional.of(Value.of(set ? 1 : 0));
            case Json.Arr(int _, var items) -> anyOf(items);
            case Json.Obj object
            when object.kind().equals("|") -> anyOf(object.body().items());
            case Json.Obj _, Json.Null _ -> Optional.empty();
        };
    }

    private Optional<Value> anyOf(Iterable<Json> items) {
        long all = 0;
        for (Json item : items) {
            Optional<Value> one = value(item);
            if (one.isEmpty()) {
                return one;
            }
            all |= one.get().low();
        }
        return width <= 64 ? Optional.of(Value.of(all)) : Optional.empty();
    }

    private Optional<Value> named(String text) {
        return switch (notation) {
            case IPV4 -> address(text, Family.IPV4);
            case IPV6 -> address(text, Family.IPV6);
            case MAC -> Mac.tryParse(text).map(mac -> Value.of(mac.bits()));
            case NUMBER, FLAGS -> {
                Long known = names.get(text);
                yield known != null ? Optional.of(Value.of(known)) : fitting(digits(text));
            }
        };
    }

    private static Optional<Value> address(String text, Family family) {
        return Addresses.tryParse(text)
                .filter(address -> Family.of(address) == family)
                .map(Value::of);
    }

    private static OptionalLong digits(String text) {
        if (text.matches("[0-9]{1,18}")) {
            return OptionalLong.of(Long.parseLong(text));
        }
        return text.matches("0x[0-9a-fA-F]{1,15}")
                ? OptionalLong.of(Long.parseLong(text, 2, text.length(), 16))
                : OptionalLong.empty();
    }

    private Optional<Value> fitting(OptionalLong number) {
        boolean fits = number.isPresent()
                && number.getAsLong() >= 0
                && Value.of(number.getAsLong()).compareTo(Value.largest(width)) <= 0;
        return fits ? Optional.of(Value.of(number.getAsLong())) : Optional.empty();
    }
}
