package org.funkstille.lab.facade.pf;

import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * The form of syslog messages of filterlog: facility local0, severity informational ({@code <134>}).
 *
 * @param modern RFC 5424, else RFC 3164
 * @param host the router's name; pfSense leaves it out of RFC 3164
 * @param sequenced with {@code [meta sequenceId="…"]} as syslog-ng adds it; only RFC 5424
 */
public record SyslogFormat(boolean modern, Optional<String> host, boolean sequenced) {

    private static final int PROCESS = 8265;
    private static final DateTimeFormatter BSD = DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSxxx");

    /** pfSense's default for remote servers. */
    public static SyslogFormat pfSenseBsd() {
        return new SyslogFormat(false, Optional.empty(), false);
    }

    /** A line of a file, as syslogd(8) writes it. */
    static String fileLine(ZonedDateTime time, String host, String message) {
        return "%s %s filterlog[%d]: %s".formatted(BSD.format(time), host, PROCESS, message);
    }

    String message(ZonedDateTime time, long sequence, String message) {
        if (modern) {
            String meta = sequenced ? "[meta sequenceId=\"" + sequence + "\"]" : "-";
            return "<134>1 %s %s filterlog %d - %s %s"
                    .formatted(ISO.format(time), host.orElse("-"), PROCESS, meta, message);
        }
        String named = host.map(name -> name + " ").orElse("");
        return "<134>%s %sfilterlog[%d]: %s".formatted(BSD.format(time), named, PROCESS, message);
    }
}
