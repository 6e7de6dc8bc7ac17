package org.funkstille.guard;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.funkstille.proof.filter.BaseChain;
import org.funkstille.proof.filter.Chain;
import org.funkstille.proof.filter.MalformedRuleSet;
import org.funkstille.proof.filter.RuleSet;
import org.funkstille.proof.house.House;
import org.funkstille.proof.read.ReadingException;
import org.funkstille.proof.read.RuleSetReader;
import org.funkstille.proof.read.RuleSetReading;
import org.funkstille.proof.read.SourceText;
import org.funkstille.proof.read.Surroundings;
import org.funkstille.routers.SavedRules;

/** Brings what a driver read from its router into the form that is proved on. */
final class RuleReading {

    private final Function<String, Optional<RuleSetReader>> readers;

    /** @param readers by the name of the format */
    RuleReading(Function<String, Optional<RuleSetReader>> readers) {
        this.readers = readers;
    }

    /** @throws ReadingException where a part cannot be read; the whole is then not known */
    RuleSetReading read(SavedRules saved, House house) throws ReadingException {
        Surroundings surroundings = new Surroundings(
                house,
                saved.takenAt(),
                saved.zone(),
                texts(saved.tables()),
                texts(saved.ipsets()),
                texts(saved.sysctl()));
        List<RuleSetReading> parts = new ArrayList<>();
        for (SavedRules.Part part : saved.parts()) {
            RuleSetReader reader = readers.apply(part.format())
                    .orElseThrow(() -> new ReadingException(
                            part.format(), "this version of Funkstille reads no rules of this kind"));
            parts.add(reader.read(texts(part.texts()), surroundings));
        }
        if (parts.isEmpty()) {
            throw new ReadingException("rules", "the router told none");
        }
        return parts.size() == 1 ? parts.getFirst() : together(parts);
    }

    /** All of them see each packet; chains of the same priority run in the order given. */
    private static RuleSetReading together(List<RuleSetReading> parts) throws ReadingException {
        List<BaseChain> bases = new ArrayList<>();
        Map<String, Chain> chains = new HashMap<>();
        List<String> assumptions = new ArrayList<>();
        for (RuleSetReading part : parts) {
            bases.addAll(part.rules().bases());
            chains.putAll(part.rules().chains());
            assumptions.addAll(part.rules().assumptions());
        }
        int separate =
                parts.stream().mapToInt(part -> part.rules().chains().size()).sum();
        if (chains.size() < separate) {
            throw new ReadingException("rules", "two parts of the rule set have a chain of the same name");
        }
        RuleSetReading first = parts.getFirst();
        try {
            RuleSet rules = new RuleSet(first.rules().platform(), bases, chains, assumptions);
            return new RuleSetReading(rules, first.house(), parts.stream().allMatch(RuleSetReading::ipv6));
        } catch (MalformedRuleSet malformed) {
            throw new ReadingException("rules", String.valueOf(malformed.getMessage()));
        }
    }

    private static List<SourceText> texts(List<SavedRules.Text> texts) {
        return texts.stream()
                .map(text -> new SourceText(text.name(), text.content()))
                .toList();
    }
}
