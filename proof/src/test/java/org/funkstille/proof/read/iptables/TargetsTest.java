package org.funkstille.proof.read.iptables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.funkstille.proof.read.iptables.Saved.SYN;
import static org.funkstille.proof.read.iptables.Saved.holds;

import java.util.List;
import org.funkstille.core.net.Family;
import org.funkstille.proof.filter.Action;
import org.funkstille.proof.filter.Effect;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Packet;
import org.funkstille.proof.filter.Rule;
import org.funkstille.proof.house.AddressSets;
import org.funkstille.proof.read.ReadingException;
import org.funkstille.proof.read.iptables.Saved.Truth;
import org.funkstille.proof.sets.Range;
import org.funkstille.proof.sets.ValueSet;
import org.junit.jupiter.api.Test;

final class TargetsTest {

    private static final String SYNPROXY =
            "-p tcp -m conntrack --ctstate INVALID,UNTRACKED -j SYNPROXY --sack-perm --wscale 9 --mss 1460";

    private static Rule rule(String table, String chain, String line) throws ReadingException {
        return Saved.rules(table, chain, line, "").getFirst();
    }

    private static ValueSet range(Field field, long first, long last) {
        return ValueSet.of(field.bits(), Range.of(first, last));
    }

    @Test
    void marks_changeAsTheKernelReckons() throws ReadingException {
        assertThat(rule("mangle", "FORWARD", "-j MARK --set-xmark 0x1000000/0xf000000")
                        .effects())
                .containsExactly(new Effect.SetMark(Field.MARK, 0xf0ff_ffffL, 0x100_0000));
        assertThat(rule("mangle", "FORWARD", "-j MARK --set-mark 0x5/0x2").effects())
                .containsExactly(new Effect.SetMark(Field.MARK, 0xffff_fff8L, 5));
        assertThat(rule("mangle", "FORWARD", "-j CONNMARK --restore-mark --nfmask 0xff --ctmask 0xf")
                        .effects())
                .containsExactly(new Effect.CopyMark(Field.FLOW_MARK, 0xf, Field.MARK, 0xff));
    }

    @Test
    void connmark_leavesPacketsWithoutAFlowAsTheyAre() throws ReadingException {
        Rule rule = rule("mangle", "FORWARD", "-j CONNMARK --save-mark --nfmask 0xffffffff --ctmask 0xffffffff");
        assertThat(holds(rule.condition(), SYN)).isEqualTo(Truth.YES);
        assertThat(holds(rule.condition(), SYN.with(Field.STATE, Field.STATE_INVALID)))
                .isEqualTo(Truth.NO);
    }

    @Test
    void destinationInTheHouse_mayBeTheRouterOrAHost() throws ReadingException {
        Rule rule = rule("nat", "PREROUTING", "-p tcp -j DNAT --to-destination 192.168.2.1:443-444 --random");
        assertThat(rule.action()).isEqualTo(Action.ACCEPT);
        assertThat(rule.effects())
                .containsExactly(
                        new Effect.Assign(
                                Field.DESTINATION, ValueSet.of(AddressSets.BITS, Saved.address("192.168.2.1"))),
                        new Effect.Assign(Field.DESTINATION_TYPE, range(Field.DESTINATION_TYPE, 0, Field.TYPE_LOCAL)),
                        new Effect.Assign(Field.DESTINATION_PORT, range(Field.DESTINATION_PORT, 443, 444)),
                        new Effect.Assign(Field.FLOW_STATUS, Field.FLOW_STATUS.only(2)));
    }

    @Test
    void destinationThatIsThereAlready_mayCountAsNotTranslated() throws ReadingException {
        List<Rule> rules = Saved.rules("nat", "PREROUTING", "-p udp -j DNAT --to-destination 203.0.113.9", "");
        Packet there = SYN.with(Field.PROTOCOL, 17).with(Field.DESTINATION, Saved.address("203.0.113.9"));
        assertThat(rules).extracting(rule -> holds(rule.condition(), there)).containsExactly(Truth.NO, Truth.YES);
        assertThat(rules.getLast().effects())
                .contains(new Effect.Assign(
                        Field.FLOW_STATUS, Field.FLOW_STATUS.only(0).union(Field.FLOW_STATUS.only(2))));
        assertThat(holds(rules.getFirst().condition(), SYN.with(Field.PROTOCOL, 17)))
                .isEqualTo(Truth.YES);
    }

    @Test
    void destinationElsewhere_isNotTheRouter_andAloneAPortLeavesTheAddress() throws ReadingException {
        assertThat(rule("nat", "PREROUTING", "-j DNAT --to-destination 203.0.113.9")
                        .effects())
                .contains(new Effect.Assign(Field.DESTINATION_TYPE, Field.DESTINATION_TYPE.only(Field.TYPE_UNICAST)));
        assertThat(rule("nat", "PREROUTING", "-p tcp -j DNAT --to-destination :53")
                        .effects())
                .containsExactly(
                        new Effect.Assign(Field.DESTINATION_PORT, Field.DESTINATION_PORT.only(53)),
                        new Effect.Assign(Field.FLOW_STATUS, Field.FLOW_STATUS.only(2)));
    }

    @Test
    void ipv6Destination_standsInBrackets_whereAPortFollows() throws ReadingException {
        String six = """
                *nat
                :PREROUTING ACCEPT [0:0]
                -A PREROUTING -p tcp -j DNAT --to-destination [2001:db8::5]:853
                -A PREROUTING -j DNAT --to-destination 2001:db8::5
                COMMIT
                """;
        List<Rule> rules = Saved.read("", "*filter\nCOMMIT\n", six)
                .rules()
                .chain("nat6 PREROUTING")
                .rules();
        Effect address =
                new Effect.Assign(Field.DESTINATION, ValueSet.of(AddressSets.BITS, Saved.address("2001:db8::5")));
        assertThat(rules.get(0).effects())
                .contains(address, new Effect.Assign(Field.DESTINATION_PORT, Field.DESTINATION_PORT.only(853)));
        assertThat(rules.get(1).effects()).contains(address);
    }

    @Test
    void redirect_goesToTheRouter() throws ReadingException {
        assertThat(rule("nat", "PREROUTING", "-p udp -j REDIRECT --to-ports 53").effects())
                .contains(
                        new Effect.Assign(Field.DESTINATION, Saved.HOUSE.addresses(Family.IPV4)),
                        new Effect.Assign(Field.DESTINATION_TYPE, Field.DESTINATION_TYPE.only(Field.TYPE_LOCAL)));
    }

    @Test
    void copyOfAPacket_isUnclear_unlessItStaysInTheHouse() throws ReadingException {
        assertThat(rule("mangle", "FORWARD", "-j TEE --gateway 192.168.2.9").effects())
                .isEmpty();
        assertThat(rule("mangle", "FORWARD", "-j TEE --gateway 203.0.113.9").effects())
                .hasOnlyElementsOfType(Effect.Unclear.class);
    }

    @Test
    void queue_isUnclear_evenWithBypass() throws ReadingException {
        assertThat(rule("filter", "FORWARD", "-j NFQUEUE --queue-num 0 --queue-bypass")
                        .action())
                .isInstanceOf(Action.Unclear.class);
    }

    @Test
    void synproxy_takesSynAndAck_andLetsTheRestGoOn() throws ReadingException {
        List<Rule> rules = Saved.rules("filter", "FORWARD", SYNPROXY, "");
        assertThat(rules).extracting(Rule::action).containsExactly(Action.DROP, Action.DROP);
        Packet invalid = SYN.with(Field.STATE, Field.STATE_INVALID);
        assertThat(holds(rules.get(0).condition(), invalid)).isEqualTo(Truth.YES);
        assertThat(holds(rules.get(1).condition(), invalid.with(Field.TCP_FLAGS, 16)))
                .isEqualTo(Truth.YES);
        for (long others : new long[] {4, 20, 1, 18, 41, 0}) {
            assertThat(rules)
                    .noneMatch(rule -> holds(rule.condition(), invalid.with(Field.TCP_FLAGS, others)) == Truth.YES);
        }
    }

    @Test
    void synproxy_mayCallTheServerItself_whereARuleKeepsSynsFromTracking() throws ReadingException {
        String text = """
                *raw
                :PREROUTING ACCEPT [0:0]
                -A PREROUTING -p tcp -m tcp --dport 80 --syn -j CT --notrack
                COMMIT
                *filter
                :FORWARD ACCEPT [0:0]
                -A FORWARD %s
                COMMIT
                """.formatted(SYNPROXY);
        List<Rule> rules = Saved.read("", text).rules().chain("filter FORWARD").rules();
        Packet ack = SYN.with(Field.STATE, Field.STATE_INVALID).with(Field.TCP_FLAGS, 16);
        assertThat(deciding(rules, ack.with(Field.DESTINATION_PORT, 80))).isInstanceOf(Action.Unclear.class);
        assertThat(deciding(rules, ack.with(Field.DESTINATION_PORT, 443))).isEqualTo(Action.DROP);
    }

    private static Action deciding(List<Rule> rules, Packet packet) {
        return rules.stream()
                .filter(rule -> holds(rule.condition(), packet) == Truth.YES)
                .findFirst()
                .orElseThrow()
                .action();
    }
}
