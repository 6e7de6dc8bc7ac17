package org.funkstille.routers.pfsense;

import io.avaje.json.node.JsonObject;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Prefix;
import org.funkstille.routers.RouterException;
import org.funkstille.routers.pf.PfctlRules;
import org.funkstille.routers.pf.WantedAlias;

/**
 * Has pf load what is configured, and asks pf itself whether it did: the API says {@code applied} also while rules are
 * still pending, and when pf has refused them all.
 */
final class FilterLoad {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    /** A router with long lists of strangers loads them all. */
    private static final Duration LOADING = Duration.ofMinutes(2);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(400);

    private final PfSenseApi api;
    private final Optional<CommandPrompt> prompt;
    private final Duration patience;

    FilterLoad(PfSenseApi api, Optional<CommandPrompt> prompt) {
        this(api, prompt, PATIENCE);
    }

    FilterLoad(PfSenseApi api, Optional<CommandPrompt> prompt, Duration patience) {
        this.api = api;
        this.prompt = prompt;
        this.patience = patience;
    }

    void apply() throws RouterException {
        // Waits for the load itself: what is cut before it is open again at once.
        api.post("firewall/apply", JsonObject.create().add("async", false), LOADING);
        settle();
    }

    /** Waits until it says that nothing is pending. */
    void settle() throws RouterException {
        long limit = System.nanoTime() + patience.toNanos();
        while (!api.one("firewall/apply").is("applied")) {
            if (System.nanoTime() > limit) {
                throw new RouterException.ReadBackDiffers(
                        List.of("it has not applied its filter rules within " + patience.toSeconds() + " s"));
            }
            Pause.of(BETWEEN_LOOKS);
        }
    }

    /** @param trackers of rules that pf must have afterwards */
    void load(List<String> trackers) throws RouterException {
        apply();
        if (prompt.isEmpty()) {
            return;
        }
        long limit = System.nanoTime() + patience.toNanos();
        Set<String> missing = missing(trackers);
        while (!missing.isEmpty()) {
            if (System.nanoTime() > limit) {
                throw new RouterException.ReadBackDiffers(List.of("pf has not loaded the rules with the trackers "
                        + String.join(", ", missing) + "; pfSense tells why under Status > Filter Reload, or in the"
                        + " notices of its start page"));
            }
            Pause.of(BETWEEN_LOOKS);
            missing = missing(trackers);
        }
    }

    /** @param aliases what was changed: pf's tables must hold it afterwards */
    void requireTables(List<WantedAlias> aliases) throws RouterException {
        for (WantedAlias alias : aliases) {
            Set<String> wanted = plain(alias.entries());
            long limit = System.nanoTime() + patience.toNanos();
            Optional<Set<String>> held = table(alias.name());
            while (held.isPresent() && !held.get().equals(wanted)) {
                if (System.nanoTime() > limit) {
                    throw new RouterException.ReadBackDiffers(
                            List.of("pf's table " + alias.name() + " holds " + held.get() + " instead of " + wanted));
                }
                Pause.of(BETWEEN_LOOKS);
                held = table(alias.name());
            }
        }
    }

    /** Nothing where this version of the package does not tell (before v2.6). */
    private Optional<Set<String>> table(String name) throws RouterException {
        return api.listIfThere("diagnostics/table", Map.of("id", name))
                .flatMap(items -> items.stream().findFirst())
                .map(item -> plain(item.texts("entries")));
    }

    /** pf prints the prefix of a single address without its length. */
    private static Set<String> plain(List<String> entries) {
        return entries.stream()
                .map(entry -> Prefix.tryParse(entry)
                        .filter(prefix -> prefix.length() < prefix.network().getAddress().length * 8)
                        .map(Prefix::toString)
                        .or(() -> Addresses.tryParse(entry.replaceFirst("/.*", ""))
                                .map(Addresses::text))
                        .orElse(entry))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> missing(List<String> trackers) throws RouterException {
        Set<String> missing = new HashSet<>(trackers);
        for (PfctlRules.Counted rule : prompt.orElseThrow().rules()) {
            rule.tracker().ifPresent(missing::remove);
        }
        return missing;
    }
}
