package org.funkstille.lab.facade.opnsense;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.funkstille.lab.facade.pf.BoxClock;
import org.funkstille.lab.facade.pf.Pf;
import org.funkstille.lab.facade.pf.PfAddress;
import org.funkstille.lab.facade.pf.PfRefusal;

/** What runs on the box: pf, filled from the configuration, and its cron. Used under the lock of {@link Api}. */
final class Box {

    /** Below this, entries of an alias are looked at every minute, else every quarter of an hour. */
    private static final Duration HOUR = Duration.ofHours(1);

    private final Configuration configuration;
    private final Pf pf;
    private final BoxClock clock;
    private final Neighbours neighbours;

    /** What the crontab says: it is written when aliases are loaded. */
    private Map<String, Duration> expiries = Map.of();

    private boolean pretending;

    Box(Configuration configuration, Pf pf, BoxClock clock, Neighbours neighbours) {
        this.configuration = configuration;
        this.pf = pf;
        this.clock = clock;
        this.neighbours = neighbours;
    }

    Configuration configuration() {
        return configuration;
    }

    Release release() {
        return configuration.release();
    }

    Pf pf() {
        return pf;
    }

    BoxClock clock() {
        return clock;
    }

    Neighbours neighbours() {
        return neighbours;
    }

    /** While it is true, nothing is done to the packets of the router, but all is answered as if. */
    void pretend(boolean wanted) {
        pretending = wanted;
    }

    boolean isPretending() {
        return pretending;
    }

    /** Loads the rules. Nobody is told where pf refuses them: what was loaded before goes on. */
    void loadRules() throws IOException, InterruptedException {
        if (pretending) {
            return;
        }
        try {
            pf.load(new RulesDebug(configuration).ruleset());
        } catch (PfRefusal refused) {
            // filter/apply answers OK in any case
        }
    }

    /** Loads what aliases contain, all but external ones, and writes the crontab. */
    void loadAliases() throws IOException, InterruptedException {
        if (pretending) {
            return;
        }
        Map<String, Duration> cron = new LinkedHashMap<>();
        for (Item alias : configuration.aliases().all()) {
            String type = alias.get("type");
            if (alias.is("enabled")
                    && type.equals("external")
                    && !alias.get("expire").isEmpty()) {
                cron.put(alias.get("name"), Duration.ofSeconds(Long.parseLong(alias.get("expire"))));
            }
            if (alias.is("enabled") && !type.equals("external") && !type.equals("port")) {
                pf.tables().replace(alias.get("name"), List.copyOf(content(alias, new LinkedHashSet<>())));
            }
        }
        expiries = cron;
    }

    /** Aliases may name other aliases. */
    private Set<PfAddress.Net> content(Item alias, Set<String> seen) throws IOException, InterruptedException {
        Set<PfAddress.Net> result = new LinkedHashSet<>();
        if (!seen.add(alias.get("name"))) {
            return result;
        }
        for (String entry : AliasModel.entries(alias)) {
            if (alias.get("type").equals("mac")) {
                result.addAll(neighbours.addressesOf(entry));
                continue;
            }
            PfAddress.Net.tryParse(entry).ifPresent(result::add);
            for (Item inner : configuration.aliases().all()) {
                if (inner.get("name").equals(entry)) {
                    result.addAll(content(inner, seen));
                }
            }
        }
        return result;
    }

    /** MAC aliases follow the neighbour tables. */
    void refreshMacAliases() throws IOException, InterruptedException {
        for (Item alias : configuration.aliases().all()) {
            if (alias.is("enabled") && alias.get("type").equals("mac")) {
                pf.tables().replace(alias.get("name"), List.copyOf(content(alias, new LinkedHashSet<>())));
            }
        }
    }

    /** {@code pfctl -qt ALIAS -T expire SECONDS}; open flows go on. */
    void expireEntries(boolean everyMinute) throws IOException, InterruptedException {
        for (Map.Entry<String, Duration> line : expiries.entrySet()) {
            boolean isShort = line.getValue().compareTo(HOUR) < 0;
            if (isShort == everyMinute) {
                pf.tables().expire(line.getKey(), line.getValue());
            }
        }
    }

    /** All rules as they would be loaded now, with what they say of themselves. */
    List<GeneratedRule> generatedRules() {
        return new ArrayList<>(new RulesDebug(configuration).rules());
    }
}
