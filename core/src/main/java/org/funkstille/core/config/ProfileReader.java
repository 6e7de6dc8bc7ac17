package org.funkstille.core.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.funkstille.core.config.Entry.Located;
import org.funkstille.core.model.Answer;
import org.funkstille.core.model.Profile;
import org.yaml.snakeyaml.nodes.Node;

/** Reads a profile, one file for each device model. */
public final class ProfileReader {

    private ProfileReader() {}

    /** @param file its name, for messages */
    public static Reading<Profile> read(String file, String text) {
        List<Fault> faults = new ArrayList<>();
        Optional<Node> root = YamlText.parse(file, text, faults);
        root.ifPresent(node -> new ShapeChecker(file, faults).check(node, HomeShape.PROFILE));
        if (!faults.isEmpty()) {
            faults.sort(Comparator.comparingInt(Fault::line).thenComparingInt(Fault::column));
            return new Reading.Bad<>(faults);
        }
        Entry entry = root.flatMap(Entry::of).orElseThrow();
        return new Reading.Good<>(new Profile(
                entry.text("model").orElseThrow().value(),
                entry.text("title").orElseThrow().value(),
                entry.text("answer").orElseThrow().value().equals("drop") ? Answer.DROP : Answer.REJECT,
                entry.flag("echo"),
                lines(entry, "phones-home"),
                lines(entry, "advice"),
                lines(entry, "sources")));
    }

    private static List<String> lines(Entry entry, String key) {
        return entry.values(key, Optional::of).stream().map(Located::value).toList();
    }
}
