package org.funkstille.lab.facade.opnsense;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An interface of the box.
 *
 * @param key its name in the configuration: {@code lan}, {@code opt1}
 * @param device its name in the kernel and in pf
 * @param given what the owner called it; may be empty
 */
record BoxInterface(String key, String device, String given) {

    static final BoxInterface WAN = new BoxInterface("wan", "wan0", "");
    static final BoxInterface LAN = new BoxInterface("lan", "lan0", "");
    static final BoxInterface OPT1 = new BoxInterface("opt1", "iot0", "IOT");
    static final List<BoxInterface> ALL = List.of(WAN, LAN, OPT1);

    /** As people read it. */
    String description() {
        return given.isEmpty() ? key.toUpperCase(Locale.ROOT) : given;
    }

    static Optional<BoxInterface> byKey(String key) {
        return ALL.stream().filter(one -> one.key.equals(key)).findFirst();
    }

    static Optional<BoxInterface> byDevice(String device) {
        return ALL.stream().filter(one -> one.device.equals(device)).findFirst();
    }

    /** Keys with what people read. */
    static Map<String, String> choices() {
        Map<String, String> choices = new LinkedHashMap<>();
        ALL.forEach(one -> choices.put(one.key, one.description()));
        return choices;
    }

    /** Where diagnostics name an interface: what the owner called it, else the key (opnsense/core). */
    static String nameOf(String device) {
        return byDevice(device)
                .map(one -> one.given.isEmpty() ? one.key : one.given)
                .orElse(device.equals("lo0") ? "loopback" : device);
    }
}
