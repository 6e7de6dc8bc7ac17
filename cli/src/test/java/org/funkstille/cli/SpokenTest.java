package org.funkstille.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.avaje.json.node.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.funkstille.core.evidence.Attempt;
import org.funkstille.core.evidence.Flow;
import org.funkstille.core.evidence.Traffic;
import org.funkstille.core.model.Answer;
import org.funkstille.core.model.Policy;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Endpoint;
import org.funkstille.core.net.Mac;
import org.funkstille.core.net.Protocol;
import org.funkstille.core.plan.Change;
import org.funkstille.core.plan.Plan;
import org.funkstille.core.router.Caveat;
import org.funkstille.core.router.DeviceRules;
import org.funkstille.core.router.Observation;
import org.funkstille.core.router.Reservation;
import org.funkstille.core.verdict.Grade;
import org.funkstille.core.verdict.RuleProof;
import org.funkstille.core.verdict.Status;
import org.funkstille.core.verdict.Verdict;
import org.funkstille.core.verdict.Witness;
import org.funkstille.guard.JsonText;
import org.funkstille.guard.Windows;
import org.funkstille.journal.DestinationTotal;
import org.funkstille.journal.WindowRecord;
import org.junit.jupiter.api.Test;

/** What people read ({@link Texts}) and what programs read ({@link Documents}), word for word. */
class SpokenTest {

    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
    private static final Endpoint CLOUD = new Endpoint(Addresses.parse("192.0.2.1"), Protocol.UDP, 8053);
    private static final Endpoint CLOUD6 = new Endpoint(Addresses.parse("2001:db8::1"), Protocol.TCP, 80);
    private static final Endpoint PING = new Endpoint(Addresses.parse("192.0.2.9"), Protocol.ICMP, 0);

    private static final WindowRecord OPEN = new WindowRecord(
            7, "gateway", NOON, NOON.plusSeconds(900), "firmware 1.5", Optional.empty(), Optional.empty());
    private static final WindowRecord CLOSED = new WindowRecord(
            8, "gateway", NOON, NOON.plusSeconds(900), "", Optional.of(NOON.plusSeconds(65)), Optional.of("user"));

    private static final Windows.Report REPORT = new Windows.Report(
            CLOSED,
            List.of(new Flow(
                    NOON.plusSeconds(1),
                    Optional.of(NOON.plusSeconds(2)),
                    "gateway",
                    CLOUD6,
                    Optional.of("ott.io.mi.com"),
                    true,
                    new Traffic(3, 300, 2, 2000))),
            List.of(
                    new DestinationTotal("gateway", Optional.of(CLOUD), Optional.of("ot.io.mi.com"), 5),
                    new DestinationTotal("gateway", Optional.empty(), Optional.empty(), 2)));

    @Test
    void verdict_eachStatus_isOneLine() {
        Output plain = Output.of(new GlobalOptions());

        assertThat(Texts.verdict(verdict(Status.SILENT), plain)).isEqualTo("gateway              silent (observed)");
        assertThat(Texts.verdict(verdict(Status.ONLINE), plain)).isEqualTo("gateway              online (observed)");
        assertThat(Texts.verdict(verdict(Status.ALLOW_LIST), plain))
                .isEqualTo("gateway              allow-list (observed)");
        assertThat(Texts.verdict(verdict(Status.LEAKING, "flows: 1 flow passed", "rules: differ"), plain))
                .isEqualTo("gateway              leaking (observed)  because of flows: 1 flow passed; rules: differ");
        assertThat(Texts.verdict(verdict(Status.UNPROVEN, "canary: no canary was sent"), plain))
                .isEqualTo("gateway              unproven (observed)  because of canary: no canary was sent");
        assertThat(Texts.verdict(
                        new Verdict(
                                "gateway",
                                Status.WINDOW_OPEN,
                                Grade.DECLARED,
                                NOON,
                                Optional.of(NOON),
                                Optional.empty(),
                                List.of(),
                                List.of()),
                        plain))
                .isEqualTo("gateway              window open until " + Texts.time(NOON) + " (declared)");
    }

    @Test
    void verdict_thatIsProved_tellsHowStrongAndWhatElseTheProofFound() {
        RuleProof proof = new RuleProof(
                RuleProof.Outcome.AS_WANTED,
                List.of(),
                Optional.of(RuleProof.Strength.MAC),
                List.of(new RuleProof.Residual("router-admin", "pass in quick", "close it")),
                Optional.of(NOON));
        Verdict verdict = new Verdict(
                "gateway",
                Status.SILENT,
                Grade.PROVED,
                NOON,
                Optional.empty(),
                Optional.of(proof),
                List.of(),
                List.of());

        assertThat(Texts.verdict(verdict, Output.of(new GlobalOptions())))
                .isEqualTo("gateway              silent (proved, unless it takes another MAC address)");
        assertThat(Texts.proof(verdict))
                .containsExactly(
                        "    residual way, router-admin: pass in quick",
                        "        close it",
                        "    proved until " + Texts.time(NOON));
        assertThat(Texts.proof(verdict(Status.SILENT))).isEmpty();
    }

    @Test
    void witnesses_ofAVerdict_areALineEach() {
        assertThat(Texts.witnesses(verdict(Status.SILENT)))
                .containsExactly("    flows     yes      no flow of it passed", "    canary    unknown  none was sent");
    }

    @Test
    void verdicts_json_isTheContract() {
        assertThat(json(Documents.verdicts(List.of(verdict(Status.UNPROVEN, "canary: none was sent")))))
                .isEqualTo("[{\"device\":\"gateway\",\"status\":\"unproven\",\"grade\":\"observed\","
                        + "\"at\":\"2026-05-01T12:00:00Z\",\"because\":[\"canary: none was sent\"],\"witnesses\":["
                        + "{\"kind\":\"flows\",\"says\":\"yes\",\"at\":\"2026-05-01T12:00:00Z\","
                        + "\"detail\":\"no flow of it passed\"},"
                        + "{\"kind\":\"canary\",\"says\":\"unknown\",\"at\":\"2026-05-01T12:00:00Z\","
                        + "\"detail\":\"none was sent\"}]}]");
    }

    @Test
    void plan_text_isANumberedList() {
        assertThat(Texts.plan(new Plan(List.of()))).containsExactly("Nothing to change.");
        assertThat(Texts.plan(plan()))
                .startsWith(" 1. lay the rules for 1 device (there is no table)", " 2. gateway: policy silent")
                .hasSize(8);
    }

    @Test
    void plan_json_isTheContract() {
        assertThat(json(Documents.plan(plan(), observation(new Caveat(Caveat.Kind.NOT_SAVED, "save it yourself")))))
                .isEqualTo("{\"changes\":["
                        + "{\"change\":\"lay-rules\",\"text\":\"lay the rules for 1 device (there is no table)\"},"
                        + "{\"change\":\"set-rules\",\"device\":\"gateway\",\"text\":\"gateway: policy silent\"},"
                        + "{\"change\":\"remove-rules\",\"device\":\"gateway\","
                        + "\"text\":\"gateway: take its rules away, the home no longer names it\"},"
                        + "{\"change\":\"cut-flows\",\"device\":\"gateway\","
                        + "\"text\":\"gateway: cut the open flows of 192.168.20.50\"},"
                        + "{\"change\":\"save-rules\",\"text\":\"save the rules for the next boot\"},"
                        + "{\"change\":\"reserve\",\"device\":\"gateway\","
                        + "\"text\":\"gateway: pin 78:11:dc:12:34:56 to 192.168.20.50\"},"
                        + "{\"change\":\"unreserve\",\"device\":\"gateway\","
                        + "\"text\":\"gateway: no longer pin 78:11:dc:12:34:56 to 192.168.20.50\"},"
                        + "{\"change\":\"close-window\",\"device\":\"gateway\","
                        + "\"text\":\"gateway: close a window that should not be open\"}],"
                        + "\"notes\":[\"save it yourself\"]}");
        assertThat(json(Documents.plan(new Plan(List.of()), observation()))).isEqualTo("{\"changes\":[],\"notes\":[]}");
    }

    @Test
    void window_json_isTheContract() {
        assertThat(json(Documents.window(OPEN)))
                .isEqualTo("{\"id\":7,\"device\":\"gateway\",\"opened\":\"2026-05-01T12:00:00Z\","
                        + "\"until\":\"2026-05-01T12:15:00Z\",\"reason\":\"firmware 1.5\"}");
        assertThat(json(Documents.window(CLOSED)))
                .isEqualTo("{\"id\":8,\"device\":\"gateway\",\"opened\":\"2026-05-01T12:00:00Z\","
                        + "\"until\":\"2026-05-01T12:15:00Z\",\"reason\":\"\","
                        + "\"closed\":\"2026-05-01T12:01:05Z\",\"closedBy\":\"user\"}");
    }

    @Test
    void window_text_saysHowItEnds() {
        String begin = "   7  gateway              " + Texts.time(NOON) + "  15 min    ";

        assertThat(Texts.window(OPEN, NOON.plusSeconds(60)))
                .isEqualTo(begin + "open until " + Texts.time(NOON.plusSeconds(900)) + "  (firmware 1.5)");
        assertThat(Texts.window(OPEN, NOON.plusSeconds(901)))
                .isEqualTo(begin + "was to end " + Texts.time(NOON.plusSeconds(900))
                        + "; no guard saw it close  (firmware 1.5)");
        assertThat(Texts.window(CLOSED, NOON))
                .isEqualTo("   8  gateway              " + Texts.time(NOON) + "  65 s      closed "
                        + Texts.time(NOON.plusSeconds(65)) + " by user");
    }

    @Test
    void report_text_tellsWhatPassedAndWhatDidNot() {
        assertThat(Texts.report(REPORT, NOON))
                .containsExactly(
                        Texts.window(CLOSED, NOON),
                        "Passed:",
                        "  " + Texts.time(NOON.plusSeconds(1))
                                + "  tcp [2001:db8::1]:80  ott.io.mi.com  out 300 bytes, in 2000 bytes",
                        "Refused all the same:",
                        "  udp 192.0.2.1:8053  ot.io.mi.com  x5",
                        "  others  x2");
        assertThat(Texts.report(new Windows.Report(CLOSED, List.of(), List.of()), NOON))
                .containsExactly(Texts.window(CLOSED, NOON), "No flow passed.");
    }

    @Test
    void report_json_isTheContract() {
        assertThat(json(Documents.report(REPORT)))
                .endsWith("\"flows\":[{\"began\":\"2026-05-01T12:00:01Z\",\"ended\":\"2026-05-01T12:00:02Z\","
                        + "\"family\":\"ipv6\",\"address\":\"2001:db8::1\",\"protocol\":\"tcp\",\"port\":80,"
                        + "\"name\":\"ott.io.mi.com\",\"packetsOut\":3,\"bytesOut\":300,\"packetsIn\":2,"
                        + "\"bytesIn\":2000}],\"refused\":[{\"family\":\"ipv4\",\"address\":\"192.0.2.1\","
                        + "\"protocol\":\"udp\",\"port\":8053,\"name\":\"ot.io.mi.com\",\"packets\":5},"
                        + "{\"packets\":2}]}")
                .startsWith("{\"id\":8,");
    }

    @Test
    void attempt_textAndJson_nameTheDestination() {
        Attempt named = new Attempt(NOON, "gateway", CLOUD, Optional.of("ot.io.mi.com"), 3);
        Attempt bare = new Attempt(NOON, "gateway", PING, Optional.empty(), 1);

        assertThat(Texts.attempt(named))
                .isEqualTo(Texts.time(NOON) + "  gateway              udp 192.0.2.1:8053  ot.io.mi.com  x3");
        assertThat(Texts.attempt(bare)).isEqualTo(Texts.time(NOON) + "  gateway              icmp 192.0.2.9");
        assertThat(json(Documents.attempt(named)))
                .isEqualTo("{\"at\":\"2026-05-01T12:00:00Z\",\"device\":\"gateway\",\"family\":\"ipv4\","
                        + "\"address\":\"192.0.2.1\",\"protocol\":\"udp\",\"port\":8053,\"name\":\"ot.io.mi.com\","
                        + "\"packets\":3}");
        assertThat(json(Documents.attempt(bare)))
                .isEqualTo("{\"at\":\"2026-05-01T12:00:00Z\",\"device\":\"gateway\",\"family\":\"ipv4\","
                        + "\"address\":\"192.0.2.9\",\"protocol\":\"icmp\",\"packets\":1}");
    }

    private static Verdict verdict(Status status, String... because) {
        return new Verdict(
                "gateway",
                status,
                Grade.OBSERVED,
                NOON,
                Optional.empty(),
                Optional.empty(),
                List.of(because),
                List.of(
                        new Witness(Witness.Kind.FLOWS, Witness.Says.YES, NOON, "no flow of it passed"),
                        new Witness(Witness.Kind.CANARY, Witness.Says.UNKNOWN, NOON, "none was sent")));
    }

    private static Plan plan() {
        DeviceRules rules = new DeviceRules(
                "gateway",
                Set.of(Mac.parse("78:11:dc:12:34:56")),
                Set.of(),
                new Policy.Silent(Answer.REJECT),
                false,
                Set.of());
        Reservation reservation =
                new Reservation("gateway", Mac.parse("78:11:dc:12:34:56"), Addresses.parse("192.168.20.50"));
        return new Plan(List.of(
                new Change.LayRules("there is no table", List.of(rules)),
                new Change.SetRules(rules),
                new Change.RemoveRules(rules),
                new Change.CutFlows("gateway", Set.of(Addresses.parse("192.168.20.50"))),
                new Change.SaveRules(List.of(rules)),
                new Change.Reserve(reservation),
                new Change.Unreserve(reservation),
                new Change.CloseWindow("gateway")));
    }

    private static Observation observation(Caveat... caveats) {
        return new Observation(
                NOON,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Set.of(),
                Map.of(),
                List.of(),
                Map.of(),
                Optional.empty(),
                List.of(caveats));
    }

    private static String json(JsonNode node) {
        return JsonText.of(node);
    }
}
