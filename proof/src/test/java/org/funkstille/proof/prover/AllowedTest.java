package org.funkstille.proof.prover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.funkstille.proof.prover.Router.port;
import static org.funkstille.proof.prover.Router.rule;
import static org.funkstille.proof.prover.Router.to;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.funkstille.core.model.Answer;
import org.funkstille.core.model.Destination;
import org.funkstille.core.model.Policy;
import org.funkstille.core.net.Family;
import org.funkstille.core.net.Prefix;
import org.funkstille.core.net.Protocol;
import org.funkstille.proof.boxes.Escape;
import org.funkstille.proof.filter.Action;
import org.funkstille.proof.filter.Box;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Hook;
import org.funkstille.proof.filter.Packet;
import org.funkstille.proof.filter.Rule;
import org.funkstille.proof.prover.Answer.Standing;
import org.funkstille.proof.sets.Range;
import org.funkstille.proof.sets.Value;
import org.funkstille.proof.sets.ValueSet;
import org.junit.jupiter.api.Test;

/** Devices that may talk to a few destinations. */
final class AllowedTest {

    private static final Policy TIME_AND_UPDATES = new Policy.AllowList(
            Answer.REJECT,
            List.of(
                    new Destination(Prefix.parse("198.51.100.7/32"), Optional.of(Protocol.UDP), Optional.of(123)),
                    new Destination(Prefix.parse("203.0.113.0/24"), Optional.of(Protocol.TCP), Optional.empty())));
    private static final Rule TIME = rule(
            "udp to 198.51.100.7 port 123 accept", Condition.all(to("198.51.100.7/32"), port(17, 123)), Action.ACCEPT);
    private static final Rule UPDATES = rule(
            "tcp to 203.0.113.0/24 accept",
            Condition.all(to("203.0.113.0/24"), Condition.in(Field.PROTOCOL, 6)),
            Action.ACCEPT);
    private static final Rule RESOLVER = rule(
            "udp dport 53 accept",
            Condition.all(Condition.in(Field.DESTINATION_TYPE, Field.TYPE_LOCAL), port(17, 53)),
            Action.ACCEPT);

    @Test
    void allowedDestinationsAndTheResolver_areNoLeak_butForASilentDeviceTheyAre() {
        Router router = new Router().dropping(Hook.FORWARD, TIME, UPDATES).dropping(Hook.INPUT, RESOLVER);
        assertThat(router.prove(TIME_AND_UPDATES).standing()).isEqualTo(Standing.AS_WANTED);
        assertThat(router.prove().standing()).isEqualTo(Standing.LEAKING);
    }

    @Test
    void whatGoesBeyondTheList_isALeak_andTheWitnessIsNotAllowed() {
        assertThat(destinationOfLeak(port(17, 124), to("198.51.100.7/32"))).isEqualTo("198.51.100.7");
        assertThat(destinationOfLeak(port(17, 123), to("198.51.100.6/31"))).isEqualTo("198.51.100.6");
        assertThat(destinationOfLeak(Condition.in(Field.PROTOCOL, 17), to("203.0.113.9/32")))
                .isEqualTo("203.0.113.9");
    }

    private static String destinationOfLeak(Condition... conditions) {
        Rule more = rule("more accept", Condition.all(conditions), Action.ACCEPT);
        org.funkstille.proof.prover.Answer answer = new Router()
                .dropping(Hook.FORWARD, TIME, UPDATES, more)
                .dropping(Hook.INPUT)
                .prove(TIME_AND_UPDATES);
        assertThat(answer.standing()).isEqualTo(Standing.LEAKING);
        Packet sent = answer.witness().orElseThrow().sent();
        assertThat(Allowed.by(TIME_AND_UPDATES, Family.IPV4).boxes()).noneMatch(box -> box.contains(sent));
        return org.funkstille.core.net.Addresses.text(
                org.funkstille.proof.house.AddressSets.address(sent.get(Field.DESTINATION), Family.IPV4));
    }

    @Test
    void otherServicesOfTheRouter_areALeak() {
        Rule anything = rule("accept", Condition.ALWAYS, Action.ACCEPT);
        assertThat(new Router()
                        .dropping(Hook.FORWARD)
                        .dropping(Hook.INPUT, anything)
                        .prove(TIME_AND_UPDATES)
                        .standing())
                .isEqualTo(Standing.LEAKING);
    }

    /** In few numbers, all packets: what is left is what escapes and is in no allowed box. */
    @Test
    void without_leavesExactlyWhatIsNotAllowed() {
        Random random = new Random(5);
        for (int round = 0; round < 200; round++) {
            Allowed allowed = Allowed.by(TIME_AND_UPDATES, Family.IPV4);
            Escape escape = new Escape(someBox(random), Box.all(), Escape.Way.OUTSIDE, Set.of());
            List<Escape> left = allowed.without(List.of(escape));
            for (int count = 0; count < 200; count++) {
                Packet packet = somePacket(random);
                boolean counts = escape.sent().contains(packet)
                        && allowed.boxes().stream().noneMatch(box -> box.contains(packet));
                assertThat(left.stream().anyMatch(one -> one.sent().contains(packet)))
                        .as("%s of %s", packet, escape.sent())
                        .isEqualTo(counts);
            }
        }
    }

    private static Box someBox(Random random) {
        Box box = Box.all();
        if (random.nextBoolean()) {
            int first = random.nextInt(18);
            box = box.with(
                    Field.PROTOCOL, ValueSet.of(Field.PROTOCOL.bits(), Range.of(first, first + random.nextInt(12))));
        }
        if (random.nextBoolean()) {
            box = box.with(Field.DESTINATION_PORT, ValueSet.of(16, Range.of(0, random.nextInt(200))));
        }
        return random.nextBoolean() ? box : box.with(Field.LATER_FRAGMENT, random.nextInt(2));
    }

    private static Packet somePacket(Random random) {
        List<String> addresses = List.of("198.51.100.7", "198.51.100.8", "203.0.113.200", "192.168.2.1");
        Value destination = Value.of(
                Router.address(addresses.get(random.nextInt(addresses.size()))).orElseThrow());
        return new Packet(field -> switch (field) {
            case DESTINATION -> destination;
            case PROTOCOL -> Value.of(List.of(6, 17, 1).get(random.nextInt(3)));
            case DESTINATION_PORT -> Value.of(List.of(53, 123, 443).get(random.nextInt(3)));
            case LATER_FRAGMENT, DESTINATION_TYPE -> Value.of(random.nextInt(2));
            default -> Value.ZERO;
        });
    }
}
