package org.funkstille.lab.network;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The hosts of the virtual home. Each is one network namespace. */
public enum HostName {
    /** The cables and access points: one bridge for each network. Nobody talks to it. */
    SWITCH,
    ROUTER,
    CLOUD,
    HUB,
    PHONE,
    GATEWAY,
    VACUUM;

    /** The hosts that a person may look into; all but the {@link #SWITCH}. */
    public static List<HostName> visible() {
        return Arrays.stream(values()).filter(host -> host != SWITCH).toList();
    }

    /**
     * The visible host of that name.
     *
     * @throws IllegalArgumentException that lists the names there are
     */
    public static HostName visible(String text) {
        return visible().stream()
                .filter(host -> host.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no host '" + text + "' in the lab; there are "
                        + visible().stream().map(HostName::text).collect(Collectors.joining(" "))));
    }

    /** {@code router}, {@code gateway}: the name as the command line takes it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
