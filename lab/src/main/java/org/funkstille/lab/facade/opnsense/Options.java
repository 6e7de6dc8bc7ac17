package org.funkstille.lab.facade.opnsense;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Which OPNsense is simulated.
 *
 * @param keepsCounters System "Keep counters": loading rules does not zero what they counted
 * @param ownersFloatingPass the owner has a floating quick pass rule, which stands before every other floating rule
 * @param refused beginnings of paths that the user of the key may not ask for, for example
 *     {@code /api/firewall/filter/}
 * @param readOnly the user of the key has the privilege {@code user-config-readonly}
 * @param zone the time zone of the box
 */
public record Options(
        Release release,
        DhcpService dhcp,
        boolean keepsCounters,
        boolean ownersFloatingPass,
        List<String> refused,
        boolean readOnly,
        ZoneId zone) {

    public Options {
        refused = List.copyOf(refused);
    }

    /** As freshly installed. */
    public static Options of(Release release) {
        return new Options(release, release.usualDhcp(), false, false, List.of(), false, ZoneOffset.UTC);
    }

    public Options with(DhcpService service) {
        return new Options(release, service, keepsCounters, ownersFloatingPass, refused, readOnly, zone);
    }

    public Options keepingCounters() {
        return new Options(release, dhcp, true, ownersFloatingPass, refused, readOnly, zone);
    }

    public Options withOwnersFloatingPass() {
        return new Options(release, dhcp, keepsCounters, true, refused, readOnly, zone);
    }

    public Options refusing(String... beginnings) {
        return new Options(release, dhcp, keepsCounters, ownersFloatingPass, List.of(beginnings), readOnly, zone);
    }

    public Options withReadOnlyUser() {
        return new Options(release, dhcp, keepsCounters, ownersFloatingPass, refused, true, zone);
    }
}
