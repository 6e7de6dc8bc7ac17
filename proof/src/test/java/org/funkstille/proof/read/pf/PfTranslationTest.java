package org.funkstille.proof.read.pf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.funkstille.proof.read.pf.Reading.tcp;
import static org.funkstille.proof.read.pf.Reading.toRouter;
import static org.funkstille.proof.read.pf.Reading.udp;
import static org.funkstille.proof.read.pf.Walk.Verdict.BLOCKED;
import static org.funkstille.proof.read.pf.Walk.Verdict.PASSED;
import static org.funkstille.proof.read.pf.Walk.Verdict.UNKNOWN;

import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Family;
import org.funkstille.proof.filter.BaseChain;
import org.funkstille.proof.filter.Effect;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Hook;
import org.funkstille.proof.filter.Packet;
import org.funkstille.proof.house.AddressSets;
import org.funkstille.proof.question.Addressing;
import org.funkstille.proof.read.ReadingException;
import org.funkstille.proof.sets.Range;
import org.funkstille.proof.sets.Value;
import org.funkstille.proof.sets.ValueSet;
import org.junit.jupiter.api.Test;

class PfTranslationTest {

    private static final String DEVICE = "192.168.1.50";
    private static final String CLOUD = "198.51.100.7";

    @Test
    void translationComesBeforeFiltering_andTheFirstMatchDecides() throws ReadingException {
        Reading reading = Reading.of("pass");

        assertThat(reading.reading().rules().at(Hook.PREROUTING))
                .extracting(BaseChain::chain)
                .containsExactly("rdr", "in");
        assertThat(reading.reading().rules().at(Hook.POSTROUTING))
                .extracting(BaseChain::chain)
                .containsExactly("nat", "out");
        assertThat(reading.reading().rules().bases())
                .extracting(BaseChain::translation)
                .containsExactly(true, false, true, false);
    }

    @Test
    void rulesGoingOut_seeTheTranslatedSource() throws ReadingException {
        Reading reading = Reading.of(
                "nat on em0 inet from 192.168.1.0/24 to any -> 203.0.113.2/32 static-port",
                "block out on em0 from 192.168.1.50 to any");

        Walk.Result result = reading.outgoing(tcp(DEVICE, CLOUD));

        assertThat(result.verdict()).isEqualTo(PASSED);
        assertThat(result.packet().get(Field.SOURCE)).isEqualTo(Value.of(Addresses.parse("203.0.113.2")));
        assertThat(result.packet().number(Field.SOURCE_PORT)).isEqualTo(40000);
    }

    @Test
    void noNat_keepsTheSource() throws ReadingException {
        Reading reading = Reading.of(
                "no nat on em0 inet from 192.168.1.50 to any",
                "nat on em0 inet from 192.168.1.0/24 to any -> 203.0.113.2",
                "block out on em0 from 192.168.1.50 to any");

        assertThat(reading.outgoing(tcp(DEVICE, CLOUD)).verdict()).isEqualTo(BLOCKED);
    }

    @Test
    void theAddressOfAnOutsideInterface_isSomewhereOutsideOfTheHouse() throws ReadingException {
        Reading reading = Reading.of(
                "nat on em0 inet from (em1:network) to any -> (em0:0) port 1024:65535", "pass out from (em0) to any");

        ValueSet outside = Addressing.unicast(Family.IPV4).minus(Reading.HOUSE.addresses(Family.IPV4));
        assertThat(reading.only("nat").effects())
                .containsExactly(
                        new Effect.Assign(Field.SOURCE, outside),
                        new Effect.Assign(Field.SOURCE_PORT, ValueSet.of(16, Range.of(1024, 65535))));
        assertThat(Reading.of("block out", "pass out from (em0) to any")
                        .outgoing(tcp("203.0.113.2", CLOUD))
                        .verdict())
                .isEqualTo(UNKNOWN);
        assertThat(Reading.of("block out", "pass out from (em0) to any")
                        .outgoing(tcp(DEVICE, CLOUD))
                        .verdict())
                .isEqualTo(BLOCKED);
    }

    @Test
    void aRuleWithoutFamily_translatesBoth() throws ReadingException {
        Reading reading = Reading.of("nat on em0 from any to any -> (em0)");

        assertThat(reading.rules("nat")).hasSize(2);
        assertThat(reading.rules("nat").getLast().effects().getFirst())
                .isEqualTo(new Effect.Assign(
                        Field.SOURCE, Addressing.unicast(Family.IPV6).minus(Reading.HOUSE.addresses(Family.IPV6))));
    }

    @Test
    void aPortForward_changesDestinationAndPort() throws ReadingException {
        Reading reading = Reading.of("rdr on em1 inet proto tcp from any to any port 443 -> 198.51.100.9 port 8443");

        Packet packet = reading.incoming(tcp(DEVICE, CLOUD)).packet();

        assertThat(packet.get(Field.DESTINATION)).isEqualTo(Value.of(Addresses.parse("198.51.100.9")));
        assertThat(packet.number(Field.DESTINATION_PORT)).isEqualTo(8443);
        assertThat(packet.number(Field.DESTINATION_TYPE)).isEqualTo(Field.TYPE_UNICAST);
    }

    @Test
    void aRangeOfPorts_keepsItsNumbersWhereItStaysTheSame() throws ReadingException {
        assertThat(Reading.of("rdr proto udp to port 5000:5010 -> 198.51.100.9 port 5000:*")
                        .only("rdr")
                        .effects())
                .noneMatch(effect ->
                        effect instanceof Effect.Assign(Field field, var to) && field == Field.DESTINATION_PORT);
        assertThat(Reading.of("rdr proto udp to port 5000:5010 -> 198.51.100.9 port 6000:*")
                        .only("rdr")
                        .effects())
                .contains(new Effect.Assign(Field.DESTINATION_PORT, ValueSet.of(16, Range.of(6000, 6010))));
    }

    @Test
    void rdrPass_toTheRouterItself_sparesTheFilter() throws ReadingException {
        String[] rules = {
            "rdr pass on em1 inet proto udp from any to {!(em1)} port {53} -> 127.0.0.1 port 53", "block in quick all"
        };

        Walk.Result result = Reading.of(rules).incoming(udp(DEVICE, CLOUD, 53));

        assertThat(result.verdict()).isEqualTo(PASSED);
        assertThat(result.packet().number(Field.DESTINATION_TYPE)).isEqualTo(Field.TYPE_LOCAL);
        assertThat(Reading.of(rules).in(udp(DEVICE, CLOUD, 54))).isEqualTo(BLOCKED);
        assertThat(Reading.of(rules).in(toRouter(udp(DEVICE, "192.168.1.1", 53))))
                .isEqualTo(BLOCKED);
        assertThat(Reading.of(rules[0].replace("rdr pass", "rdr"), rules[1]).in(udp(DEVICE, CLOUD, 53)))
                .isEqualTo(BLOCKED);
    }

    @Test
    void natPass_sparesTheFilterOfTheOtherDirection() throws ReadingException {
        Reading reading = Reading.of("nat pass on em0 inet from any to any -> 203.0.113.2", "block quick all");

        assertThat(reading.outgoing(tcp(DEVICE, CLOUD)).verdict()).isEqualTo(PASSED);
        assertThat(reading.in(tcp(DEVICE, CLOUD))).isEqualTo(BLOCKED);
    }

    @Test
    void aForwardIntoTheHouse_mayBeToTheRouterItself() throws ReadingException {
        Reading reading = Reading.of("rdr on em1 inet proto udp from any to any port 53 -> 192.168.1.1");

        assertThat(reading.in(udp(DEVICE, CLOUD, 53))).isEqualTo(UNKNOWN);
        assertThat(reading.rules("rdr"))
                .extracting(rule -> rule.effects().get(1))
                .containsExactly(
                        new Effect.Assign(Field.DESTINATION_TYPE, Field.DESTINATION_TYPE.only(Field.TYPE_LOCAL)),
                        new Effect.Assign(Field.DESTINATION_TYPE, Field.DESTINATION_TYPE.only(Field.TYPE_UNICAST)));
    }

    @Test
    void binat_worksBothWays_andBeforeNat() throws ReadingException {
        Reading reading = Reading.of(
                "nat on em0 inet from any to any -> 203.0.113.2",
                "binat on em0 inet from 192.168.1.50 to any -> 198.51.100.20",
                "pass");

        assertThat(reading.outgoing(tcp(DEVICE, CLOUD)).packet().get(Field.SOURCE))
                .isEqualTo(Value.of(Addresses.parse("198.51.100.20")));
        assertThat(reading.rules("rdr"))
                .last()
                .satisfies(rule -> assertThat(rule.effects())
                        .contains(
                                new Effect.Assign(Field.DESTINATION, AddressSets.of(Addresses.parse("192.168.1.50")))));
    }

    @Test
    void noRdr_stillLeavesBinat() throws ReadingException {
        Reading reading = Reading.of(
                "no rdr on em1 proto tcp from any to any",
                "rdr on em1 proto tcp from any to any -> 198.51.100.9",
                "binat on em1 inet from 198.51.100.30 to any -> " + CLOUD);

        assertThat(reading.incoming(tcp(DEVICE, CLOUD)).packet().get(Field.DESTINATION))
                .isEqualTo(Value.of(Addresses.parse("198.51.100.30")));
        assertThat(reading.incoming(tcp(DEVICE, "198.51.100.8")).packet().get(Field.DESTINATION))
                .isEqualTo(Value.of(Addresses.parse("198.51.100.8")));
    }

    @Test
    void openBsdStyle_rdrToInAPassRule() throws ReadingException {
        Reading reading = Reading.of("pass in on em1 inet proto udp to port 53 rdr-to 127.0.0.1");

        assertThat(reading.incoming(udp(DEVICE, CLOUD, 53)).packet().number(Field.DESTINATION_TYPE))
                .isEqualTo(Field.TYPE_LOCAL);
        assertThat(Reading.of("match in inet rdr-to 127.0.0.1").only("in").effects())
                .containsExactly(new Effect.Unclear("rdr-to 127.0.0.1"));
        assertThat(Reading.of("pass in inet6 af-to inet from 203.0.113.2")
                        .only("in")
                        .effects())
                .hasSize(1)
                .first()
                .isInstanceOf(Effect.Unclear.class);
    }
}
