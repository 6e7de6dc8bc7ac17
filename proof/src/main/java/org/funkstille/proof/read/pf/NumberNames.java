package org.funkstille.proof.read.pf;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Scanner;

/** Names that pf takes for numbers: of FreeBSD's /etc/protocols and /etc/services, and of pf.conf(5). */
final class NumberNames {

    private static final Map<String, Integer> PROTOCOLS = names("""
            icmp 1 igmp 2 ipencap 4 ipip 4 tcp 6 egp 8 igp 9 udp 17 rdp 27 dccp 33 ipv6 41 rsvp 46 gre 47 esp 50
            ah 51 mobile 55 ipv6-icmp 58 icmp6 58 eigrp 88 ospf 89 ospfigp 89 etherip 97 encap 98 pim 103 ipcomp
            108 carp 112 vrrp 112 l2tp 115 sctp 132 udplite 136 pfsync 240 divert 254
            """);

    private static final Map<String, Integer> SERVICES = names("""
            echo 7 discard 9 daytime 13 ftp-data 20 ftp 21 ssh 22 telnet 23 smtp 25 time 37 whois 43 tacacs 49
            domain 53 bootps 67 bootpc 68 tftp 69 gopher 70 finger 79 http 80 www 80 kerberos 88 pop3 110 sunrpc
            111 rpcbind 111 auth 113 ident 113 sftp 115 nntp 119 ntp 123 epmap 135 loc-srv 135 netbios-ns 137
            netbios-dgm 138 netbios-ssn 139 imap 143 imap2 143 snmp 161 snmptrap 162 snmp-trap 162 bgp 179 irc
            194 ldap 389 https 443 microsoft-ds 445 kpasswd5 464 smtps 465 submissions 465 isakmp 500 biff 512
            exec 512 login 513 who 513 shell 514 syslog 514 printer 515 talk 517 ntalk 518 router 520 route 520
            ripng 521 uucp 540 dhcpv6-client 546 dhcpv6-server 547 rtsp 554 nntps 563 submission 587 ipp 631
            ldaps 636 domain-s 853 rsync 873 imaps 993 pop3s 995 socks 1080 openvpn 1194 ms-sql-s 1433 l2tp 1701
            l2f 1701 pptp 1723 radius 1812 radius-acct 1813 ssdp 1900 nfs 2049 nfsd 2049 mysql 3306 rdp 3389
            stun 3478 ipsec-nat-t 4500 ipsec-msft 4500 sae-urn 4500 sip 5060 sips 5061 sip-tls 5061 mdns 5353
            postgresql 5432 x11 6000 http-alt 8080 ftp-proxy 8021
            """);

    private static final Map<String, Integer> ICMP = names("""
            echorep 0 unreach 3 squench 4 redir 5 althost 6 echoreq 8 routeradv 9 routersol 10 timex 11
            paramprob 12 timereq 13 timerep 14 inforeq 15 inforep 16 maskreq 17 maskrep 18 trace 30 dataconv 31
            mobredir 32 ipv6-where 33 ipv6-here 34 mobregreq 35 mobregrep 36 skip 39 photuris 40
            """);

    private static final Map<String, Integer> ICMP6 = names("""
            unreach 1 toobig 2 timex 3 paramprob 4 echoreq 128 echorep 129 groupqry 130 listqry 130 grouprep 131
            listenrep 131 groupterm 132 listendone 132 routersol 133 routeradv 134 neighbrsol 135 neighbradv 136
            redir 137 routrrenum 138 wrureq 139 fqdnreq 139 niqry 139 wrurep 140 fqdnrep 140 nirep 140
            mtraceresp 200 mtrace 201
            """);

    private static final Map<String, Integer> ICMP_CODES = names("""
            net-unr 0 host-unr 1 proto-unr 2 port-unr 3 needfrag 4 srcfail 5 net-unk 6 host-unk 7 isolate 8 net-prohib 9 host-prohib 10 net-tos 11 host-tos 12 filter-prohib 13 host-preced 14 cutoff-preced 15
            redir-net 0 redir-host 1 redir-tos-net 2 redir-tos-host 3 normal-adv 0 common-adv 16 transit 0
            reassemb 1 badhead 0 optmiss 1 badlen 2
            """);

    private static final Map<String, Integer> ICMP6_CODES = names("""
            noroute-unr 0 admin-unr 1 notnbr-unr 2 beyond-unr 2 addr-unr 3 port-unr 4 transit 0 reassemb 1
            badhead 0 nxthdr 1 redironlink 0 redirrouter 1
            """);

    /** The whole octet, of which the upper six bits are the DSCP. */
    private static final Map<String, Integer> SERVICE_TYPES = names("""
            lowdelay 16 throughput 8 reliability 4 critical 160 inetcontrol 192 netcontrol 224 ef 184 va 176 cs0
            0 cs1 32 cs2 64 cs3 96 cs4 128 cs5 160 cs6 192 cs7 224 af11 40 af12 48 af13 56 af21 72 af22 80 af23
            88 af31 104 af32 112 af33 120 af41 136 af42 144 af43 152
            """);

    private NumberNames() {}

    static OptionalInt protocol(String text) {
        return named(PROTOCOLS, text, 255);
    }

    static OptionalInt port(String text) {
        return named(SERVICES, text, 65535);
    }

    static OptionalInt icmpType(String text, boolean six) {
        return named(six ? ICMP6 : ICMP, text, 255);
    }

    static OptionalInt icmpCode(String text, boolean six) {
        return named(six ? ICMP6_CODES : ICMP_CODES, text, 255);
    }

    static OptionalInt serviceType(String text) {
        return named(SERVICE_TYPES, text, 255);
    }

    private static OptionalInt named(Map<String, Integer> names, String text, int largest) {
        Integer number = names.get(text);
        return number != null ? OptionalInt.of(number) : Numbers.parse(text, largest);
    }

    private static Map<String, Integer> names(String table) {
        Map<String, Integer> numbers = new HashMap<>();
        try (Scanner words = new Scanner(table)) {
            while (words.hasNext()) {
                numbers.put(words.next(), words.nextInt());
            }
        }
        return Map.copyOf(numbers);
    }
}
