package org.funkstille.routers.opnsense;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.funkstille.routers.RouterException;
import org.funkstille.routers.pf.PfLayout;
import org.funkstille.routers.pf.WantedAlias;
import org.funkstille.routers.pf.WantedRule;

/**
 * Makes our rules and aliases what they should be, object by object, and has them loaded at the end: until then the router
 * goes on with what it had. Objects that are as they should be are not touched.
 */
final class RuleWriter {

    private final FilterRules rules;
    private final Aliases aliases;

    RuleWriter(FilterRules rules, Aliases aliases) {
        this.rules = rules;
        this.aliases = aliases;
    }

    void lay(PfLayout layout, Snapshot now) throws RouterException {
        OpnSenseWording wording = new OpnSenseWording(now.legs(), now.offering().ruleFields());
        boolean tables = aliases(layout, now, wording);
        rules(layout, now, wording);
        tables |= surplusAliases(layout, now);
        if (tables) {
            aliases.takeOver();
        }
        rules.apply();
    }

    private boolean aliases(PfLayout layout, Snapshot now, OpnSenseWording wording) throws RouterException {
        boolean changed = false;
        for (WantedAlias wanted : layout.aliases()) {
            String description = wanted.mark().toString();
            String kind = wording.kind(wanted.kind());
            Optional<Alias> there = now.alias(wanted.name());
            boolean same = there.map(Alias::found)
                    .filter(found -> found.description().equals(description)
                            && found.kind().equals(kind)
                            && found.entries().equals(wanted.entries()))
                    .isPresent();
            if (!same) {
                aliases.save(
                        there.map(Alias::uuid), Aliases.fields(wanted.name(), kind, description, wanted.entries()));
                changed = true;
            }
            changed |= !filled(wanted, now);
        }
        return changed;
    }

    /** A table that pf has otherwise than the configuration is loaded again. */
    private static boolean filled(WantedAlias wanted, Snapshot now) {
        return wanted.kind() == WantedAlias.Kind.FILLED_LATER
                || TableEntries.same(
                        wanted.entries(),
                        now.tables()
                                .getOrDefault(wanted.name(), Optional.empty())
                                .orElse(List.of()));
    }

    private boolean surplusAliases(PfLayout layout, Snapshot now) throws RouterException {
        Set<String> wanted = layout.aliases().stream().map(WantedAlias::name).collect(Collectors.toSet());
        boolean changed = false;
        for (Alias alias : now.aliases()) {
            if (alias.isOurs() && !wanted.contains(alias.name())) {
                aliases.delete(alias);
                changed = true;
            }
        }
        return changed;
    }

    private void rules(PfLayout layout, Snapshot now, OpnSenseWording wording) throws RouterException {
        Map<String, FilterRule> there = new LinkedHashMap<>();
        Set<String> wanted =
                layout.rules().stream().map(rule -> rule.mark().toString()).collect(Collectors.toSet());
        for (FilterRule rule : now.rules()) {
            if (rule.isOurs() && (!wanted.contains(rule.description()) || there.containsKey(rule.description()))) {
                rules.delete(rule.uuid());
            } else if (rule.isOurs()) {
                there.put(rule.description(), rule);
            }
        }
        Optional<FilterRule> first = now.rules().stream()
                .filter(rule -> !rule.isOurs() && rule.floating())
                .min(FilterRule.ORDER);
        int room = first.map(FilterRule::sequence).orElse(FilterRules.HIGHEST + 1);
        Optional<List<Integer>> places = Places.of(existing(layout, there), room);
        for (int index = 0; index < layout.rules().size(); index++) {
            WantedRule rule = layout.rules().get(index);
            Optional<Integer> place =
                    places.isPresent() ? Optional.of(places.get().get(index)) : Optional.empty();
            write(rule, Optional.ofNullable(there.get(rule.mark().toString())), place, wording);
        }
        if (places.isEmpty() && first.isPresent()) {
            moveBefore(first.get(), layout, now.legs());
        }
    }

    private static List<Optional<Integer>> existing(PfLayout layout, Map<String, FilterRule> there) {
        List<Optional<Integer>> sequences = new ArrayList<>();
        for (WantedRule rule : layout.rules()) {
            sequences.add(Optional.ofNullable(there.get(rule.mark().toString())).map(FilterRule::sequence));
        }
        return sequences;
    }

    private void write(WantedRule wanted, Optional<FilterRule> there, Optional<Integer> place, OpnSenseWording wording)
            throws RouterException {
        Map<String, String> fields = new LinkedHashMap<>(wording.fields(wanted));
        boolean same = there.filter(rule -> rule.fields().equals(fields)
                        && place.filter(sequence -> sequence != rule.sequence()).isEmpty())
                .isPresent();
        if (same) {
            return;
        }
        // What else somebody set in it is taken back.
        there.ifPresent(rule -> rule.fields().keySet().forEach(name -> fields.putIfAbsent(name, "")));
        fields.put("description", wanted.mark().toString());
        place.ifPresent(sequence -> fields.put("sequence", String.valueOf(sequence)));
        if (there.isPresent()) {
            rules.set(there.get().uuid(), fields);
        } else {
            rules.add(fields);
        }
    }

    /**
     * Where the owner's first floating rule leaves no numbers free below its own, the router makes room: it numbers the
     * owner's rules anew, in the order that they had.
     */
    private void moveBefore(FilterRule foreign, PfLayout layout, Legs legs) throws RouterException {
        Map<String, FilterRule> written = new HashMap<>();
        rules.read(legs).stream().filter(FilterRule::isOurs).forEach(rule -> written.put(rule.description(), rule));
        for (WantedRule rule : layout.rules()) {
            FilterRule ours = written.get(rule.mark().toString());
            if (ours == null) {
                throw new RouterException.ReadBackDiffers(
                        List.of("the router saved a rule and does not have it: \"" + rule.mark() + "\""));
            }
            if (!rules.moveBefore(ours.uuid(), foreign.uuid())) {
                throw new RouterException.Refused(
                        "the floating rule \"" + foreign.description() + "\" has the sequence "
                                + foreign.sequence() + ", which leaves no room for the "
                                + layout.rules().size()
                                + " rules of Funkstille before it; give it a sequence above "
                                + layout.rules().size() + " (Firewall > Automation > Filter), or update the router");
            }
        }
    }
}
