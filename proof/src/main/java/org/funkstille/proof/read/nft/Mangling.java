package org.funkstille.proof.read.nft;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.funkstille.core.net.Family;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Effect;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.sets.Range;
import org.funkstille.proof.sets.ValueSet;

/** Statements that change the packet, its mark, or its flow's. */
final class Mangling {

    private static final long ALL_BITS = 0xffff_ffffL;

    /** Fields that no rule can set, or whose change a packet does not survive in a way that is known. */
    private static final Set<Field> UNCLEAR =
            Set.of(Field.FAMILY, Field.PROTOCOL, Field.LENGTH, Field.EXTENSION, Field.DESTINATION_TYPE, Field.STATE);

    private final Function<Json, SetKey> keys;
    private final NamedSets sets;
    private final Translation translation;

    /** @param keys what an expression reads, at the place in the rule where it stands */
    Mangling(Function<Json, SetKey> keys, NamedSets sets, Translation translation) {
        this.keys = keys;
        this.sets = sets;
        this.translation = translation;
    }

    /** @param words the statement as nft prints it */
    List<Step> of(Json mangle, String words) {
        Optional<Json> key = mangle.get("key");
        Optional<Json> value = mangle.get("value");
        if (key.isEmpty() || value.isEmpty()) {
            return unclear(words);
        }
        Optional<Field> mark = MarkValue.mark(key.get());
        if (mark.isPresent()) {
            return perhapsMapped(value.get(), one -> marked(mark.get(), one));
        }
        String name = key.get().body().text("key");
        return switch (key.get().kind()) {
            case "tcp option", "ip option" -> List.of();
            case "payload" -> payload(key.get(), value.get(), words);
            case "meta" ->
                Set.of("priority", "nftrace", "secmark", "cgroup").contains(name) ? List.of() : unclear(words);
            case "ct" ->
                Set.of("helper", "event", "label", "secmark", "zone", "timeout", "expiration")
                                .contains(name)
                        ? List.of()
                        : unclear(words);
            default -> unclear(words);
        };
    }

    private static List<Step> unclear(String words) {
        return List.of(new Step.Do(List.of(new Effect.Unclear(words))));
    }

    private List<Step> payload(Json key, Json value, String words) {
        return switch (keys.apply(key).selectors().getFirst()) {
            case Selector.OfField field
            when !UNCLEAR.contains(field.field()) -> {
                List<Step> steps = new ArrayList<>();
                if (!field.needs().equals(Condition.ALWAYS)) {
                    steps.add(new Step.Ask(field.needs()));
                }
                steps.addAll(perhapsMapped(value, one -> assigned(field, one)));
                yield steps;
            }
            // Identification, ECN, window and the like: nobody asks for them but the other end.
            case Selector.Free _ -> List.of();
            default -> unclear(words);
        };
    }

    private List<Effect> assigned(Selector.OfField field, Json value) {
        ValueSet numbers = Ranges.of(field.words(), value)
                .map(range -> ValueSet.of(field.field().bits(), range))
                .orElseGet(field.field()::all);
        if (field.field() == Field.DESTINATION) {
            return translation.toAddress(
                    field.words().notation() == Words.Notation.IPV4 ? Family.IPV4 : Family.IPV6, numbers);
        }
        return List.of(new Effect.Assign(field.field(), numbers));
    }

    private static List<Effect> marked(Field to, Json value) {
        Optional<MarkValue> known = MarkValue.of(value);
        if (known.isEmpty()) {
            return List.of(new Effect.Assign(to, to.all()));
        }
        MarkValue mark = known.get();
        if (mark.from().isEmpty() || mark.from().get() == to) {
            return List.of(new Effect.SetMark(to, mark.from().isEmpty() ? 0 : mark.keep(), mark.flip()));
        }
        Effect copy = new Effect.CopyMark(mark.from().get(), mark.keep(), to, ALL_BITS);
        return mark.flip() == 0 ? List.of(copy) : List.of(copy, new Effect.SetMark(to, ALL_BITS, mark.flip()));
    }

    private List<Step> perhapsMapped(Json value, Function<Json, List<Effect>> effects) {
        Optional<Step> mapped = value.kind().equals("map") ? mapped(value.body(), effects) : Optional.empty();
        if (mapped.isPresent()) {
            Step.Choose choose = (Step.Choose) mapped.get();
            return List.of(new Step.Ask(choose.key().needs()), choose);
        }
        // A flow's mark is not there to be read where no flow is known: the rule ends.
        boolean flow = MarkValue.of(value)
                .flatMap(MarkValue::from)
                .filter(Field.FLOW_MARK::equals)
                .isPresent();
        Step act = new Step.Do(effects.apply(value));
        return flow ? List.of(new Step.Ask(Selectors.TRACKED), act) : List.of(act);
    }

    private Optional<Step> mapped(Json map, Function<Json, List<Effect>> effects) {
        Optional<Json> key = map.get("key");
        Optional<List<Element>> elements = map.get("data").flatMap(data -> Translation.elements(data, sets));
        boolean changes = map.get("data")
                .flatMap(Json::string)
                .filter(name -> sets.changing(name.substring(Math.min(1, name.length())))
                        .isPresent())
                .isPresent();
        if (key.isEmpty() || elements.isEmpty() || changes) {
            return Optional.empty();
        }
        return Optional.of(new Step.Choose(
                keys.apply(key.get()),
                elements.get().stream()
                        .map(element -> new Step.Alternative(
                                element, effects.apply(element.data().orElse(element.key()))))
                        .toList()));
    }

    /** Without the verdict at its end. */
    List<Step> translation(String kind, Family family, Optional<Json> address, Optional<Json> port) {
        Optional<Json> addressMap = address.filter(to -> to.kind().equals("map"));
        Optional<Json> portMap = port.filter(to -> to.kind().equals("map"));
        if (addressMap.isPresent()) {
            return perhapsMapped(addressMap.get(), to -> pair(kind, family, to, port));
        }
        if (portMap.isPresent()) {
            return perhapsMapped(portMap.get(), to -> translated(kind, family, address, Optional.of(to)));
        }
        return List.of(new Step.Do(translated(kind, family, address, port)));
    }

    /** A map's value may be an address alone, or an address and a port. */
    private List<Effect> pair(String kind, Family family, Json to, Optional<Json> port) {
        List<Json> parts = to.kind().equals("concat") ? to.body().items() : List.of(to);
        return parts.size() == 2
                ? translated(kind, family, Optional.of(parts.get(0)), Optional.of(parts.get(1)))
                : translated(kind, family, Optional.of(to), port);
    }

    List<Effect> translated(String kind, Family family, Optional<Json> address, Optional<Json> port) {
        return switch (kind) {
            case "dnat" -> translation.destination(family, address, port);
            case "redirect" -> translation.redirection(family, port);
            default -> translation.source(family, address, port);
        };
    }

    /** What may happen where it is not known which of several effects does. */
    static List<Effect> any(List<List<Effect>> alternatives) {
        List<Effect> merged = new ArrayList<>();
        for (List<Effect> effects : alternatives) {
            for (Effect effect : effects) {
                switch (effect) {
                    case Effect.Assign(Field field, ValueSet to) -> join(merged, field, to);
                    case Effect.SetMark(Field field, long keep, long flip) ->
                        join(merged, field, keep == 0 ? ValueSet.of(field.bits(), Range.of(flip, flip)) : field.all());
                    case Effect.CopyMark copy ->
                        join(merged, copy.to(), copy.to().all());
                    case Effect.Unclear _, Effect.NoTrack _, Effect.RouteTo _ -> merged.add(effect);
                }
            }
        }
        return merged;
    }

    private static void join(List<Effect> merged, Field field, ValueSet to) {
        for (int index = 0; index < merged.size(); index++) {
            if (merged.get(index) instanceof Effect.Assign(Field other, ValueSet known) && other == field) {
                merged.set(index, new Effect.Assign(field, known.union(to)));
                return;
            }
        }
        merged.add(new Effect.Assign(field, to));
    }
}
