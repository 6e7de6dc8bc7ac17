package org.funkstille.routers.opnsense;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.router.OpenWindow;
import org.funkstille.routers.RouterException;
import org.funkstille.routers.pf.Mark;
import org.funkstille.routers.pf.WantedAlias;

/**
 * A window is the device's addresses in an external alias of its own, which a pass rule above the block speaks of. The
 * entries are in pf's memory alone, so a reboot closes it. From 25.7 on such an alias has an expiry, in whole seconds and
 * at least 60: the router's cron runs {@code pfctl -T expire} every minute, every quarter of an hour where the expiry is an
 * hour or more (opnsense/core, plugins.inc.d/core.inc). It ends no states; the guard does that.
 */
final class OpnSenseWindows {

    static final Duration SHORTEST = Duration.ofSeconds(60);
    static final Duration SELDOM = Duration.ofHours(1);

    private static final Duration EVERY_MINUTE = Duration.ofMinutes(1);
    private static final Duration EVERY_QUARTER = Duration.ofMinutes(15);
    private static final String PURPOSE = "window";

    private final Aliases aliases;
    private final Clock clock;

    OpnSenseWindows(Aliases aliases, Clock clock) {
        this.aliases = aliases;
        this.clock = clock;
    }

    static boolean isWindow(Alias alias) {
        return Mark.tryParse(alias.found().description())
                .filter(mark -> mark.purpose().equals(PURPOSE))
                .isPresent();
    }

    /** Those whose tables hold anything. */
    static List<OpenWindow> open(List<Alias> all, Map<String, Optional<List<String>>> tables, Instant now) {
        List<OpenWindow> windows = new ArrayList<>();
        for (Alias alias : all) {
            boolean open = isWindow(alias)
                    && !tables.getOrDefault(alias.name(), Optional.empty())
                            .orElse(List.of())
                            .isEmpty();
            Optional<Mark> mark = Mark.tryParse(alias.description());
            if (open && mark.isPresent()) {
                windows.add(window(mark.get().owner(), alias, now));
            }
        }
        return windows;
    }

    private static OpenWindow window(String device, Alias alias, Instant now) {
        // Somebody else put entries in: nobody asked for that, so its end has come.
        Instant until = alias.until().orElse(now);
        return new OpenWindow(device, until, alias.expire().map(expire -> closes(until, expire)));
    }

    /** An entry is put in at the latest a length before the end that was asked for, and stays until cron looks. */
    static Instant closes(Instant until, Duration expire) {
        Duration every = expire.compareTo(SELDOM) < 0 ? EVERY_MINUTE : EVERY_QUARTER;
        Duration longer = expire.equals(SHORTEST) ? SHORTEST : Duration.ofSeconds(1);
        return until.plus(longer).plus(every);
    }

    /** Whole seconds, rather one more than one less: before the end that was asked for the router closes nothing. */
    static Duration expiry(Duration length) {
        Duration whole = Duration.ofSeconds(length.plusMillis(999).toSeconds());
        return whole.compareTo(SHORTEST) < 0 ? SHORTEST : whole;
    }

    void open(Snapshot now, String device, Set<InetAddress> addresses, Duration length) throws RouterException {
        WantedAlias wanted = now.layout().aliases().stream()
                .filter(alias -> alias.mark().equals(new Mark(device, PURPOSE)))
                .findFirst()
                .orElseThrow(() -> new RouterException.Refused(
                        device + " has no rules that a window could be opened in: run \"funkstille apply\" first"));
        Alias alias = now.alias(wanted.name())
                .orElseThrow(() -> new RouterException.Refused("the router has no alias " + wanted.name()
                        + " for a window of " + device + ": run \"funkstille apply\" first"));
        // The end first: an entry must never stand in an alias that would keep it for ever.
        Map<String, String> fields = Aliases.fields(
                alias.name(),
                alias.kind(),
                Alias.description(wanted.mark(), clock.instant().plus(length)),
                List.of());
        if (now.offering().expires()) {
            fields.put("expire", String.valueOf(expiry(length).toSeconds()));
        }
        aliases.save(Optional.of(alias.uuid()), fields);
        aliases.takeOver();
        // An entry that is there already keeps the time at which it was put in.
        empty(alias.name());
        for (InetAddress address : addresses) {
            aliases.addTo(alias.name(), Addresses.text(address));
        }
    }

    void close(Snapshot now, String device) throws RouterException {
        for (Alias alias : now.aliases()) {
            boolean its = isWindow(alias)
                    && Mark.tryParse(alias.description())
                            .filter(mark -> mark.owner().equals(device))
                            .isPresent();
            if (its) {
                empty(alias.name());
                if (!aliases.table(alias.name()).orElse(List.of()).isEmpty()) {
                    throw new RouterException.ReadBackDiffers(List.of("the window of " + device + " is still open"));
                }
            }
        }
    }

    private void empty(String table) throws RouterException {
        for (String entry : aliases.table(table).orElse(List.of())) {
            aliases.deleteFrom(table, entry);
        }
    }
}
