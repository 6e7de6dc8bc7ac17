package org.funkstille.routers.pfsense;

import io.avaje.json.node.JsonObject;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.funkstille.routers.RouterException;
import org.funkstille.routers.pf.PfctlRules;

/**
 * Has pf load what is configured, and asks pf itself whether it did: the API says {@code applied} also while rules are
 * still pending, and when pf has refused them all.
 */
final class FilterLoad {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
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
        api.post("firewall/apply", JsonObject.create().add("async", false));
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

    private Set<String> missing(List<String> trackers) throws RouterException {
        Set<String> missing = new HashSet<>(trackers);
        for (PfctlRules.Counted rule : prompt.orElseThrow().rules()) {
            rule.tracker().ifPresent(missing::remove);
        }
        return missing;
    }
}
