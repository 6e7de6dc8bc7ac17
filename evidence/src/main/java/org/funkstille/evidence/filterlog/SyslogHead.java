package org.funkstille.evidence.filterlog;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * What stands before a filter log line: the head of RFC 3164 with or without priority and host name (pfSense sends
 * none), of RFC 5424, that of a local log file, or nothing. Read in place, and used again.
 */
final class SyslogHead {

    /** A router whose clock is further off, or a line that waited longer, gets the time of arrival. */
    private static final Duration PLAUSIBLE = Duration.ofMinutes(2);

    private static final byte[] PROGRAM = "filterlog".getBytes(StandardCharsets.US_ASCII);
    private static final int LEGACY_TIME = 16; // "Aug 22 18:05:32 "
    private static final int MOST_TIME = 40;

    private byte[] octets = new byte[0];
    private int to;
    private int content;
    private int timeBegin;
    private int timeEnd;

    /** @return false where the line comes from another program, or has no known head */
    boolean read(byte[] line, int from, int end) {
        octets = line;
        to = end;
        timeBegin = 0;
        timeEnd = 0;
        int at = afterPriority(from);
        if (at < 0 || at >= end) {
            return false;
        }
        if (line[at] == '1' && at + 1 < end && line[at + 1] == ' ') {
            return modern(at + 2);
        }
        if (isBare(at)) {
            content = at;
            return true;
        }
        return legacy(at);
    }

    /** Where the filter log's own fields begin. */
    int content() {
        return content;
    }

    /**
     * When the router saw the packet. RFC 3164's times have neither year nor zone, so only RFC 5424's count, and only
     * where they lie shortly before the arrival; else the arrival does.
     */
    Instant at(Instant arrival) {
        if (timeEnd == timeBegin || timeEnd - timeBegin > MOST_TIME) {
            return arrival;
        }
        try {
            String text = new String(octets, timeBegin, timeEnd - timeBegin, StandardCharsets.ISO_8859_1);
            Instant said = OffsetDateTime.parse(text).toInstant();
            return said.isAfter(arrival) || said.isBefore(arrival.minus(PLAUSIBLE)) ? arrival : said;
        } catch (DateTimeException unreadable) {
            return arrival;
        }
    }

    private int afterPriority(int from) {
        if (from >= to || octets[from] != '<') {
            return from;
        }
        int at = from + 1;
        while (at < to && at - from <= 3 && isDigit(octets[at])) {
            at++;
        }
        return at > from + 1 && at < to && octets[at] == '>' ? at + 1 : -1;
    }

    /** Rule number, perhaps empty, and a comma: the filter log's own line without a head. */
    private boolean isBare(int from) {
        int at = from;
        while (at < to && isDigit(octets[at])) {
            at++;
        }
        return at < to && octets[at] == ',';
    }

    private boolean legacy(int from) {
        int at = from;
        if (to - at > LEGACY_TIME
                && octets[at + 3] == ' '
                && octets[at + 6] == ' '
                && octets[at + 9] == ':'
                && octets[at + 12] == ':'
                && octets[at + 15] == ' ') {
            at += LEGACY_TIME;
        } else if (isDigit(octets[at])) {
            at = afterWord(at); // a local file with times as in RFC 3339
        }
        if (tagged(at)) {
            return true;
        }
        int next = afterWord(at); // a host name
        return next - 2 >= at && octets[next - 2] != ':' && tagged(next);
    }

    /** {@code filterlog: } or {@code filterlog[123]: }. */
    private boolean tagged(int from) {
        if (!isProgram(from)) {
            return false;
        }
        int at = from + PROGRAM.length;
        if (at < to && octets[at] == '[') {
            at++;
            while (at < to && isDigit(octets[at])) {
                at++;
            }
            if (at >= to || octets[at] != ']') {
                return false;
            }
            at++;
        }
        if (at >= to || octets[at] != ':') {
            return false;
        }
        at++;
        content = at < to && octets[at] == ' ' ? at + 1 : at;
        return true;
    }

    /** Time, host, program, process, message id, structured data, content. */
    private boolean modern(int from) {
        timeBegin = from;
        int host = afterWord(from);
        timeEnd = Math.max(from, host - 1);
        int program = afterWord(host);
        int process = afterWord(program);
        if (process - 1 - program != PROGRAM.length || !isProgram(program)) {
            return false;
        }
        int data = afterWord(afterWord(process));
        int at = afterData(data);
        if (at < 0 || at >= to || octets[at] != ' ') {
            return false;
        }
        at++;
        content = hasByteOrderMark(at) ? at + 3 : at;
        return true;
    }

    /** @return -1 where the structured data has no end */
    private int afterData(int from) {
        if (from < to && octets[from] == '-') {
            return from + 1;
        }
        int at = from;
        while (at < to && octets[at] == '[') {
            boolean quoted = false;
            at++;
            while (at < to && (quoted || octets[at] != ']')) {
                if (quoted && octets[at] == '\\') {
                    at++;
                } else if (octets[at] == '"') {
                    quoted = !quoted;
                }
                at++;
            }
            at++;
        }
        return at == from ? -1 : at;
    }

    private boolean hasByteOrderMark(int at) {
        return to - at >= 3
                && octets[at] == (byte) 0xef
                && octets[at + 1] == (byte) 0xbb
                && octets[at + 2] == (byte) 0xbf;
    }

    private boolean isProgram(int from) {
        if (to - from < PROGRAM.length) {
            return false;
        }
        for (int place = 0; place < PROGRAM.length; place++) {
            if (octets[from + place] != PROGRAM[place]) {
                return false;
            }
        }
        return true;
    }

    /** After the next space, or the end. */
    private int afterWord(int from) {
        return from >= to ? to : Math.min(to, OctetSearch.find(octets, from, to, (byte) ' ') + 1);
    }

    private static boolean isDigit(byte octet) {
        return octet >= '0' && octet <= '9';
    }
}
