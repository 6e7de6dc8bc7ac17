package org.funkstille.lab.facade.opnsense;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code config.xml} of the box with its former states: all that outlives a restart. */
final class Configuration {

    /** How many former states are kept. */
    static final int BACKUPS = 100;

    private final Options options;
    private final InstantSource clock;
    private final ItemList rules;
    private final ItemList aliases;
    private final ItemList hosts = ServiceModel.hosts();
    private final ItemList ranges = ServiceModel.ranges();
    private final ItemList subnets = ServiceModel.subnets();
    private final ItemList reservations = ServiceModel.reservations(subnets);
    private final ItemList destinations = ServiceModel.destinations();
    private final List<Backup> backups = new ArrayList<>();
    private boolean factory = true;
    private String revision = "";

    /**
     * A state of the configuration.
     *
     * @param revision seconds since 1970 with four decimals
     */
    record Backup(String revision, State state, int size) {}

    /** @param items of each list */
    record State(Map<String, List<Item>> items, String revision) {}

    Configuration(Options options, InstantSource clock) {
        this.options = options;
        this.clock = clock;
        this.aliases = AliasModel.list(options.release());
        this.rules = RuleModel.list(options.release(), aliasNames());
        FactoryConfiguration.fill(this, options);
        keep();
        factory = false;
    }

    Release release() {
        return options.release();
    }

    Options options() {
        return options;
    }

    ItemList rules() {
        return rules;
    }

    ItemList aliases() {
        return aliases;
    }

    AliasNames aliasNames() {
        return new AliasNames(aliases::all);
    }

    ItemList hosts() {
        return hosts;
    }

    ItemList ranges() {
        return ranges;
    }

    ItemList subnets() {
        return subnets;
    }

    ItemList reservations() {
        return reservations;
    }

    ItemList destinations() {
        return destinations;
    }

    private List<ItemList> lists() {
        return List.of(aliases, rules, hosts, ranges, subnets, reservations, destinations);
    }

    /** @throws UserException where the user may only read; the change is undone then */
    void save() throws UserException {
        if (options.readOnly() && !factory) {
            restore(backups.getLast().state());
            throw new UserException(
                    "An error occurred", "User root denied for write access (user-config-readonly set)");
        }
        keep();
    }

    private void keep() {
        Instant now = clock.instant();
        BigDecimal seconds = new BigDecimal(now.getEpochSecond())
                .add(new BigDecimal(now.getNano()).movePointLeft(9))
                .setScale(4, RoundingMode.FLOOR);
        if (!revision.isEmpty() && seconds.compareTo(new BigDecimal(revision)) <= 0) {
            seconds = new BigDecimal(revision).add(new BigDecimal("0.0001"));
        }
        revision = seconds.toPlainString();
        backups.add(new Backup(revision, state(), text().length()));
        if (backups.size() > BACKUPS) {
            backups.removeFirst();
        }
    }

    /** When it was changed last; as {@code savepoint} tells it. */
    String shownRevision() {
        return release().roundsRevisions()
                ? new BigDecimal(revision).setScale(2, RoundingMode.HALF_UP).toPlainString()
                : revision;
    }

    /** The latest first. */
    List<Backup> backups() {
        return backups.reversed();
    }

    Optional<Backup> backup(String wanted) {
        return backups.stream()
                .filter(backup -> backup.revision().equals(wanted))
                .findFirst();
    }

    State state() {
        Map<String, List<Item>> items = new LinkedHashMap<>();
        lists().forEach(list -> items.put(list.name(), list.all()));
        return new State(Map.copyOf(items), revision);
    }

    void restore(State former) {
        lists().forEach(list -> list.restore(former.items().getOrDefault(list.name(), List.of())));
    }

    /** As if nothing had been saved since. */
    void forgetSince(State former) {
        restore(former);
        revision = former.revision();
        backups.removeIf(backup -> backup.revision().compareTo(former.revision()) > 0);
    }

    /** The whole of it, without its date. */
    String text() {
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\"?>\n<opnsense>\n");
        for (BoxInterface one : BoxInterface.ALL) {
            xml.append("  <interface key=\"%s\"><if>%s</if><descr>%s</descr></interface>\n"
                    .formatted(one.key(), one.device(), one.given()));
        }
        if (!release().hasDefaultRulesInModel()) {
            LegacyRules.all()
                    .forEach(rule -> xml.append("  <filter><rule><descr>")
                            .append(rule.description())
                            .append("</descr></rule></filter>\n"));
        }
        lists().forEach(list -> xml.append(list.xml("  ")));
        return xml.append("</opnsense>\n").toString();
    }
}
