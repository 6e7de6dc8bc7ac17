package org.funkstille.routers.pf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.funkstille.core.evidence.Traffic;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Endpoint;
import org.funkstille.core.net.Protocol;
import org.junit.jupiter.api.Test;

/** What pfctl prints and how the APIs write states. */
final class PfReadingsTest {

    @Test
    void rulesWithTheirCounters_areReadByTrackerAndLabels() {
        String listing = """
                @0 scrub on em0 inet all fragment reassemble
                  [ Evaluations: 9         Packets: 9         Bytes: 900         States: 0     ]
                @5 block drop in log quick on em1 inet from <fs_gw_0a1b2c> to any label "USER_RULE: funkstille:gw silent" label "id:1795423275" ridentifier 1795423275
                  [ Evaluations: 120       Packets: 17        Bytes: 1020        States: 0     ]
                  [ Inserted: uid 0 pid 0 State Creations: 0     ]
                @6(1000000103) block drop in log inet all label "Default deny rule IPv4"
                  [ Evaluations: 3         Packets: 1         Bytes: 60          States: 0     ]
                """;

        List<PfctlRules.Counted> rules = PfctlRules.read(listing);

        assertThat(rules).hasSize(3);
        assertThat(rules.get(0).tracker()).isEmpty();
        assertThat(rules.get(1).tracker()).contains("1795423275");
        assertThat(rules.get(1).labels()).containsExactly("USER_RULE: funkstille:gw silent", "id:1795423275");
        assertThat(rules.get(1).evaluations()).isEqualTo(120);
        assertThat(rules.get(1).packets()).isEqualTo(17);
        assertThat(rules.get(1).bytes()).isEqualTo(1020);
        assertThat(rules.get(2).tracker()).contains("1000000103");
    }

    @Test
    void endsOfStates_areReadInBothFamilies() {
        assertThat(PfState.Host.tryParse("192.168.1.5:4000"))
                .contains(new PfState.Host(Addresses.parse("192.168.1.5"), 4000));
        assertThat(PfState.Host.tryParse("2001:db8::5[4000]"))
                .contains(new PfState.Host(Addresses.parse("2001:db8::5"), 4000));
        assertThat(PfState.Host.tryParse("fe80::1%em1[53]")).contains(new PfState.Host(Addresses.parse("fe80::1"), 53));
        assertThat(PfState.Host.tryParse("192.168.1.5")).contains(new PfState.Host(Addresses.parse("192.168.1.5"), 0));
        assertThat(PfState.Host.tryParse("2001:db8::5")).contains(new PfState.Host(Addresses.parse("2001:db8::5"), 0));
        assertThat(PfState.Host.tryParse("192.168.1.5:70000")).isEmpty();
        assertThat(PfState.Host.tryParse("router")).isEmpty();
    }

    @Test
    void aState_isTheSameFlowEachTimeThatItIsRead_andEchoesHaveNoPorts() {
        PfState first = state(Protocol.UDP, new Traffic(1, 60, 0, 0));
        PfState again = state(Protocol.UDP, new Traffic(9, 600, 4, 300));
        PfState echo = state(Protocol.ICMP, Traffic.NONE);

        assertThat(first.tracked().key()).isEqualTo(again.tracked().key());
        assertThat(first.tracked().age()).hasSeconds(90);
        assertThat(again.tracked().traffic().packetsOut()).isEqualTo(9);
        assertThat(first.open().destination())
                .isEqualTo(new Endpoint(Addresses.parse("198.51.100.7"), Protocol.UDP, 8053));
        assertThat(echo.open().destination().port()).isZero();
    }

    private static PfState state(Protocol protocol, Traffic traffic) {
        return new PfState(
                "em1",
                true,
                PfState.Host.tryParse("192.168.1.5:4000").orElseThrow(),
                protocol,
                PfState.Host.tryParse("198.51.100.7:8053").orElseThrow(),
                "SINGLE:NO_TRAFFIC",
                PfState.age("00:01:30"),
                traffic);
    }

    @Test
    void protocols_areReadByNameAndNumber() {
        assertThat(PfState.protocol("ipv6-icmp")).contains(Protocol.ICMPV6);
        assertThat(PfState.protocol("TCP")).contains(Protocol.TCP);
        assertThat(PfState.protocol("89")).isEqualTo(Optional.of(new Protocol(89)));
        assertThat(PfState.protocol("999")).isEmpty();
    }
}
