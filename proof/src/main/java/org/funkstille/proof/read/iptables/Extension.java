package org.funkstille.proof.read.iptables;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A match ({@code -m}) or a target ({@code -j}, {@code -g}) with its options. */
record Extension(String flag, String name, List<Option> options) {

    Extension {
        options = List.copyOf(options);
    }

    Optional<Option> option(String wanted) {
        return options.stream().filter(option -> option.name().equals(wanted)).findFirst();
    }

    boolean has(String wanted) {
        return option(wanted).isPresent();
    }

    @Override
    public String toString() {
        return flag + " " + name + options.stream().map(option -> " " + option).collect(Collectors.joining());
    }
}
