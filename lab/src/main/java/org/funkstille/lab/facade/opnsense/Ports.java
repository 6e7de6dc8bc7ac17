package org.funkstille.lab.facade.opnsense;

import java.util.Map;
import java.util.Optional;
import org.funkstille.lab.facade.pf.PfPorts;

/** Ports as rules and port aliases write them: a number, a name, or a range with {@code -} or {@code :}. */
final class Ports {

    private static final Map<String, Integer> NAMES =
            Map.of("domain", 53, "ftp", 21, "http", 80, "https", 443, "ntp", 123, "ssh", 22, "smtp", 25, "syslog", 514);

    private Ports() {}

    static Optional<PfPorts> parse(String text) {
        Integer named = NAMES.get(text);
        if (named != null) {
            return Optional.of(PfPorts.of(named));
        }
        if (!text.matches("[0-9]{1,5}([-:][0-9]{1,5})?")) {
            return Optional.empty();
        }
        String[] ends = text.split("[-:]");
        int first = Integer.parseInt(ends[0]);
        int last = Integer.parseInt(ends[ends.length - 1]);
        return last > 0xffff || first > last ? Optional.empty() : Optional.of(new PfPorts(first, last));
    }
}
