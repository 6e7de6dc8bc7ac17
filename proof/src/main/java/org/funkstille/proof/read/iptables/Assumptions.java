package org.funkstille.proof.read.iptables;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What was taken for granted in reading, each once. */
final class Assumptions {

    private final Set<String> texts = new LinkedHashSet<>();

    void add(String text) {
        texts.add(text);
    }

    List<String> texts() {
        return List.copyOf(texts);
    }
}
