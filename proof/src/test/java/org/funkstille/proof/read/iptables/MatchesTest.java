package org.funkstille.proof.read.iptables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.funkstille.proof.read.iptables.Saved.SYN;
import static org.funkstille.proof.read.iptables.Saved.holds;

import java.time.Instant;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Packet;
import org.funkstille.proof.read.ReadingException;
import org.funkstille.proof.read.iptables.Saved.Truth;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MatchesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            -s 192.168.2.0/24 | YES
            ! -s 192.168.2.50/32 | NO
            -s 192.168.2.0/255.255.255.0 | YES
            -d 198.0.0.10/255.0.0.255 | YES
            -d 198.0.0.11/255.0.0.255 | NO
            -d ! 198.51.100.10 | NO
            -i + | YES
            ! -i green+ | YES
            -p all | YES
            ! -p icmp | YES
            -p 6 | YES
            ! -f | YES
            -p tcp -m tcp --dport 400: --sport :5 | YES
            -p tcp -m tcp ! --dport 443 | NO
            -p udp -m udp ! --dport 80 | NO
            -p tcp -m tcp --tcp-flags FIN,SYN,RST,ACK SYN | YES
            -p tcp -m tcp ! --tcp-flags FIN,SYN,RST,ACK SYN | NO
            -p tcp -m tcp --tcp-flags ALL NONE | NO
            -p tcp -m multiport --dports 22,400:500 | YES
            -p tcp -m multiport ! --ports 22,443 | NO
            -p tcp -m state --state INVALID,NEW | YES
            -m conntrack ! --ctstate NEW | NO
            -m conntrack --ctstate DNAT | NO
            -m conntrack --ctstate NEW --ctdir REPLY | NO
            -m conntrack --ctorigdst 198.51.100.0/24 --ctorigdstport 443 --ctproto 6 | YES
            -m conntrack --ctstatus SEEN_REPLY,ASSURED | NO
            -m mac --mac-source 02:00:00:00:0B:01 | YES
            -m mac ! --mac-source 02:00:00:00:0B:01 | NO
            -m mark --mark 0x0 | YES
            -m mark ! --mark 0x1/0x1 | YES
            -m connmark --mark 0x0/0xf000000 | YES
            -m length ! --length 0:100 | NO
            -m ttl --ttl-lt 1 | YES
            -m tos --tos 0x00/0xfc | YES
            -m tos --tos 0x00/0xff | CHOICE
            -m addrtype --dst-type UNICAST | YES
            -m addrtype ! --dst-type LOCAL,BROADCAST | YES
            -m addrtype --src-type LOCAL | NO
            -m addrtype --dst-type LOCAL --limit-iface-in | UNKNOWN
            -m pkttype --pkt-type multicast | NO
            -m iprange --dst-range 198.51.100.9-198.51.100.10 | YES
            -m owner --uid-owner 0 | NO
            -m owner ! --uid-owner 0 | YES
            -m policy --dir out --pol none | YES
            -m policy --dir in --pol ipsec | NO
            -m limit --limit 10/sec | CHOICE
            -p udp -m limit --limit 10/sec | NO
            -m recent --rcheck --name X --rsource | UNKNOWN
            -m set --match-set missing src | UNKNOWN
            -m time --timestart 12:00:00 --timestop 11:59:59 | YES
            -m time --timestart 21:00:00 --timestop 06:00:00 | NO
            -m time --timestart 11:00:00 --timestop 12:00:00 --weekdays Mon | YES
            -m time --datestop 2024-01-01T00:00:00 | NO
            -m time --timestart 11:00:00 --timestop 13:00:00 --kerneltz | UNKNOWN
            """)
    void match_holdsAsInTheKernel_forASynToTheInternet(String line, Truth expected) throws ReadingException {
        assertThat(holds(line, SYN)).isEqualTo(expected);
    }

    @Test
    void ports_areNeverAskedOfLaterFragments_notEvenNegated() throws ReadingException {
        Packet fragment = SYN.with(Field.LATER_FRAGMENT, 1);
        assertThat(holds("-p tcp -m tcp ! --dport 80", SYN)).isEqualTo(Truth.YES);
        assertThat(holds("-p tcp -m tcp ! --dport 80", fragment)).isEqualTo(Truth.NO);
        assertThat(holds("-p tcp -m multiport ! --dports 80", fragment)).isEqualTo(Truth.NO);
    }

    @Test
    void icmpType_isOfIcmpAlone_andItsCodeMayBeNamedToo() throws ReadingException {
        Packet unreachable =
                SYN.with(Field.PROTOCOL, 1).with(Field.ICMP_TYPE, 3).with(Field.ICMP_CODE, 1);
        assertThat(holds("-p icmp -m icmp --icmp-type 3/1", unreachable)).isEqualTo(Truth.YES);
        assertThat(holds("-p icmp -m icmp --icmp-type host-unreachable", unreachable))
                .isEqualTo(Truth.YES);
        assertThat(holds("-p icmp -m icmp --icmp-type 3/2", unreachable)).isEqualTo(Truth.NO);
        assertThat(holds("-p icmp -m icmp ! --icmp-type 3/2", unreachable)).isEqualTo(Truth.YES);
        assertThat(holds("-p icmp -m icmp --icmp-type any", unreachable)).isEqualTo(Truth.YES);
        assertThat(holds("-p icmp -m icmp ! --icmp-type 8", SYN)).isEqualTo(Truth.NO);
    }

    @Test
    void packetWithoutAFlow_isLookedAtOnlyForItsState() throws ReadingException {
        Packet invalid = SYN.with(Field.STATE, Field.STATE_INVALID);
        assertThat(holds("-m conntrack --ctstate INVALID --ctorigsrc 10.0.0.1", invalid))
                .isEqualTo(Truth.YES);
        assertThat(holds("-m conntrack --ctorigsrc 192.168.2.50", invalid)).isEqualTo(Truth.NO);
        assertThat(holds("-m connmark ! --mark 0x1", invalid)).isEqualTo(Truth.NO);
    }

    @Test
    void night_thatIsContiguous_goesOnInTheMorningAfterItsDays() throws ReadingException {
        Instant sundayMorning = Instant.parse("2026-11-22T03:00:00Z");
        String friday = "-m time --timestart 22:00:00 --timestop 05:00:00 --weekdays Sat";
        Condition plain = Saved.condition(friday);
        Condition contiguous = Saved.condition(friday + " --contiguous");
        assertThat(Saved.holds(plain, SYN, sundayMorning)).isEqualTo(Truth.NO);
        assertThat(Saved.holds(contiguous, SYN, sundayMorning)).isEqualTo(Truth.YES);
        assertThat(Saved.holds(contiguous, SYN, sundayMorning.minusSeconds(86_400)))
                .isEqualTo(Truth.NO);
    }

    @Test
    void lastSecondOfATime_belongsToIt() throws ReadingException {
        Condition condition = Saved.condition("-m time --timestart 11:00:00 --timestop 11:59:59");
        assertThat(Saved.holds(condition, SYN, Instant.parse("2026-11-23T11:59:59Z")))
                .isEqualTo(Truth.YES);
        assertThat(Saved.holds(condition, SYN, Instant.parse("2026-11-23T12:00:00Z")))
                .isEqualTo(Truth.NO);
    }

    @Test
    void masksWithManyHoles_areToldByTheMarksThatRulesSet() throws ReadingException {
        String text = """
                *mangle
                :PREROUTING ACCEPT [0:0]
                -A PREROUTING -j MARK --set-xmark 0x100/0x3f00
                -A PREROUTING -j MARK --set-xmark 0x5/0xff
                -A PREROUTING -m mark --mark 0x1/0x1 -j DROP
                COMMIT
                """;
        Condition condition = Saved.read("", text)
                .rules()
                .chain("mangle PREROUTING")
                .rules()
                .getLast()
                .condition();
        assertThat(holds(condition, SYN.with(Field.MARK, 0x105))).isEqualTo(Truth.YES);
        assertThat(holds(condition, SYN.with(Field.MARK, 0x100))).isEqualTo(Truth.NO);
    }
}
