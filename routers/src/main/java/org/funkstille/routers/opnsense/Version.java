package org.funkstille.routers.opnsense;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version of OPNsense: {@code 25.7.11}; business editions ({@code 25.10}) lie between in order as well. */
record Version(int year, int month, int patch) implements Comparable<Version> {

    static final Version OLDEST = new Version(25, 1, 0);

    /** From here on, a search without an interface lists the rules of all interfaces, not only floating ones. */
    static final Version ALL_RULES_LISTED = new Version(26, 1, 0);

    private static final Pattern FORM = Pattern.compile("\\b([0-9]{2})\\.([0-9]{1,2})(?:\\.([0-9]{1,3}))?");

    /** The version in {@code OPNsense 25.7.11_2-amd64}, {@code 25.7.11_2} and the like. */
    static Optional<Version> in(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.find()) {
            return Optional.empty();
        }
        int patch = form.group(3) == null ? 0 : Integer.parseInt(form.group(3));
        return Optional.of(new Version(Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2)), patch));
    }

    @Override
    public int compareTo(Version other) {
        int byYear = Integer.compare(year, other.year);
        int byMonth = byYear != 0 ? byYear : Integer.compare(month, other.month);
        return byMonth != 0 ? byMonth : Integer.compare(patch, other.patch);
    }

    boolean before(Version other) {
        return compareTo(other) < 0;
    }

    @Override
    public String toString() {
        return year + "." + month + (patch == 0 ? "" : "." + patch);
    }
}
