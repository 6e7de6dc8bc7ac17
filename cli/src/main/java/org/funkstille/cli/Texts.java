package org.funkstille.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.funkstille.core.config.Quantities;
import org.funkstille.core.evidence.Attempt;
import org.funkstille.core.evidence.Flow;
import org.funkstille.core.plan.Change;
import org.funkstille.core.plan.Plan;
import org.funkstille.core.verdict.RuleProof;
import org.funkstille.core.verdict.Verdict;
import org.funkstille.guard.Windows;
import org.funkstille.journal.DestinationTotal;
import org.funkstille.journal.WindowRecord;

/** What people read. */
final class Texts {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

    private Texts() {}

    static String time(Instant instant) {
        return TIME.format(instant);
    }

    static List<String> plan(Plan plan) {
        if (plan.isEmpty()) {
            return List.of("Nothing to change.");
        }
        List<String> lines = new ArrayList<>();
        int number = 0;
        for (Change change : plan.changes()) {
            lines.add("%2d. %s".formatted(++number, change.describe()));
        }
        return lines;
    }

    /** {@code aqara-gateway   silent (proved, whatever it does)} and why, where it is not as wanted. */
    static String verdict(Verdict verdict, Output output) {
        String word = verdict.status().word()
                + verdict.until().map(until -> " until " + time(until)).orElse("");
        String painted = switch (verdict.status()) {
            case SILENT, ALLOW_LIST -> output.good(word);
            case ONLINE -> word;
            case WINDOW_OPEN, UNPROVEN -> output.doubtful(word);
            case LEAKING -> output.bad(word);
        };
        String because = verdict.because().isEmpty() ? "" : "  because of " + String.join("; ", verdict.because());
        return "%-20s %s (%s)%s"
                .formatted(verdict.device(), painted, verdict.grade().word() + strength(verdict), because);
    }

    private static String strength(Verdict verdict) {
        return verdict.proof()
                .flatMap(RuleProof::strength)
                .map(strength -> switch (strength) {
                    case NETWORK -> ", whatever it does";
                    case MAC -> ", unless it takes another MAC address";
                    case ADDRESS -> ", unless it takes another IP address";
                })
                .orElse("");
    }

    /** What the proof says beside yes and no; nothing where there is none. */
    static List<String> proof(Verdict verdict) {
        List<String> lines = new ArrayList<>();
        verdict.proof().filter(RuleProof::decided).ifPresent(proof -> {
            for (RuleProof.Residual way : proof.residual()) {
                lines.add("    residual way, " + way.kind() + ": " + way.rule());
                lines.add("        " + way.close());
            }
            proof.holdsUntil().ifPresent(until -> lines.add("    proved until " + time(until)));
        });
        return lines;
    }

    static List<String> witnesses(Verdict verdict) {
        return verdict.witnesses().stream()
                .map(witness -> "    %-9s %-8s %s"
                        .formatted(witness.kind().word(), witness.says().word(), witness.detail()))
                .toList();
    }

    static String attempt(Attempt attempt) {
        return "%s  %-20s %s%s%s"
                .formatted(
                        time(attempt.at()),
                        attempt.device(),
                        attempt.destination(),
                        attempt.name().map(name -> "  " + name).orElse(""),
                        attempt.packets() == 1 ? "" : "  x" + attempt.packets());
    }

    static String window(WindowRecord record, Instant now) {
        boolean over = record.closed().isPresent() || now.isAfter(record.until());
        String end = record.closed()
                .map(closed ->
                        "closed " + time(closed) + " by " + record.closedBy().orElse("the router"))
                .orElse(
                        over
                                ? "was to end " + time(record.until()) + "; no guard saw it close"
                                : "open until " + time(record.until()));
        Duration length = Duration.between(record.opened(), record.closed().orElse(record.until()));
        return "%4d  %-20s %s  %-9s %s%s"
                .formatted(
                        record.id(),
                        record.device(),
                        time(record.opened()),
                        Quantities.text(length),
                        end,
                        record.reason().isEmpty() ? "" : "  (" + record.reason() + ")");
    }

    static List<String> report(Windows.Report report, Instant now) {
        List<String> lines = new ArrayList<>();
        lines.add(window(report.window(), now));
        lines.add(report.flows().isEmpty() ? "No flow passed." : "Passed:");
        for (Flow flow : report.flows()) {
            lines.add("  %s  %s%s  out %d bytes, in %d bytes"
                    .formatted(
                            time(flow.began()),
                            flow.destination(),
                            flow.name().map(name -> "  " + name).orElse(""),
                            flow.traffic().bytesOut(),
                            flow.traffic().bytesIn()));
        }
        if (!report.refused().isEmpty()) {
            lines.add("Refused all the same:");
            for (DestinationTotal total : report.refused()) {
                lines.add("  " + total.destination().map(Object::toString).orElse("others")
                        + total.name().map(name -> "  " + name).orElse("") + "  x" + total.packets());
            }
        }
        return lines;
    }
}
