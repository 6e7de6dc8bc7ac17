package org.funkstille.lab.kernelproof;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.funkstille.lab.kernelproof.KernelRules.Loaded;
import org.funkstille.lab.kernelproof.Tally.Disagreement;
import org.funkstille.proof.read.ReadingException;

/** Random rule sets of one kind, each with random packets, until enough pairs were compared. */
final class Campaign implements AutoCloseable {

    private static final int PACKETS = 128;

    private final Backend backend;
    private final Rig rig;
    private final RouterShell shell;
    private final Wire wire;
    private final KernelRules kernel;
    private final Tally tally = new Tally();
    private int number;
    private int ruleSets;
    private int refused;

    private Campaign(Backend backend, Rig rig, RouterShell shell, Wire wire) {
        this.backend = backend;
        this.rig = rig;
        this.shell = shell;
        this.wire = wire;
        this.kernel = new KernelRules(shell);
    }

    static Campaign open(Backend backend, Path directory) throws Exception {
        Rig rig = Rig.build();
        try {
            RouterShell shell = RouterShell.open(rig, directory);
            return new Campaign(backend, rig, shell, Wire.open(rig));
        } catch (Exception failed) {
            rig.close();
            throw failed;
        }
    }

    /**
     * A rule set for which the proof is not what the kernel does.
     *
     * @param seed makes it again
     * @param shortest what remains of it when all that does not matter is left out
     */
    record Finding(long seed, List<String> shortest, List<String> problems) {

        @Override
        public String toString() {
            return "== seed " + seed + "\n" + String.join("\n--\n", shortest) + String.join("\n", problems) + "\n";
        }
    }

    /** Runs one rule set. */
    Optional<Finding> run(long seed, int packets) throws IOException {
        Chance chance = new Chance(seed);
        List<String> scripts = backend.random(chance);
        List<Draft> drafts = new PacketMaker(chance, true).make(packets);
        Optional<List<Disagreement>> compared = compare(scripts, drafts);
        if (compared.isEmpty()) {
            refused++;
            return Optional.empty();
        }
        ruleSets++;
        if (compared.get().isEmpty()) {
            return Optional.empty();
        }
        Disagreement worst = compared.get().stream()
                .filter(one -> !one.sound())
                .findFirst()
                .orElse(compared.get().getFirst());
        List<String> shortest = shortened(scripts, worst.sample().draft());
        List<String> problems = new ArrayList<>();
        compare(shortest, List.of(worst.sample().draft()))
                .ifPresent(again -> again.forEach(one -> problems.add(one.toString())));
        return Optional.of(new Finding(seed, shortest, problems));
    }

    int pairs() {
        return number;
    }

    String summary() {
        return backend + ": " + ruleSets + " rule sets, " + refused + " refused, " + number + " packets "
                + tally.counts() + kernel.refused() + tally.unknowns();
    }

    private Optional<List<Disagreement>> compare(List<String> scripts, List<Draft> drafts) throws IOException {
        Optional<Loaded> loaded = backend.load(kernel, scripts);
        if (loaded.isEmpty()) {
            return Optional.empty();
        }
        List<Sample> samples = new ArrayList<>();
        for (Draft draft : drafts) {
            samples.add(Sample.of(++number, draft, backend != Backend.IPTABLES_LEGACY));
        }
        Wire.Seen seen = wire.send(samples);
        Claims claims;
        try {
            claims = new Claims(backend.read(loaded.get()));
        } catch (ReadingException unread) {
            throw new IOException(unread.getMessage() + "\n" + loaded.get().listings(), unread);
        }
        return Optional.of(
                tally.compare(samples, seen, claims, Knowledge.of(loaded.get().script(), backend)));
    }

    /** Leaves out every line that is not needed for the disagreement about this packet. */
    private List<String> shortened(List<String> scripts, Draft draft) throws IOException {
        List<String> shortest = new ArrayList<>(scripts);
        for (int which = 0; which < scripts.size(); which++) {
            List<String> lines = new ArrayList<>(scripts.get(which).lines().toList());
            for (int line = lines.size() - 1; line >= 0; line--) {
                String left = lines.remove(line);
                shortest.set(which, String.join("\n", lines) + "\n");
                if (left.matches(".*[{}]\\s*|[*:].*|COMMIT|\\s*(type|flags) .*") || !disagrees(shortest, draft)) {
                    lines.add(line, left);
                }
            }
            shortest.set(which, String.join("\n", lines) + "\n");
        }
        return shortest;
    }

    private boolean disagrees(List<String> scripts, Draft draft) throws IOException {
        return compare(scripts, List.of(draft)).filter(all -> !all.isEmpty()).isPresent();
    }

    static int packets() {
        return PACKETS;
    }

    @Override
    public void close() throws IOException {
        try (rig;
                shell;
                wire) {
            // from the last to the first, each though another fails
        }
    }
}
