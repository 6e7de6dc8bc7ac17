package org.funkstille.lab.facade.pfsense;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.Locale;
import org.funkstille.lab.facade.pf.BoxClock;

/** The router's time in the forms that pfSense writes it. */
record BoxTime(BoxClock clock) {

    private static final DateTimeFormatter RFC_2822 =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss xx", Locale.ROOT);
    private static final DateTimeFormatter LEASE = DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss", Locale.ROOT);

    long unixSecond() {
        return clock.instant().getEpochSecond();
    }

    ZonedDateTime local() {
        return clock.now();
    }

    String rfc2822() {
        return RFC_2822.format(clock.now());
    }

    /** Of a lease, in the router's own zone. */
    String lease(Instant instant) {
        return LEASE.format(instant.atZone(clock.zone()));
    }

    /** {@code date +%Z}: {@code CET}. */
    String zoneAbbreviation() {
        return DateTimeFormatter.ofPattern("zzz", Locale.ROOT).format(clock.now());
    }

    /** {@code date +%z}: {@code +0100}. */
    String zoneOffset() {
        ZoneOffset offset = clock.now().getOffset();
        return offset.equals(ZoneOffset.UTC) ? "+0000" : offset.getId().replace(":", "");
    }

    /** {@code date}. */
    String date() {
        ZonedDateTime now = clock.now();
        return "%s %s %2d %s %s %d"
                .formatted(
                        now.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ROOT),
                        now.getMonth().getDisplayName(TextStyle.SHORT, Locale.ROOT),
                        now.getDayOfMonth(),
                        DateTimeFormatter.ofPattern("HH:mm:ss").format(now),
                        zoneAbbreviation(),
                        now.getYear());
    }
}
