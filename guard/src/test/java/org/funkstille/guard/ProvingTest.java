package org.funkstille.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.funkstille.core.model.Home;
import org.funkstille.core.model.Network;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Prefix;
import org.funkstille.core.router.Neighbour;
import org.funkstille.core.router.Observation;
import org.funkstille.core.verdict.RuleProof;
import org.funkstille.core.verdict.RuleProof.Outcome;
import org.funkstille.core.verdict.RuleProof.Strength;
import org.funkstille.proof.filter.Action;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Rule;
import org.funkstille.proof.filter.TimeSpan;
import org.funkstille.proof.house.AddressSets;
import org.funkstille.routers.SavedRules;
import org.junit.jupiter.api.Test;

final class ProvingTest {

    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
    private static final Map<String, List<Prefix>> LEGS = Map.of(
            "lo", List.of(Prefix.parse("127.0.0.0/8")),
            "iot0", List.of(Prefix.parse("192.168.20.0/24")),
            "wan0", List.of(Prefix.parse("192.0.2.0/24")));

    private static final Rule PASS = RuleSets.rule(RuleSets.GATEWAY, Action.ACCEPT, "accept the gateway");

    private final RuleSets sets = new RuleSets()
            .with("ours", RuleSets.DROP_GATEWAY, RuleSets.DROP_CAMERA)
            .with("moved", RuleSets.DROP_CAMERA, RuleSets.DROP_GATEWAY)
            .with("passed", PASS, RuleSets.DROP_GATEWAY, RuleSets.DROP_CAMERA)
            .with("behind", RuleSets.DROP_GATEWAY, PASS, RuleSets.DROP_CAMERA)
            .with("nothing", RuleSets.DROP_CAMERA);
    private final Proving proving = new Proving(home(), sets::reader);

    @Test
    void ourRulesInFront_areAsWanted_withTheirStrength() {
        RuleProof proof = prove("ours", router(LEGS));

        assertThat(proof.outcome()).isEqualTo(Outcome.AS_WANTED);
        assertThat(proof.strength()).contains(Strength.MAC);
        assertThat(proof.decided()).isTrue();
    }

    @Test
    void ruleMovedInFrontOfOurs_isLeaking_andTheEventNamesIt() {
        assertThat(prove("behind", router(LEGS)).outcome()).isEqualTo(Outcome.AS_WANTED);
        RuleProof lost = prove("passed", router(LEGS));

        assertThat(lost.outcome()).isEqualTo(Outcome.LEAKING);
        assertThat(lost.because().getFirst()).contains("leaves by wan0").endsWith(": accept the gateway");
        assertThat(proving.takeChanges().get("gateway")).containsExactly("moved, in forward: accept the gateway");
        assertThat(proving.takeChanges()).isEmpty();
    }

    @Test
    void ruleThatIsNew_andRuleThatIsGone_areNamed() {
        prove("ours", router(LEGS));
        prove("passed", router(LEGS));
        assertThat(proving.takeChanges().get("gateway")).containsExactly("a new rule in forward: accept the gateway");

        assertThat(prove("nothing", router(LEGS)).outcome()).isEqualTo(Outcome.LEAKING);
        assertThat(proving.takeChanges().get("gateway")).containsExactly("gone from forward: accept the gateway");
    }

    @Test
    void setThatHasOtherElements_isNamedByItsRule() {
        sets.with("emptied", RuleSets.rule(Condition.NEVER, Action.DROP, "drop the gateway"), RuleSets.DROP_CAMERA);
        prove("ours", router(LEGS));

        assertThat(prove("emptied", router(LEGS)).outcome()).isEqualTo(Outcome.LEAKING);
        assertThat(proving.takeChanges().get("gateway"))
                .containsExactly("other elements in a set of the rule in forward: drop the gateway");
    }

    @Test
    void matchThatIsNotUnderstood_whereItMatters_isUnproven_andNamed() {
        Condition geoip = new Condition.Unknown("xt geoip");
        sets.with("mystery", RuleSets.rule(geoip, Action.ACCEPT, "geoip accept"), RuleSets.DROP_GATEWAY);

        RuleProof proof = prove("mystery", router(LEGS));

        assertThat(proof.outcome()).isEqualTo(Outcome.UNPROVEN);
        assertThat(proof.because()).hasSize(1).first().asString().contains("xt geoip");
        assertThat(proof.strength()).isEmpty();
    }

    @Test
    void sameRuleSetAgain_isNotReadAgain() {
        RuleProof first = prove("ours", router(LEGS));
        RuleProof second = prove("ours", router(LEGS));

        assertThat(second).isSameAs(first);
        assertThat(sets.readings()).isEqualTo(1);
        assertThat(proving.takeChanges().get("gateway")).isNullOrEmpty();
    }

    @Test
    void newAddressOfADevice_isProvedAnew_andTold_forThatDeviceAlone() {
        Condition other = Condition.all(
                RuleSets.GATEWAY, Condition.in(Field.FAMILY, Field.IPV4), Condition.in(Field.SOURCE, 0xc0a8144dL));
        sets.with(
                "by address",
                RuleSets.rule(other, Action.ACCEPT, "accept 192.168.20.77"),
                RuleSets.DROP_GATEWAY,
                RuleSets.DROP_CAMERA);
        RuleProof before = prove("by address", router(LEGS));
        assertThat(before.outcome()).isEqualTo(Outcome.AS_WANTED);
        assertThat(before.strength()).contains(Strength.ADDRESS);

        RuleProof after = prove("by address", router(LEGS, "192.168.20.77"));

        assertThat(after.outcome()).isEqualTo(Outcome.LEAKING);
        assertThat(after.because().getFirst()).contains("from 192.168.20.77");
        assertThat(proving.takeChanges()).containsEntry("gateway", List.of("a new address: 192.168.20.77"));
    }

    @Test
    void changedPrefix_isNoticed_andTold() {
        Condition newcomer = Condition.all(
                RuleSets.GATEWAY,
                Condition.in(Field.FAMILY, Field.IPV6),
                new Condition.In(Field.SOURCE, AddressSets.of(Prefix.parse("2001:db8:7::/64"))));
        sets.with(
                "by prefix",
                RuleSets.rule(newcomer, Action.ACCEPT, "accept 2001:db8:7::/64"),
                RuleSets.DROP_GATEWAY,
                RuleSets.DROP_CAMERA);
        assertThat(prove("by prefix", router(LEGS)).outcome()).isEqualTo(Outcome.AS_WANTED);

        Map<String, List<Prefix>> renumbered = Map.of(
                "iot0", List.of(Prefix.parse("192.168.20.0/24"), Prefix.parse("2001:db8:7::/64")),
                "wan0", List.of(Prefix.parse("192.0.2.0/24")));
        assertThat(prove("by prefix", router(renumbered)).outcome()).isEqualTo(Outcome.LEAKING);
        assertThat(proving.takeChanges().get("gateway"))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("the prefixes on iot0 are now [")
                .contains("2001:db8:7");
    }

    @Test
    void timeOfARule_isProvedAnewWhenItHasCome() {
        Instant evening = NOON.plusSeconds(3600);
        Condition later = Condition.all(
                RuleSets.GATEWAY, new Condition.At(new TimeSpan.Between(Optional.of(evening), Optional.empty())));
        sets.with(
                "at night",
                RuleSets.rule(later, Action.ACCEPT, "accept at night"),
                RuleSets.DROP_GATEWAY,
                RuleSets.DROP_CAMERA);
        SavedRules saved = RuleSets.saved("at night");
        RuleProof now = gateway(proving.prove(saved, router(LEGS), NOON));
        assertThat(now.outcome()).isEqualTo(Outcome.AS_WANTED);
        assertThat(now.holdsUntil()).contains(evening);
        assertThat(proving.holdsUntil()).contains(evening);

        assertThat(gateway(proving.prove(saved, router(LEGS), evening.minusMillis(1))))
                .isSameAs(now);
        assertThat(gateway(proving.prove(saved, router(LEGS), evening)).outcome())
                .isEqualTo(Outcome.LEAKING);
        assertThat(proving.takeChanges().get("gateway")).containsExactly("the time of a rule has come or is over");
    }

    @Test
    void ruleSetThatCannotBeRead_isNotProved_andSaysWhere() {
        RuleProof proof = prove("garbage", router(LEGS));

        assertThat(proof.outcome()).isEqualTo(Outcome.NOT_PROVED);
        assertThat(proof.because())
                .containsExactly("the router's rule set could not be read: rules:1:7: not a rule set");
    }

    @Test
    void readerThatFails_endsNothing_andIsNotProved() {
        Proving faulty = new Proving(
                home(),
                format -> Optional.of((texts, surroundings) -> {
                    throw new IllegalStateException("a fault");
                }));

        RuleProof proof = gateway(faulty.prove(RuleSets.saved("ours"), router(LEGS), NOON));

        assertThat(proof.outcome()).isEqualTo(Outcome.NOT_PROVED);
        assertThat(proof.because().getFirst()).contains("a fault in Funkstille").contains("a fault");
    }

    @Test
    void rulesThatMayBeInForceAndCouldNotBeRead_leaveItUnproven() {
        SavedRules saved = RuleSets.doubted(List.of("iptables-legacy cannot be read"), "ours");

        RuleProof proof = gateway(proving.prove(saved, router(LEGS), NOON));

        assertThat(proof.outcome()).isEqualTo(Outcome.UNPROVEN);
        assertThat(proof.because()).contains("iptables-legacy cannot be read");
    }

    @Test
    void twoKindsOfRules_areInForceTogether() {
        sets.with("old", RuleSets.set("old ", RuleSets.DROP_GATEWAY, RuleSets.DROP_CAMERA));

        RuleProof proof = gateway(proving.prove(RuleSets.saved("nothing", "old"), router(LEGS), NOON));

        assertThat(proof.outcome()).isEqualTo(Outcome.AS_WANTED);
    }

    @Test
    void homeThatNamesNoWayOut_isAskedAboutEveryOtherInterfaceOfTheRouter() {
        Proving unnamed = new Proving(Homes.home(), sets::reader);

        assertThat(gateway(unnamed.prove(RuleSets.saved("nothing"), router(LEGS), NOON))
                        .outcome())
                .isEqualTo(Outcome.LEAKING);
        assertThat(gateway(unnamed.prove(RuleSets.saved("nothing"), router(Map.of()), NOON))
                        .outcome())
                .isEqualTo(Outcome.NOT_PROVED);
    }

    @Test
    void deviceThatMayGoOut_isNotProved() {
        assertThat(proving.prove(RuleSets.saved("ours"), router(LEGS), NOON)).containsOnlyKeys("gateway", "camera");
    }

    private RuleProof prove(String text, Observation router) {
        return gateway(proving.prove(RuleSets.saved(text), router, NOON));
    }

    private static RuleProof gateway(Map<String, RuleProof> proofs) {
        return Optional.ofNullable(proofs.get("gateway")).orElseThrow();
    }

    private static Home home() {
        Home bare = Homes.home();
        List<Network> networks = Stream.concat(
                        bare.networks().stream(),
                        Stream.of(new Network("internet", "wan0", List.of(), Optional.empty(), Optional.empty())))
                .toList();
        return new Home(bare.routers(), networks, bare.devices(), bare.journal(), false);
    }

    private static Observation router(Map<String, List<Prefix>> prefixes, String... held) {
        List<Neighbour> neighbours = List.of(held).stream()
                .map(address -> new Neighbour(Homes.GATEWAY, Addresses.parse(address)))
                .toList();
        return new Observation(
                NOON,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                neighbours,
                Set.of(Homes.ROUTER),
                prefixes,
                List.of(),
                Map.of(),
                Optional.empty(),
                List.of());
    }
}
