package org.funkstille.proof.prover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.funkstille.proof.prover.Router.AT;
import static org.funkstille.proof.prover.Router.camera;
import static org.funkstille.proof.prover.Router.comesBy;
import static org.funkstille.proof.prover.Router.fromCamera;
import static org.funkstille.proof.prover.Router.port;
import static org.funkstille.proof.prover.Router.rule;
import static org.funkstille.proof.prover.Router.sentFrom;
import static org.funkstille.proof.prover.Router.silent;
import static org.funkstille.proof.prover.Router.state;
import static org.funkstille.proof.prover.Router.thing;
import static org.funkstille.proof.prover.Router.to;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.funkstille.core.model.Policy;
import org.funkstille.core.net.Mac;
import org.funkstille.proof.filter.Action;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Effect;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Hook;
import org.funkstille.proof.filter.Rule;
import org.funkstille.proof.filter.Rule.Origin;
import org.funkstille.proof.filter.TimeSpan;
import org.funkstille.proof.prover.Answer.Standing;
import org.funkstille.proof.prover.Answer.Strength;
import org.funkstille.proof.prover.Residual.Kind;
import org.funkstille.proof.sets.Range;
import org.funkstille.proof.sets.Value;
import org.funkstille.proof.sets.ValueSet;
import org.junit.jupiter.api.Test;

/** What is said of a camera behind routers with few rules. */
final class ProverTest {

    private static final Rule REST_LEAVES = rule("accept", Condition.ALWAYS, Action.ACCEPT);
    private static final Rule ESTABLISHED = rule(
            "ct state established,related accept", state(Field.STATE_ESTABLISHED, Field.STATE_RELATED), Action.ACCEPT);

    @Test
    void strength_isWhatTheDeviceWouldHaveToChange() {
        assertThat(silentBy(rule("iif br-iot drop", comesBy("br-iot"), Action.DROP)))
                .contains(Strength.NETWORK);
        assertThat(silentBy(rule("ether saddr camera drop", fromCamera(), Action.DROP)))
                .contains(Strength.MAC);
        assertThat(silentBy(rule("ip saddr camera drop", sentFrom("192.168.2.10/32"), Action.DROP)))
                .contains(Strength.ADDRESS);
    }

    private static Optional<Strength> silentBy(Rule rule) {
        Answer answer =
                new Router().accepting(Hook.FORWARD, rule).dropping(Hook.INPUT).prove();
        assertThat(answer.standing()).isEqualTo(Standing.AS_WANTED);
        return answer.strength();
    }

    @Test
    void leak_isShownWithItsPacketItsRuleAndItsChains() {
        Rule web = rule("tcp dport 443 accept", port(6, 443), Action.ACCEPT);
        Rule jump = rule("iif br-iot jump things", comesBy("br-iot"), new Action.Jump("things"));
        Answer answer = new Router()
                .dropping(Hook.FORWARD, jump)
                .dropping(Hook.INPUT)
                .chain("things", web)
                .prove();
        assertThat(answer.standing()).isEqualTo(Standing.LEAKING);
        assertThat(answer.path()).containsExactly("FORWARD 0", "things");
        assertThat(answer.because())
                .singleElement()
                .asString()
                .contains("port 443 leaves by wan")
                .contains("tcp dport 443 accept");
        assertThat(answer.witness()).hasValueSatisfying(witness -> {
            assertThat(witness.outInterface()).contains("wan");
            assertThat(witness.sent().number(Field.DESTINATION_PORT)).isEqualTo(443);
        });
    }

    @Test
    void services_areWaysOutOnlyWhereTheyCount_andHarmlessOnesNever() {
        Router router = new Router()
                .dropping(Hook.FORWARD)
                .dropping(Hook.INPUT, rule("udp dport 53 accept", port(17, 53), Action.ACCEPT));
        Answer answer = router.prove();
        assertThat(answer.standing()).isEqualTo(Standing.LEAKING);
        assertThat(answer.witness().orElseThrow().outInterface()).isEmpty();
        assertThat(router.withoutServices().prove().standing()).isEqualTo(Standing.AS_WANTED);

        Router harmless = new Router()
                .dropping(Hook.FORWARD)
                .dropping(
                        Hook.INPUT,
                        rule("udp dport 67 accept", port(17, 67), Action.ACCEPT),
                        rule("icmp accept", Condition.in(Field.PROTOCOL, 1), Action.ACCEPT));
        assertThat(harmless.prove().standing()).isEqualTo(Standing.AS_WANTED);
    }

    @Test
    void unclearStatementAtTheRouter_isUnproven_evenWhereServicesDoNotCount() {
        Answer answer = new Router()
                .dropping(Hook.FORWARD)
                .dropping(
                        Hook.INPUT,
                        rule("tee 192.0.2.1", Condition.ALWAYS, Action.CONTINUE, new Effect.Unclear("tee 192.0.2.1")))
                .withoutServices()
                .prove();
        assertThat(answer.standing()).isEqualTo(Standing.UNPROVEN);
        assertThat(answer.because()).containsExactly("not understood: tee 192.0.2.1");
    }

    @Test
    void unknownMatch_isUnproven_andBothOutcomesAreTold() {
        Answer answer = new Router()
                .dropping(Hook.FORWARD, rule("-m owl accept", new Condition.Unknown("-m owl"), Action.ACCEPT))
                .dropping(Hook.INPUT)
                .prove();
        assertThat(answer.standing()).isEqualTo(Standing.UNPROVEN);
        assertThat(answer.because())
                .singleElement()
                .asString()
                .startsWith("not understood: -m owl; if it holds: leaking (")
                .endsWith(", if not: silent");
    }

    @Test
    void unclearTarget_isUnproven_andBothOutcomesAreTold() {
        Answer answer = new Router()
                .dropping(Hook.FORWARD, rule("-j OWL", fromCamera(), new Action.Unclear("-j OWL")))
                .dropping(Hook.INPUT)
                .prove();
        assertThat(answer.standing()).isEqualTo(Standing.UNPROVEN);
        assertThat(answer.because())
                .singleElement()
                .asString()
                .startsWith("not understood: -j OWL; if it holds: leaking (")
                .endsWith(", if not: silent");
    }

    @Test
    void unknownThatTheOtherRuleMakesUpFor_isALeakAllTheSame() {
        Condition owl = new Condition.Unknown("-m owl");
        Answer answer = new Router()
                .dropping(
                        Hook.FORWARD,
                        rule("-m owl drop", Condition.all(owl, to("198.51.100.0/24")), Action.DROP),
                        rule("-d 198.51.100.0/23 accept", to("198.51.100.0/23"), Action.ACCEPT))
                .dropping(Hook.INPUT)
                .prove();
        assertThat(answer.standing()).isEqualTo(Standing.LEAKING);
        assertThat(answer.witness().orElseThrow().sent().get(Field.DESTINATION))
                .isNotEqualTo(Value.of(Router.address("198.51.100.10").orElseThrow()));
    }

    @Test
    void acceptedEitherWay_isALeak_thoughNoSingleRuleSurelyLetsItOut() {
        Condition owl = new Condition.Unknown("-m owl");
        Answer answer = new Router()
                .dropping(
                        Hook.FORWARD,
                        rule("-m owl accept", owl, Action.ACCEPT),
                        rule("tcp dport 443 accept", port(6, 443), Action.ACCEPT))
                .dropping(Hook.INPUT)
                .prove();
        assertThat(answer.standing()).isEqualTo(Standing.LEAKING);
    }

    @Test
    void residualWays_areFoundByDefault_andAreLeaksWhereStrict() {
        Rule errors = rule(
                Origin.SYSTEM,
                "pass icmp6 errors",
                Condition.all(
                        Condition.in(Field.FAMILY, Field.IPV6),
                        Condition.in(Field.PROTOCOL, 58),
                        Condition.in(Field.ICMP_TYPE, ValueSet.of(8, Range.of(1, 4)))),
                Action.ACCEPT);
        Rule page = rule(Origin.ADMINISTRATION, "pass administration", port(6, 443), Action.ACCEPT);
        Router router = new Router().withIpv6().dropping(Hook.FORWARD, errors).dropping(Hook.INPUT, page);
        Answer answer = router.prove();
        assertThat(answer.standing()).isEqualTo(Standing.AS_WANTED);
        assertThat(answer.residual()).extracting(Residual::kind).contains(Kind.ICMPV6_ERRORS, Kind.ROUTER_ADMIN);
        assertThat(answer.residual())
                .extracting(way -> way.rule().text())
                .contains("pass icmp6 errors", "pass administration");
        assertThat(router.strict().prove().standing()).isEqualTo(Standing.LEAKING);
    }

    @Test
    void systemRuleThatLetsOutMore_isALeakOfTheRest() {
        Rule all = rule(Origin.SYSTEM, "pass all", Condition.ALWAYS, Action.ACCEPT);
        Answer answer =
                new Router().dropping(Hook.FORWARD, all).dropping(Hook.INPUT).prove();
        assertThat(answer.standing()).isEqualTo(Standing.LEAKING);
    }

    @Test
    void answersToAFlowFromOutside_areResidual_andALeakWhereStrict() {
        Rule opened = rule("iif wan ip daddr 192.168.2.10 accept", comesBy("wan"), Action.ACCEPT);
        Rule translated = rule(
                "dnat to 192.168.2.10",
                Condition.all(comesBy("wan"), port(6, 8080)),
                Action.ACCEPT,
                new Effect.Assign(Field.DESTINATION, ValueSet.of(Field.DESTINATION.bits(), Value.of(Router.ADDRESS))),
                new Effect.Assign(Field.DESTINATION_TYPE, Field.DESTINATION_TYPE.only(Field.TYPE_UNICAST)));
        Router router = new Router()
                .base(Hook.PREROUTING, true, Action.ACCEPT, translated)
                .dropping(Hook.FORWARD, ESTABLISHED, opened)
                .dropping(Hook.INPUT);
        Answer answer = router.prove();
        assertThat(answer.standing()).isEqualTo(Standing.AS_WANTED);
        assertThat(answer.residual()).singleElement().satisfies(way -> {
            assertThat(way.kind()).isEqualTo(Kind.ANSWERS_TO_INBOUND);
            assertThat(way.rule()).isEqualTo(opened.source());
        });
        assertThat(router.strict().prove().standing()).isEqualTo(Standing.LEAKING);

        Router closed = new Router()
                .base(Hook.PREROUTING, true, Action.ACCEPT, translated)
                .dropping(Hook.FORWARD, rule("camera drop", fromCamera(), Action.DROP), ESTABLISHED, opened)
                .dropping(Hook.INPUT);
        assertThat(closed.strict().prove().standing()).isEqualTo(Standing.AS_WANTED);
    }

    @Test
    void holdsUntil_isTheNextMomentThatMatters() {
        Instant later = AT.plus(Duration.ofHours(3));
        TimeSpan soon = new TimeSpan.Between(Optional.of(later), Optional.empty());
        Answer silentNow = new Router()
                .dropping(Hook.FORWARD, rule("from 15:00 accept", new Condition.At(soon), Action.ACCEPT))
                .dropping(Hook.INPUT)
                .prove();
        assertThat(silentNow.standing()).isEqualTo(Standing.AS_WANTED);
        assertThat(silentNow.holdsUntil()).contains(later);

        TimeSpan daily = new TimeSpan.Daily(
                LocalTime.of(6, 0), LocalTime.of(22, 0), EnumSet.allOf(DayOfWeek.class), Optional.of(ZoneOffset.UTC));
        Answer leakingNow = new Router()
                .dropping(Hook.FORWARD, rule("6:00 to 22:00 accept", new Condition.At(daily), Action.ACCEPT))
                .dropping(Hook.INPUT)
                .prove();
        assertThat(leakingNow.standing()).isEqualTo(Standing.LEAKING);
        assertThat(leakingNow.holdsUntil()).contains(Instant.parse("2026-11-23T22:00:00Z"));
    }

    @Test
    void timeOfRulesForOthers_doesNotMatter() {
        TimeSpan soon = new TimeSpan.Between(Optional.of(AT.plus(Duration.ofHours(3))), Optional.empty());
        Condition other =
                Condition.in(Field.ETHER_SOURCE, Mac.parse("02:00:00:00:00:99").bits());
        Answer answer = new Router()
                .dropping(
                        Hook.FORWARD,
                        rule("of another device", Condition.all(new Condition.At(soon), other), Action.ACCEPT))
                .dropping(Hook.INPUT)
                .prove();
        assertThat(answer.holdsUntil()).isEmpty();
    }

    @Test
    void expiringElement_ofASetThatSilences_endsTheProof() {
        Instant expires = AT.plus(Duration.ofMinutes(90));
        Condition element = Condition.all(
                fromCamera(), new Condition.At(new TimeSpan.Between(Optional.empty(), Optional.of(expires))));
        Answer answer = new Router()
                .accepting(Hook.FORWARD, rule("ether saddr @blocked drop", element, Action.DROP))
                .dropping(Hook.INPUT)
                .prove();
        assertThat(answer.standing()).isEqualTo(Standing.AS_WANTED);
        assertThat(answer.holdsUntil()).contains(expires);
    }

    @Test
    void timeWithoutZone_isUnproven_andBothOutcomesAreTold() {
        TimeSpan daily = new TimeSpan.Daily(
                LocalTime.of(6, 0), LocalTime.of(22, 0), EnumSet.allOf(DayOfWeek.class), Optional.empty());
        Answer answer = new Router()
                .dropping(Hook.FORWARD, rule("6:00 to 22:00 accept", new Condition.At(daily), Action.ACCEPT))
                .dropping(Hook.INPUT)
                .prove();
        assertThat(answer.standing()).isEqualTo(Standing.UNPROVEN);
        assertThat(answer.because())
                .singleElement()
                .asString()
                .contains("06:00 to 22:00 every day, local time; if it holds: leaking (")
                .endsWith("if not: silent");
    }

    @Test
    void repairs_nameTheRuleToMove_orToNarrow_orThatThereIsNone() {
        Rule web = rule("tcp dport 443 accept", port(6, 443), Action.ACCEPT);
        Rule block = rule("ether saddr camera drop", fromCamera(), Action.DROP);
        Prover moving = new Router()
                .accepting(Hook.FORWARD, web, block)
                .dropping(Hook.INPUT)
                .prover();
        assertThat(moving.repairs(camera(silent())))
                .containsExactly("put the rule «ether saddr camera drop» before «tcp dport 443 accept»");

        Prover narrowing = new Router()
                .dropping(Hook.FORWARD, web, REST_LEAVES)
                .dropping(Hook.INPUT)
                .prover();
        assertThat(narrowing.repairs(camera(silent())))
                .containsExactly(
                        "except the device from «tcp dport 443 accept», or drop it before that",
                        "except the device from «accept», or drop it before that");

        Prover none = new Router().accepting(Hook.FORWARD).dropping(Hook.INPUT).prover();
        assertThat(none.repairs(camera(silent())))
                .singleElement()
                .asString()
                .startsWith("no rule stops it (policy of FORWARD 0)");

        Prover silent = new Router().dropping(Hook.FORWARD).dropping(Hook.INPUT).prover();
        assertThat(silent.repairs(camera(silent()))).isEmpty();
    }

    @Test
    void devicesAskedTogether_getTheAnswersThatEachGetsAlone() {
        Condition odd = Condition.in(
                Field.ETHER_SOURCE,
                ValueSet.ofAll(
                        48,
                        List.of(
                                Range.of(Router.CAMERA.bits() + 1, Router.CAMERA.bits() + 1),
                                Range.of(Router.CAMERA.bits() + 3, Router.CAMERA.bits() + 3))));
        Prover prover = new Router()
                .dropping(
                        Hook.FORWARD,
                        rule("odd ones accept", odd, Action.ACCEPT),
                        rule(
                                "-m owl accept",
                                Condition.all(sentFrom("192.168.2.12/32"), new Condition.Unknown("-m owl")),
                                Action.ACCEPT))
                .dropping(Hook.INPUT)
                .prover();
        List<Subject> things = new ArrayList<>();
        for (int number = 0; number < 6; number++) {
            things.add(thing(number));
        }
        List<Answer> together = prover.prove(things);
        assertThat(together).isEqualTo(things.stream().map(prover::prove).toList());
        assertThat(together)
                .extracting(Answer::standing)
                .containsExactly(
                        Standing.AS_WANTED,
                        Standing.LEAKING,
                        Standing.UNPROVEN,
                        Standing.LEAKING,
                        Standing.AS_WANTED,
                        Standing.AS_WANTED);
    }

    @Test
    void chainsWithMoreWaysThroughThemThanCanBeFollowed_areUnprovenBecauseOfSize() {
        Router router = new Router().dropping(Hook.INPUT);
        for (int level = 1; level <= 60; level++) {
            Action jump = new Action.Jump(level == 1 ? "empty" : Integer.toString(level - 1));
            router.chain(
                    Integer.toString(level),
                    rule("jump", Condition.ALWAYS, jump),
                    rule("jump again", Condition.ALWAYS, jump));
        }
        Answer answer = router.chain("empty")
                .accepting(Hook.FORWARD, rule("jump 60", Condition.ALWAYS, new Action.Jump("60")))
                .prove();
        assertThat(answer.standing()).isEqualTo(Standing.UNPROVEN);
        assertThat(answer.because()).singleElement().asString().startsWith("unproven because of size: ");
    }

    @Test
    void onlineDevice_isAsWanted_whateverTheRules() {
        Answer answer = new Router().accepting(Hook.FORWARD).prove(new Policy.Online());
        assertThat(answer.standing()).isEqualTo(Standing.AS_WANTED);
        assertThat(answer.strength()).isEmpty();
    }
}
