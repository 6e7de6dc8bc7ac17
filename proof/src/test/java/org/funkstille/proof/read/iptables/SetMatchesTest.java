package org.funkstille.proof.read.iptables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.funkstille.proof.read.iptables.Saved.SYN;
import static org.funkstille.proof.read.iptables.Saved.TAKEN;
import static org.funkstille.proof.read.iptables.Saved.address;
import static org.funkstille.proof.read.iptables.Saved.holds;

import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Packet;
import org.funkstille.proof.read.ReadingException;
import org.funkstille.proof.read.iptables.Saved.Truth;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SetMatchesTest {

    private static final String SETS = """
            create none hash:ip family inet hashsize 1024 maxelem 65536 timeout 0 bucketsize 12 initval 0xa4f9602a
            create hosts hash:ip family inet hashsize 1024 maxelem 65536 netmask 24 counters
            add hosts 192.168.2.0 packets 0 bytes 0
            create six hash:ip family inet6 hashsize 1024 maxelem 65536
            add six 2001:db8::1
            create services hash:ip,port family inet hashsize 1024 maxelem 65536 comment
            add services 198.51.100.10,tcp:443 comment "the cloud"
            add services 198.51.100.10,icmp:8/0
            add services 198.51.100.10,gre:0
            create macs hash:mac hashsize 1024 maxelem 65536
            add macs 02:00:00:00:0B:01
            create ports bitmap:port range 0-1023
            add ports 443
            create ways hash:net,iface family inet hashsize 1024 maxelem 65536
            add ways 192.168.2.0/24,eth7
            create list list:set size 8
            add list none
            add list macs
            create lease bitmap:ip,mac range 192.168.2.0/24
            add lease 192.168.2.50
            create odd hash:ip family inet bitmask 255.0.255.0
            add odd 1.0.1.0
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            none src | NO
            hosts src | YES
            hosts dst | NO
            six dst | NO
            services dst,dst | YES
            services dst | NO
            services dst,src | NO
            macs src | YES
            ports dst | YES
            ways src,src | NO
            list src | YES
            lease src,src | UNKNOWN
            odd src | UNKNOWN
            """)
    void set_holdsThePacket_byTheDirectionsThatTheRuleAsksFor(String match, Truth expected) throws ReadingException {
        Condition plain = Saved.condition("-m set --match-set " + match, SETS);
        assertThat(holds(plain, SYN)).isEqualTo(expected);
        Condition negated = Saved.condition("-m set ! --match-set " + match, SETS);
        assertThat(holds(negated, SYN))
                .isEqualTo(expected == Truth.YES ? Truth.NO : expected == Truth.NO ? Truth.YES : expected);
    }

    @Test
    void portOfASet_isOneOfItsProtocol() throws ReadingException {
        Condition services = Saved.condition("-m set --match-set services dst,dst", SETS);
        assertThat(holds(services, SYN.with(Field.PROTOCOL, 17))).isEqualTo(Truth.NO);
        assertThat(holds(services, SYN.with(Field.PROTOCOL, 47).with(Field.DESTINATION_PORT, 9)))
                .isEqualTo(Truth.YES);
        Packet echo = SYN.with(Field.PROTOCOL, 1).with(Field.ICMP_TYPE, 8);
        assertThat(holds(services, echo)).isEqualTo(Truth.YES);
        assertThat(holds(services, echo.with(Field.ICMP_TYPE, 13))).isEqualTo(Truth.NO);
    }

    @Test
    void entry_expiresAfterTheSecondsThatItHadLeft() throws ReadingException {
        String sets = "create open hash:ip family inet timeout 3600\nadd open 192.168.2.50 timeout 1800\n";
        Condition condition = Saved.condition("-m set --match-set open src", sets);
        assertThat(holds(condition, SYN, TAKEN.plusSeconds(1799))).isEqualTo(Truth.YES);
        assertThat(holds(condition, SYN, TAKEN.plusSeconds(1800))).isEqualTo(Truth.NO);
    }

    @Test
    void narrowerEntry_decides_alsoWhereItIsAnException() throws ReadingException {
        String sets = """
                create nets hash:net family inet
                add nets 198.0.0.0/8
                add nets 198.51.0.0/16 nomatch
                add nets 198.51.100.10
                """;
        Condition condition = Saved.condition("-m set --match-set nets dst", sets);
        assertThat(holds(condition, SYN)).isEqualTo(Truth.YES);
        assertThat(holds(condition, SYN.with(Field.DESTINATION, address("198.51.100.11"))))
                .isEqualTo(Truth.NO);
        assertThat(holds(condition, SYN.with(Field.DESTINATION, address("198.52.0.1"))))
                .isEqualTo(Truth.YES);
    }

    @Test
    void setThatRulesFill_isUnknown() throws ReadingException {
        Condition condition = Saved.condition("-m set --match-set none src -j SET --add-set none src --exist", SETS);
        assertThat(condition)
                .isInstanceOfSatisfying(
                        Condition.Unknown.class,
                        unknown -> assertThat(unknown.what()).contains("none"));
    }

    @Test
    void saveThatIsNone_isRefused() {
        assertThatThrownBy(() -> Saved.read("create a hash:ip\nadd b 1.2.3.4\n", "*filter\nCOMMIT\n"))
                .isInstanceOf(ReadingException.class)
                .hasMessageContaining("ipset.txt:2:5");
        assertThatThrownBy(() -> Saved.read("ipset v7.17: Kernel error", "*filter\nCOMMIT\n"))
                .hasMessageContaining("ipset.txt:1:1");
    }
}
