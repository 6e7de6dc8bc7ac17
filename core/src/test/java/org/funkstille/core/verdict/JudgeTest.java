package org.funkstille.core.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.funkstille.core.evidence.Flow;
import org.funkstille.core.evidence.Traffic;
import org.funkstille.core.model.Answer;
import org.funkstille.core.model.Device;
import org.funkstille.core.model.Policy;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Endpoint;
import org.funkstille.core.net.Mac;
import org.funkstille.core.net.Protocol;
import org.funkstille.core.router.Counts;
import org.funkstille.core.router.OpenWindow;
import org.funkstille.core.verdict.DeviceEvidence.Canary;
import org.funkstille.core.verdict.DeviceEvidence.FlowWatch;
import org.funkstille.core.verdict.DeviceEvidence.Rules;
import org.funkstille.core.verdict.DeviceEvidence.States;
import org.funkstille.core.verdict.RuleProof.Outcome;
import org.funkstille.core.verdict.Witness.Kind;
import org.funkstille.core.verdict.Witness.Says;
import org.junit.jupiter.api.Test;

class JudgeTest {

    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
    private static final Instant SINCE = NOW.minusSeconds(3600);

    private static final Flow FLOW = new Flow(
            NOW.minusSeconds(30),
            Optional.empty(),
            "gateway",
            new Endpoint(Addresses.parse("192.0.2.1"), Protocol.UDP, 8053),
            Optional.of("ot.io.mi.com"),
            true,
            Traffic.NONE);

    private static final Policy SILENT = new Policy.Silent(Answer.REJECT);
    private static final Policy ALLOW_LIST = new Policy.AllowList(Answer.REJECT, List.of());
    private static final Policy ONLINE = new Policy.Online();

    private static final List<String> DIFFERENCES = List.of("its set is empty", "no chain");
    private static final List<String> DOUBTS = List.of("it could not be compared");

    private static final RuleProof AS_WANTED = proof(Outcome.AS_WANTED);
    private static final RuleProof LEAK = proof(Outcome.LEAKING, "udp to 192.0.2.1 leaves by wan0: accept");
    private static final RuleProof NOT_KNOWN = proof(Outcome.UNPROVEN, "not understood: xt geoip");

    private static final Rules RULES_STAND = new Rules(NOW, List.of(), List.of(), Optional.of(AS_WANTED));
    private static final Rules RULES_DIFFER = new Rules(NOW, DIFFERENCES, List.of(), Optional.of(AS_WANTED));
    private static final Rules RULES_DOUBTED = new Rules(NOW, List.of(), DOUBTS, Optional.of(AS_WANTED));
    private static final Rules RULES_DIFFER_AND_DOUBTED = new Rules(NOW, DIFFERENCES, DOUBTS, Optional.of(AS_WANTED));
    private static final Rules RULES_LEAK = new Rules(NOW, List.of(), List.of(), Optional.of(LEAK));
    private static final Rules RULES_DIFFER_AND_LEAK = new Rules(NOW, DIFFERENCES, List.of(), Optional.of(LEAK));
    private static final Rules RULES_UNPROVEN = new Rules(NOW, List.of(), List.of(), Optional.of(NOT_KNOWN));
    private static final Rules RULES_UNREAD =
            new Rules(NOW, List.of(), List.of(), Optional.of(RuleProof.notProved("the rule set could not be read")));
    private static final Rules RULES_WITHOUT_PROOF = new Rules(NOW, List.of(), List.of(), Optional.empty());

    private static final List<Rules> ALL_RULES = List.of(
            RULES_STAND,
            RULES_DIFFER,
            RULES_DOUBTED,
            RULES_DIFFER_AND_DOUBTED,
            RULES_LEAK,
            RULES_DIFFER_AND_LEAK,
            RULES_UNPROVEN,
            RULES_UNREAD,
            RULES_WITHOUT_PROOF);

    private static final FlowWatch NO_FLOW = new FlowWatch(Optional.of(SINCE), 0, List.of());
    private static final FlowWatch PASSED = new FlowWatch(Optional.of(SINCE), 0, List.of(FLOW));
    private static final FlowWatch PASSED_AND_DEAF = new FlowWatch(Optional.empty(), 0, List.of(FLOW));
    private static final FlowWatch PASSED_AND_LOST = new FlowWatch(Optional.of(SINCE), 7, List.of(FLOW, FLOW));
    private static final FlowWatch DEAF = new FlowWatch(Optional.empty(), 0, List.of());
    private static final FlowWatch LOST = new FlowWatch(Optional.of(SINCE), 7, List.of());

    private static final States NO_STATES = new States(NOW, Optional.of(List.of()));
    private static final States OPEN_STATES = new States(NOW, Optional.of(List.of("udp 192.0.2.1:8053")));
    private static final States UNREADABLE = new States(NOW, Optional.empty());

    private static final Optional<Canary> SEEN = Optional.of(new Canary(NOW.minusSeconds(5), true));
    private static final Optional<Canary> UNSEEN = Optional.of(new Canary(NOW.minusSeconds(5), false));
    private static final Optional<Canary> STALE = Optional.of(new Canary(NOW.minus(Judge.CANARY_HOLDS), true));
    private static final Optional<Canary> BARELY_FRESH =
            Optional.of(new Canary(NOW.minus(Judge.CANARY_HOLDS).plusMillis(1), true));

    private static final Optional<OpenWindow> SHUT = Optional.empty();
    private static final Optional<OpenWindow> OPEN = window(NOW.plusSeconds(60));
    private static final Optional<OpenWindow> JUST_OVER = window(NOW);

    @Test
    void judge_everyCombinationOfWitnesses_isAsTheRulesOfJudgementSay() {
        int judged = 0;
        Set<Status> seen = EnumSet.noneOf(Status.class);
        for (Policy policy : List.of(SILENT, ALLOW_LIST, ONLINE)) {
            for (DeviceEvidence evidence : everything()) {
                Status status = Judge.judge(device(policy), evidence).status();
                assertThat(status).as("%s with %s", policy, evidence).isEqualTo(expected(policy, evidence));
                seen.add(status);
                judged++;
            }
        }
        assertThat(judged).isEqualTo(3 * 9 * 3 * 6 * 3 * 5);
        assertThat(seen).isEqualTo(EnumSet.allOf(Status.class));
    }

    @Test
    void judge_everyCombination_isSilentOnlyIfAllFiveWitnessesSayYes() {
        int silent = 0;
        for (Policy policy : List.of(SILENT, ALLOW_LIST, ONLINE)) {
            for (DeviceEvidence evidence : everything()) {
                Verdict verdict = Judge.judge(device(policy), evidence);
                if (verdict.status() == Status.SILENT || verdict.status() == Status.ALLOW_LIST) {
                    assertThat(verdict.witnesses()).extracting(Witness::kind).containsExactly(Kind.values());
                    assertThat(verdict.witnesses()).extracting(Witness::says).containsOnly(Says.YES);
                    assertThat(evidence.flows().passed()).isEmpty();
                    assertThat(evidence.flows().lost()).isZero();
                    assertThat(evidence.states().open()).contains(List.of());
                    assertThat(evidence.rules().differences()).isEmpty();
                    assertThat(evidence.rules().proof()).contains(AS_WANTED);
                    assertThat(verdict.grade()).isEqualTo(Grade.PROVED);
                    silent++;
                }
            }
        }
        assertThat(silent).as("of either policy, canary seen or barely fresh").isEqualTo(4);
    }

    @Test
    void judge_everyCombination_saysWhyExactlyWhereItIsNotAsWanted() {
        for (Policy policy : List.of(SILENT, ALLOW_LIST, ONLINE)) {
            for (DeviceEvidence evidence : everything()) {
                Verdict verdict = Judge.judge(device(policy), evidence);
                assertThat(verdict.because().isEmpty())
                        .as("%s", verdict)
                        .isEqualTo(verdict.status().asWanted());
                assertThat(verdict.until().isPresent())
                        .isEqualTo(evidence.window().isPresent() && !policy.equals(ONLINE));
                assertThat(verdict.at()).isEqualTo(NOW);
                boolean decided = Set.of(Optional.of(AS_WANTED), Optional.of(LEAK))
                        .contains(evidence.rules().proof());
                assertThat(verdict.grade())
                        .isEqualTo(decided && !policy.equals(ONLINE) ? Grade.PROVED : Grade.OBSERVED);
            }
        }
    }

    @Test
    void judge_passedFlow_isNamedInTheReason() {
        assertThat(because(RULES_STAND, PASSED, NO_STATES, SEEN))
                .containsExactly(
                        "flows: 1 flow passed, the first to udp 192.0.2.1:8053 (ot.io.mi.com) at 2026-05-01T11:59:30Z");
        assertThat(because(RULES_STAND, PASSED_AND_LOST, NO_STATES, SEEN).getFirst())
                .startsWith("flows: 2 flows passed");
    }

    @Test
    void judge_leakingWithOtherRules_namesTheRulesToo() {
        assertThat(because(RULES_DIFFER, PASSED, UNREADABLE, UNSEEN))
                .hasSize(2)
                .first()
                .isEqualTo("rules: its set is empty; no chain");
    }

    @Test
    void judge_rulesDiffer_namesEveryDifference() {
        assertThat(because(RULES_DIFFER, NO_FLOW, NO_STATES, SEEN))
                .containsExactly("rules: its set is empty; no chain");
    }

    @Test
    void judge_packetThatIsProvedToGetOut_isLeakingThoughNoFlowWasSeen_andNamesItBeforeWhatDiffers() {
        assertThat(because(RULES_LEAK, NO_FLOW, NO_STATES, SEEN))
                .containsExactly("rules: udp to 192.0.2.1 leaves by wan0: accept");
        assertThat(because(RULES_DIFFER_AND_LEAK, NO_FLOW, NO_STATES, SEEN))
                .containsExactly("rules: udp to 192.0.2.1 leaves by wan0: accept; its set is empty; no chain");
    }

    @Test
    void judge_proofThatDidNotDecide_isUnprovenAndSaysWhatIsMissing() {
        assertThat(because(RULES_UNPROVEN, NO_FLOW, NO_STATES, SEEN))
                .containsExactly("rules: not understood: xt geoip");
        assertThat(because(RULES_UNREAD, NO_FLOW, NO_STATES, SEEN))
                .containsExactly("rules: the rule set could not be read");
        assertThat(because(RULES_WITHOUT_PROOF, NO_FLOW, NO_STATES, SEEN)).containsExactly("rules: nothing was proved");
    }

    @Test
    void judge_proved_tellsWhatTheDeviceWouldHaveToChange_andWhatWasTakenForGranted() {
        RuleProof byMac = new RuleProof(
                Outcome.AS_WANTED,
                List.of("the set blocklist is empty"),
                Optional.of(RuleProof.Strength.MAC),
                List.of(),
                Optional.empty());
        Rules rules = new Rules(NOW, List.of(), List.of(), Optional.of(byMac));
        DeviceEvidence evidence = new DeviceEvidence(NOW, rules, SHUT, Counts.ZERO, NO_FLOW, NO_STATES, SEEN);

        Verdict verdict = Judge.judge(device(SILENT), evidence);

        assertThat(verdict.proof()).contains(byMac);
        assertThat(verdict.witnesses().getFirst().detail())
                .endsWith("lets it out, unless it takes another MAC address;"
                        + " taken for granted: the set blocklist is empty");
    }

    @Test
    void judge_leakThroughAnOpenWindow_isTheWindow_andTheRulesAgree() {
        DeviceEvidence evidence = new DeviceEvidence(NOW, RULES_LEAK, OPEN, Counts.ZERO, NO_FLOW, OPEN_STATES, SEEN);

        Verdict verdict = Judge.judge(device(SILENT), evidence);

        assertThat(verdict.status()).isEqualTo(Status.WINDOW_OPEN);
        assertThat(verdict.witnesses().getFirst().says()).isEqualTo(Says.YES);
    }

    @Test
    void judge_everythingUnknown_namesAllThatIsMissing() {
        assertThat(because(RULES_DOUBTED, DEAF, UNREADABLE, Optional.empty()))
                .containsExactly(
                        "rules: it could not be compared",
                        "flows: nobody is listening for flows",
                        "states: the router's table of open flows could not be read",
                        "canary: no canary was sent");
    }

    @Test
    void judge_eachDoubtAlone_isNamed() {
        assertThat(because(RULES_STAND, LOST, NO_STATES, SEEN))
                .containsExactly("flows: 7 flow events were lost since 2026-05-01T11:00:00Z;"
                        + " no flow was seen among the rest");
        assertThat(because(RULES_STAND, NO_FLOW, OPEN_STATES, SEEN))
                .containsExactly("states: 1 flow is still in the router's table, the first udp 192.0.2.1:8053");
        assertThat(because(RULES_STAND, NO_FLOW, NO_STATES, STALE))
                .containsExactly("canary: the last packet that was seen to be refused is older than 5 minutes");
        assertThat(because(RULES_STAND, NO_FLOW, NO_STATES, UNSEEN))
                .containsExactly("canary: a packet that must be refused was sent, and its refusal was not seen");
    }

    @Test
    void judge_windowThatTheRouterStillHas_isOpenWhateverTheClockSays() {
        DeviceEvidence evidence =
                new DeviceEvidence(NOW, RULES_STAND, JUST_OVER, Counts.ZERO, NO_FLOW, OPEN_STATES, SEEN);

        Verdict verdict = Judge.judge(device(SILENT), evidence);

        assertThat(verdict.status()).isEqualTo(Status.WINDOW_OPEN);
        assertThat(verdict.until()).contains(NOW);
    }

    @Test
    void judge_onlineDevice_isAskedOnlyForItsRules() {
        DeviceEvidence evidence = new DeviceEvidence(
                NOW, RULES_DOUBTED, OPEN, Counts.ZERO, PASSED_AND_DEAF, UNREADABLE, Optional.empty());

        Verdict verdict = Judge.judge(device(ONLINE), evidence);

        assertThat(verdict.status()).isEqualTo(Status.UNPROVEN);
        assertThat(verdict.because()).containsExactly("rules: it could not be compared");
        assertThat(verdict.proof()).isEmpty();
        assertThat(verdict.witnesses()).extracting(Witness::kind).containsExactly(Kind.RULES, Kind.COUNTERS);
    }

    @Test
    void judge_counters_areTold() {
        DeviceEvidence evidence =
                new DeviceEvidence(NOW, RULES_STAND, SHUT, new Counts(12, 9), NO_FLOW, NO_STATES, SEEN);

        assertThat(Judge.judge(device(SILENT), evidence).witnesses())
                .extracting(Witness::detail)
                .contains("12 packets seen, 9 of them refused, since the rules were laid");
    }

    @Test
    void judge_routerWithoutARuleSetButWithFlows_isSilentAndOnlyObserved() {
        DeviceEvidence evidence = lacking(NO_FLOW, SEEN, Kind.RULES, Kind.COUNTERS);

        Verdict verdict = Judge.judge(device(SILENT), evidence);

        assertThat(verdict.status()).isEqualTo(Status.SILENT);
        assertThat(verdict.grade()).isEqualTo(Grade.OBSERVED);
        assertThat(verdict.proof()).isEmpty();
        assertThat(verdict.witnesses().getFirst().detail()).endsWith("nothing is proved: not on this router");
        assertThat(verdict.witnesses().get(1).says()).isEqualTo(Says.NOT_OFFERED);
    }

    @Test
    void judge_routerThatOffersNothingButItsWord_isSilentAndOnlyDeclared() {
        DeviceEvidence evidence = lacking(DEAF, Optional.empty(), Kind.values());

        Verdict verdict = Judge.judge(device(SILENT), evidence);

        assertThat(verdict.status()).isEqualTo(Status.SILENT);
        assertThat(verdict.grade()).isEqualTo(Grade.DECLARED);
    }

    @Test
    void judge_routerWithoutAnythingWhoseRulesDiffer_isUnproven() {
        DeviceEvidence evidence = new DeviceEvidence(
                NOW, RULES_DIFFER, SHUT, Counts.ZERO, DEAF, UNREADABLE, Optional.empty(), missing(Kind.values()));

        assertThat(Judge.judge(device(SILENT), evidence).status()).isEqualTo(Status.UNPROVEN);
    }

    @Test
    void judge_canaryThatGotOut_isALeakThatNamesIt() {
        Canary escaped = new Canary(NOW, false, Optional.of("got an answer from tcp [2001:db8::1]:443"));
        DeviceEvidence evidence =
                lacking(DEAF, Optional.of(escaped), Kind.RULES, Kind.COUNTERS, Kind.FLOWS, Kind.STATES);

        Verdict verdict = Judge.judge(device(SILENT), evidence);

        assertThat(verdict.status()).isEqualTo(Status.LEAKING);
        assertThat(verdict.grade()).isEqualTo(Grade.OBSERVED);
        assertThat(verdict.because()).containsExactly("canary: got an answer from tcp [2001:db8::1]:443");
    }

    private static DeviceEvidence lacking(FlowWatch flows, Optional<Canary> canary, Kind... missing) {
        return new DeviceEvidence(
                NOW, RULES_WITHOUT_PROOF, SHUT, Counts.ZERO, flows, NO_STATES, canary, missing(missing));
    }

    private static Map<Kind, String> missing(Kind... kinds) {
        return Stream.of(kinds).collect(Collectors.toMap(kind -> kind, kind -> "not on this router"));
    }

    @Test
    void words_ofStatusGradeAndWitness_areTheContract() {
        assertThat(Stream.of(Status.values()).map(Status::word))
                .containsExactly("silent", "window open", "leaking", "unproven", "online", "allow-list");
        assertThat(Stream.of(Status.values()).filter(Status::asWanted))
                .containsExactly(Status.SILENT, Status.WINDOW_OPEN, Status.ONLINE, Status.ALLOW_LIST);
        assertThat(Stream.of(Grade.values()).map(Grade::word)).containsExactly("proved", "observed", "declared");
        assertThat(Stream.of(Kind.values()).map(Kind::word))
                .containsExactly("rules", "counters", "flows", "states", "canary");
        assertThat(Stream.of(Says.values()).map(Says::word)).containsExactly("yes", "no", "unknown", "not-offered");
        assertThat(Judge.CANARY_HOLDS).isEqualTo(Duration.ofMinutes(5));
    }

    /** The rules of judgement, from the strongest to the weakest, said in another way than {@link Judge} says them. */
    private static Status expected(Policy policy, DeviceEvidence evidence) {
        Rules rules = evidence.rules();
        if (policy.equals(ONLINE)) {
            return rules.differences().isEmpty() && rules.doubts().isEmpty() ? Status.ONLINE : Status.UNPROVEN;
        }
        if (Set.of(PASSED, PASSED_AND_DEAF, PASSED_AND_LOST).contains(evidence.flows())) {
            return Status.LEAKING;
        }
        if (evidence.window().isEmpty()
                && Set.of(RULES_LEAK, RULES_DIFFER_AND_LEAK).contains(rules)) {
            return Status.LEAKING;
        }
        if (Set.of(RULES_DIFFER, RULES_DIFFER_AND_DOUBTED, RULES_DIFFER_AND_LEAK)
                .contains(rules)) {
            return Status.UNPROVEN;
        }
        if (evidence.window().isPresent()) {
            return Status.WINDOW_OPEN;
        }
        boolean allAwake = rules.equals(RULES_STAND)
                && evidence.flows().equals(NO_FLOW)
                && evidence.states().equals(NO_STATES)
                && Set.of(SEEN, BARELY_FRESH).contains(evidence.canary());
        if (!allAwake) {
            return Status.UNPROVEN;
        }
        return policy.equals(SILENT) ? Status.SILENT : Status.ALLOW_LIST;
    }

    private static List<DeviceEvidence> everything() {
        List<DeviceEvidence> all = new ArrayList<>();
        for (Rules rules : ALL_RULES) {
            for (Optional<OpenWindow> window : List.of(SHUT, OPEN, JUST_OVER)) {
                for (FlowWatch flows : List.of(NO_FLOW, PASSED, PASSED_AND_DEAF, PASSED_AND_LOST, DEAF, LOST)) {
                    for (States states : List.of(NO_STATES, OPEN_STATES, UNREADABLE)) {
                        for (Optional<Canary> canary :
                                List.of(SEEN, UNSEEN, STALE, BARELY_FRESH, Optional.<Canary>empty())) {
                            all.add(new DeviceEvidence(NOW, rules, window, Counts.ZERO, flows, states, canary));
                        }
                    }
                }
            }
        }
        return all;
    }

    private static List<String> because(Rules rules, FlowWatch flows, States states, Optional<Canary> canary) {
        DeviceEvidence evidence = new DeviceEvidence(NOW, rules, SHUT, Counts.ZERO, flows, states, canary);
        return Judge.judge(device(SILENT), evidence).because();
    }

    private static Optional<OpenWindow> window(Instant until) {
        return Optional.of(new OpenWindow("gateway", until));
    }

    private static RuleProof proof(Outcome outcome, String... because) {
        return new RuleProof(outcome, List.of(because), Optional.empty(), List.of(), Optional.empty());
    }

    private static Device device(Policy policy) {
        return new Device(
                "gateway",
                List.of(Mac.parse("78:11:dc:12:34:56")),
                Optional.empty(),
                List.of(),
                "iot",
                Optional.empty(),
                policy,
                List.of());
    }
}
