package org.funkstille.lab.facade.fritzbox;

import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/**
 * What sort of FRITZ!Box it is.
 *
 * @param user the name of its one user
 * @param lockDelay how long a lock takes until it counts; so long it is reported as {@code error}
 * @param firstBlock for how long the first wrong login locks everybody out; each further one doubles it
 */
public record Options(
        String user, String password, Release release, Set<Quirk> quirks, Duration lockDelay, Duration firstBlock) {

    /** The name is of the sort that a box makes up for an owner who has chosen a password only. */
    private static final Options STANDARD = new Options(
            "fritz4711", "gurke-und-salat", Release.OS_7_29, Set.of(), Duration.ofMillis(300), Duration.ofSeconds(2));

    public Options {
        quirks = Set.copyOf(quirks);
    }

    /** A 7590 with FRITZ!OS 7.29 and no quirks. */
    public static Options standard() {
        return STANDARD;
    }

    /** The same box with these quirks besides its others. */
    public Options with(Quirk... more) {
        Set<Quirk> all = new TreeSet<>(quirks);
        all.addAll(Arrays.asList(more));
        return new Options(user, password, release, all, lockDelay, firstBlock);
    }

    public Options with(Release other) {
        return new Options(user, password, other, quirks, lockDelay, firstBlock);
    }

    public Options withLogin(String newUser, String newPassword) {
        return new Options(newUser, newPassword, release, quirks, lockDelay, firstBlock);
    }

    public Options withLockDelay(Duration delay) {
        return new Options(user, password, release, quirks, delay, firstBlock);
    }

    public boolean has(Quirk quirk) {
        return quirks.contains(quirk);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "FRITZ!Box 7590 " + release.display() + " " + new TreeSet<>(quirks);
    }
}
