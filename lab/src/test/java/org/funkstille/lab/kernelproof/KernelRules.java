package org.funkstille.lab.kernelproof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts rule sets into the kernel and reads them back in the words of the router's own tools. */
final class KernelRules {

    /** Behind all other input chains: logs what has passed them. */
    static final String PROBE = """
            table inet probe {
              chain input {
                type filter hook input priority 2000; policy accept;
                log group %d
              }
            }
            """.formatted(InputLog.GROUP);

    private static final int ATTEMPTS = 10;
    private static final Pattern NFT_PLACE = Pattern.compile("rules\\.nft:(\\d+):");
    private static final Pattern RESTORE_PLACE = Pattern.compile("line:? (\\d+)");

    private final RouterShell shell;
    private final Map<String, Integer> refused = new TreeMap<>();

    KernelRules(RouterShell shell) {
        this.shell = shell;
    }

    /**
     * A rule set that is in force.
     *
     * @param script what was loaded
     * @param listings the same as the tools list it: one text, or one for each family
     */
    record Loaded(String script, List<String> listings) {}

    /** Loads a script; lines that nft refuses are left out. Empty where that does not help. */
    Optional<Loaded> nft(String script) throws IOException {
        return corrected("rules.nft", "flush ruleset\n" + script + PROBE, "nft -f %s", NFT_PLACE)
                .flatMap(loaded -> listed(loaded, "nft -j list ruleset"));
    }

    /**
     * Loads one script of each family; lines that are refused are left out.
     *
     * @param backend {@code nft} or {@code legacy}
     */
    Optional<Loaded> iptables(String backend, String four, String six) throws IOException {
        RouterShell.Answer cleared = shell.run("nft -f " + shell.file("probe.nft", "flush ruleset\n" + PROBE));
        if (!cleared.ok()) {
            throw new IOException("nft: " + cleared.out());
        }
        Optional<String> first = corrected("rules.v4", four, "iptables-" + backend + "-restore %s", RESTORE_PLACE);
        Optional<String> second = corrected("rules.v6", six, "ip6tables-" + backend + "-restore %s", RESTORE_PLACE);
        return first.isEmpty() || second.isEmpty()
                ? Optional.empty()
                : listed(first.get() + second.get(), "iptables-" + backend + "-save", "ip6tables-" + backend + "-save");
    }

    private Optional<String> corrected(String name, String script, String command, Pattern error) throws IOException {
        List<String> lines = new ArrayList<>(script.lines().toList());
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            String text = String.join("\n", lines) + "\n";
            RouterShell.Answer answer = shell.run(command.formatted(shell.file(name, text)));
            if (answer.ok()) {
                return Optional.of(text);
            }
            Set<Integer> faulty = new TreeSet<>(Comparator.reverseOrder());
            Matcher place = error.matcher(answer.out());
            while (place.find()) {
                faulty.add(Integer.parseInt(place.group(1)) - 1);
            }
            refused.merge(reason(answer.out()), 1, Integer::sum);
            // Only rules may be left out: a line with a brace at its end begins or ends something.
            faulty.removeIf(line -> lines.get(line).matches(".*\\{|\\s*}|[*:].*|COMMIT"));
            if (faulty.isEmpty()) {
                return Optional.empty();
            }
            faulty.forEach(line -> lines.remove((int) line));
        }
        return Optional.empty();
    }

    /** Why lines were refused, and how often. */
    Map<String, Integer> refused() {
        return refused;
    }

    private static String reason(String out) {
        Matcher error =
                Pattern.compile("(?:Error: |v[46]: |failed: )([^\n]{0,60})").matcher(out);
        return error.find() ? error.group(1) : out;
    }

    private Optional<Loaded> listed(String script, String... commands) {
        List<String> listings = new ArrayList<>();
        for (String command : commands) {
            try {
                RouterShell.Answer listing = shell.run(command);
                if (!listing.ok()) {
                    throw new IOException(command + ": " + listing.out());
                }
                listings.add(listing.out());
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
        return Optional.of(new Loaded(script, listings));
    }
}
