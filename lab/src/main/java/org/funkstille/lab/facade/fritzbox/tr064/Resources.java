package org.funkstille.lab.facade.fritzbox.tr064;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The descriptions that come with this package: made from a dump of a FRITZ!Box 7590 with FRITZ!OS 7.29. */
public final class Resources {

    private Resources() {}

    /** Every service of a 7590, also those that the simulated box does not play. */
    public static List<Service> services() throws IOException {
        return text("services.tsv").orElseThrow().lines().map(Service::parse).toList();
    }

    /** @param scpdPath {@code /hostsSCPD.xml} */
    public static Optional<String> scpd(String scpdPath) throws IOException {
        return text(scpdPath.substring(1));
    }

    private static Optional<String> text(String name) throws IOException {
        try (InputStream in = Resources.class.getResourceAsStream(name)) {
            return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
