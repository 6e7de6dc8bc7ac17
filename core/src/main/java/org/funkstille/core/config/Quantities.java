package org.funkstille.core.config;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads durations ({@code 15m}) and sizes ({@code 300MB}) as people write them. */
public final class Quantities {

    private static final Pattern DURATION = Pattern.compile("([0-9]{1,6})\\s*(s|m|h|d)");
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,6})\\s*(kb|mb|gb)", Pattern.CASE_INSENSITIVE);

    private Quantities() {}

    /** Seconds, minutes, hours or days; at least one second. */
    public static Optional<Duration> duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(matcher.group(1));
        Duration duration = switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
        return duration.isZero() ? Optional.empty() : Optional.of(duration);
    }

    /** Bytes, at least one; units are powers of 1024. */
    public static Optional<Long> bytes(String text) {
        Matcher matcher = SIZE.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int shift = switch (matcher.group(2).toLowerCase(Locale.ROOT)) {
            case "kb" -> 10;
            case "mb" -> 20;
            default -> 30;
        };
        long bytes = Long.parseLong(matcher.group(1)) << shift;
        return bytes == 0 ? Optional.empty() : Optional.of(bytes);
    }

    /** {@code 90 s}, {@code 15 min}, {@code 2 h 5 min}: for people. */
    public static String text(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 120) {
            return seconds + " s";
        }
        if (seconds < 7200) {
            return seconds / 60 + " min" + (seconds % 60 == 0 ? "" : " " + seconds % 60 + " s");
        }
        if (seconds < 172_800) {
            return seconds / 3600 + " h" + (seconds / 60 % 60 == 0 ? "" : " " + seconds / 60 % 60 + " min");
        }
        return seconds / 86_400 + " days";
    }
}
