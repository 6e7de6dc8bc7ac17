package org.funkstille.lab.kernelproof;

import java.io.IOException;
import java.nio.file.Path;
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
        List<String> lines = new ArrayList<>(("flush ruleset\n" + script + PROBE).lines().toList());
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            String text = String.join("\n", lines) + "\n";
            Path file = shell.file("rules.nft", text);
            RouterShell.Answer answer = shell.run("nft -f " + file);
            if (answer.ok()) {
                return Optional.of(new Loaded(text, List.of(listing("nft -j list ruleset"))));
            }
            Set<Integer> faulty = new TreeSet<>(Comparator.reverseOrder());
            Matcher place = Pattern.compile("rules\\.nft:(\\d+):").matcher(answer.out());
            while (place.find()) {
                faulty.add(Integer.parseInt(place.group(1)) - 1);
            }
            faulty.forEach(line -> refused.merge(reason(answer.out()), 1, Integer::sum));
            // Only rules may be left out: a line with a brace at its end begins or ends something.
            faulty.removeIf(line -> lines.get(line).endsWith("{") || lines.get(line).strip().equals("}"));
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
        Matcher error = Pattern.compile("Error: ([^\n]{0,60})").matcher(out);
        return error.find() ? error.group(1) : out;
    }

    private String listing(String command) throws IOException {
        RouterShell.Answer listing = shell.run(command);
        if (!listing.ok()) {
            throw new IOException(command + ": " + listing.out());
        }
        return listing.out();
    }
}
