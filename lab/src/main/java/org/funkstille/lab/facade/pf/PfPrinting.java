package org.funkstille.lab.facade.pf;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Family;

/** What pfctl(8) prints. */
public final class PfPrinting {

    private static final DateTimeFormatter ACTIVE =
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ROOT);

    private final Pf pf;

    PfPrinting(Pf pf) {
        this.pf = pf;
    }

    /** {@code pfctl -sr}. */
    public String rules() {
        return lines(pf.ruleset().scrubs())
                + lines(pf.rules().stream().map(LoadedRule::text).toList());
    }

    /** {@code pfctl -vvsr}. */
    public String rulesWithCounters() throws IOException, InterruptedException {
        Map<Integer, PfCounters> counters = pf.allCounters();
        Map<Integer, Long> open = new HashMap<>();
        for (PfState state : pf.states().list()) {
            state.rule().ifPresent(rule -> open.merge(rule.serial(), 1L, Long::sum));
        }
        PfText verbose = PfText.verbose(pf::size);
        StringBuilder text = new StringBuilder();
        int number = 0;
        for (String scrub : pf.ruleset().scrubs()) {
            text.append('@').append(number++).append(' ').append(scrub).append('\n');
            counts(text, PfCounters.ZERO, 0);
        }
        for (LoadedRule rule : pf.rules()) {
            text.append('@')
                    .append(rule.number())
                    .append(' ')
                    .append(verbose.of(rule.rule()))
                    .append('\n');
            counts(text, counters.getOrDefault(rule.serial(), PfCounters.ZERO), open.getOrDefault(rule.serial(), 0L));
        }
        return text.toString();
    }

    private void counts(StringBuilder text, PfCounters counters, long states) {
        text.append("  [ Evaluations: %-8d  Packets: %-8d  Bytes: %-10d  States: %-6d]\n"
                .formatted(counters.evaluations(), counters.packets(), counters.bytes(), states));
        text.append("  [ Inserted: uid 0 pid 0 State Creations: %-6d]\n".formatted(counters.creations()));
        String active =
                counters.packets() == 0 ? "N/A" : ACTIVE.format(pf.clock().now());
        text.append("  [ Last Active Time: ").append(active).append(" ]\n");
    }

    /** {@code pfctl -sn}. */
    public String translations() {
        return lines(pf.ruleset().translations());
    }

    /** {@code pfctl -sT}. */
    public String tables() {
        return lines(pf.tables().names());
    }

    /** {@code pfctl -t NAME -T show}; nothing where there is no such table. */
    public Optional<String> table(String name) {
        return pf.tables()
                .entries(name)
                .map(entries ->
                        entries.stream().map(entry -> "   " + entry + "\n").collect(Collectors.joining()));
    }

    /** {@code pfctl -ss}. */
    public String states() throws IOException, InterruptedException {
        return lines(pf.states().list().stream().map(PfPrinting::state).toList());
    }

    /** {@code pfctl -vvss}. */
    public String statesInDetail() throws IOException, InterruptedException {
        StringBuilder text = new StringBuilder();
        for (PfState state : pf.states().list()) {
            text.append(state(state)).append('\n');
            String rule = state.rule().map(found -> ", rule " + found.number()).orElse("");
            text.append("   age %s, expires in %s, %d:%d pkts, %d:%d bytes%s\n"
                    .formatted(
                            time(state.age()),
                            time(state.expires()),
                            state.sent().packets(),
                            state.received().packets(),
                            state.sent().bytes(),
                            state.received().bytes(),
                            rule));
            text.append("   id: %s creatorid: %s\n".formatted(state.idText(), PfState.CREATOR));
        }
        return text.toString();
    }

    private static String state(PfState state) {
        boolean out = state.direction() == PfRule.Direction.OUT;
        String source = endpoint(state.source())
                + state.original()
                        .map(original -> " (" + endpoint(original) + ")")
                        .orElse("");
        String flow =
                out ? source + " -> " + endpoint(state.destination()) : endpoint(state.destination()) + " <- " + source;
        String ends = out
                ? state.sourceState() + ":" + state.destinationState()
                : state.destinationState() + ":" + state.sourceState();
        return "%s %s %s       %s".formatted(state.iface(), state.protocol(), flow, ends);
    }

    /** {@code 192.0.2.1:80}, {@code 2001:db8::1[80]}. */
    public static String endpoint(InetSocketAddress endpoint) {
        String address = Addresses.text(endpoint.getAddress());
        return Family.of(endpoint.getAddress()) == Family.IPV4
                ? address + ":" + endpoint.getPort()
                : address + "[" + endpoint.getPort() + "]";
    }

    private static String time(long seconds) {
        Duration time = Duration.ofSeconds(seconds);
        return "%02d:%02d:%02d".formatted(time.toHours(), time.toMinutesPart(), time.toSecondsPart());
    }

    private static String lines(List<String> lines) {
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }
}
